// Fine-tuning in Chromium, by role and name through the mirror: accuracy rises, it stops at once, it can be undone, and the weights are those of every other machine.
import assert from 'node:assert/strict';
import {after, before} from 'node:test';
import {launch, pageTests, settled, state} from '../support/browser.mjs';

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

const pageTest = pageTests(() => browser);
const start = (page) => page.getByRole('button', {name: /^Fine-tune at/});

pageTest('at two bits the activity classifier learns back what rounding took, by keyboard, and undo returns', {fragment: 'v=1&r=w2a8', strict: true}, async ({page}) => {
  const before = await settled(page);
  await page.getByRole('tab', {name: 'Fine-tune', exact: true}).click();
  await start(page).focus();
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => window.edgewise.state().tuning.epochs > 0 && [...document.querySelectorAll('[role=note]')].some((note) => note.textContent.startsWith('Fine-tuning, epoch')),
    undefined, {timeout: 60_000});
  const after = await settled(page);
  assert.equal(after.recipe, 'w2a8');
  assert.ok(after.score.low > before.score.high, `${after.score.low} against ${before.score.high}`);   // the intervals do not touch
  assert.equal(after.score.float.value, before.score.float.value);
  const {tuned} = after.tuning;
  assert.ok(tuned.same >= 0.999 * tuned.compared && tuned.compared === after.score.total);
  assert.equal(tuned.learning_rows, 4320);
  const outcome = page.getByRole('status').filter({hasText: /^one-shot/});
  await outcome.waitFor();
  assert.match(await outcome.textContent(), /^one-shot [\d.]+ % \([\d.]+ to [\d.]+\) → fine-tuned [\d.]+ % \([\d.]+ to [\d.]+\)/);
  for (const curve of ['Loss', 'Accuracy']) assert.ok(await page.getByRole('img', {name: new RegExp(`^${curve}`)}).count() >= 1, curve);
  console.log(`fine-tuned in ${tuned.seconds.toFixed(2)} s, ${Math.round(tuned.rows_per_second)} rows a second`);
  await page.getByRole('button', {name: 'Undo', exact: true}).click();
  await page.waitForFunction(() => window.edgewise.state().tuning.tuned === null);
  assert.equal((await settled(page)).score.value, before.score.value);
});

pageTest('an epoch at four bits gives the weights that it gives natively', {fragment: 'v=1&r=w4a4&side=finetune'}, async ({page}) => {
  await settled(page);
  await page.getByRole('button', {name: 'options', exact: true}).click();
  await page.getByRole('slider', {name: 'epochs', exact: true}).fill('1');
  await page.waitForFunction(() => document.querySelector('input[type=range][aria-label="epochs"]')?.value === '1');
  await start(page).click();
  await page.waitForFunction(() => window.edgewise.state().tuning.tuned, undefined, {timeout: 60_000});
  assert.equal((await settled(page)).tuning.tuned.fingerprint, 'f16d89ec23dfb2d2');   // tests/core/train/lesson_test.cpp
});

pageTest('it stops at once, and the model is as it was', {fragment: 'v=1&r=w2a8&side=finetune', cores: 2}, async ({page}) => {
  const before = await settled(page);
  await start(page).click();
  await page.waitForFunction(() => window.edgewise.state().tuning.steps > 0, undefined, {timeout: 60_000});
  const took = await page.evaluate(async () => {
    const from = performance.now();
    [...document.querySelectorAll('button')].find((button) => button.textContent === 'Stop' || button.getAttribute('aria-label') === 'Stop').click();
    while (window.edgewise.state().tuning.running || window.edgewise.state().busy) await new Promise(requestAnimationFrame);
    return performance.now() - from;
  });
  assert.ok(took < 500, `${took} ms`);
  const after = await settled(page);
  assert.equal(after.tuning.tuned, null);
  assert.equal(after.score.value, before.score.value);
  await start(page).waitFor();
});
