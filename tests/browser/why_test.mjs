// Which layer costs the answers, in Chromium, by role and name through the mirror.
import assert from 'node:assert/strict';
import {after, before} from 'node:test';
import {launch, pageTests, settled, state} from '../support/browser.mjs';

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());
const pageTest = pageTests(() => browser);

pageTest('the layer with two bits among eight is named and raised in two presses, and accuracy comes back', {fragment: 'v=1&model=har&r=w8a8;dense_1:w2&side=why', strict: true}, async ({page}) => {
  await settled(page);
  const before = await state(page);
  await page.getByRole('radio', {name: 'Why which layer?', exact: true}).click();
  const asked = Date.now();
  await page.getByRole('button', {name: 'Find the layer that costs most', exact: true}).click();
  const outcome = page.getByRole('status').filter({hasText: /answers flip at/});
  await outcome.waitFor({timeout: 60_000});
  console.log(`found in ${Date.now() - asked} ms`);
  assert.match(await outcome.textContent(), /^\d+ of 200 answers flip at .*\. dense_1: rounding of its weights/);
  await page.getByRole('button', {name: 'Raise dense_1', exact: true}).click();
  await page.waitForFunction(() => window.edgewise.state().recipe === 'w8a8;dense_1:w8');
  await settled(page);
  assert.ok((await state(page)).score.value > before.score.value);
  await page.getByRole('button', {name: 'Find the layer that costs most', exact: true}).waitFor();   // what was found was about another recipe
});

pageTest('at float there is nothing to find, and the page says so', {fragment: 'v=1&model=har&r=wfaf&side=why'}, async ({page}) => {
  await settled(page);
  await page.getByRole('radio', {name: 'Why which layer?', exact: true}).click();
  await page.getByText('At float there is nothing to find').first().waitFor();
  assert.equal(await page.getByRole('button', {name: 'Find the layer that costs most'}).count(), 0);
});
