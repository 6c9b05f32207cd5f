// The search for the smallest recipe that still works, and distillation, in Chromium, by role and name through the mirror.
import assert from 'node:assert/strict';
import {after, before} from 'node:test';
import {launch, pageTests, settled, state} from '../support/browser.mjs';

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());
const pageTest = pageTests(() => browser);

const button = (page, name) => page.getByRole('button', {name, exact: true});

pageTest('one press finds a mixture of bits smaller than all layers alike, by keyboard, and another takes it', {fragment: 'v=1&model=har', strict: true}, async ({page}) => {
  await settled(page);
  await page.getByRole('radio', {name: 'trade-off smallest that works', exact: true}).click();
  await page.waitForFunction(() => location.hash.includes('side=search'));   // a link shows it
  const asked = Date.now();
  await button(page, 'Find the smallest that still works').focus();
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => window.edgewise.state().search.done, undefined, {timeout: 90_000});
  const {search} = await state(page);
  console.log(`searched in ${Date.now() - asked} ms: ${search.tried} recipes, ${search.best.recipe} with ${search.best.cost} bytes against ${search.best_uniform.recipe} with ${search.best_uniform.cost}`);
  assert.ok(search.best.cost < search.best_uniform.cost && search.best.worse_by <= 0.01);
  assert.equal(search.held_rows, 250);
  const outcome = page.getByRole('status').filter({hasText: /^Smallest that works: /});
  await outcome.waitFor();
  assert.match(await outcome.textContent(), /less than all layers alike .* On 250 rows that had no part in the choice/);
  await button(page, 'Take the smallest').click();
  await page.waitForFunction((recipe) => window.edgewise.state().recipe === recipe, search.best.recipe);
  await settled(page);
  assert.ok((await state(page)).cost.flash_bytes.weights + (await state(page)).cost.flash_bytes.graph === search.best.cost);
  const point = page.getByRole('button', {name: new RegExp(`^${search.best_uniform.recipe}: `)});   // any point is a recipe
  await point.focus();   // points may lie on one another under the mouse
  await page.keyboard.press('Enter');
  await page.waitForFunction((recipe) => window.edgewise.state().recipe === recipe, search.best_uniform.recipe);
  await button(page, 'Undo').click();
  await page.waitForFunction((recipe) => window.edgewise.state().recipe === recipe, search.best.recipe);
});

pageTest('for latency on the board it leaves out channels, and its smallest is taken by one press', {fragment: 'v=1&model=digits&side=search'}, async ({page}) => {
  await settled(page);
  await button(page, 'options').click();
  await page.getByRole('radio', {name: 'what is to be small latency', exact: true}).click();
  await page.waitForFunction(() => document.querySelector('input[aria-label="what is to be small latency"]')?.checked);
  await button(page, 'Find the smallest that still works').click();
  await page.waitForFunction(() => window.edgewise.state().search.done, undefined, {timeout: 90_000});
  const {search, cost} = await state(page);
  console.log(`${search.tried} recipes, ${search.best.recipe}: ${search.best.cost} ms against ${cost.latency_ms}`);
  assert.ok(search.best.cost < cost.latency_ms && /c0\./.test(search.best.recipe));
  await button(page, 'Take the smallest').click();
  await page.waitForFunction((recipe) => window.edgewise.state().recipe === recipe, search.best.recipe);
  assert.equal((await settled(page)).cost.latency_ms, search.best.cost);
});

pageTest('a search stops at once, frames go on meanwhile, and it goes on where it was, also after other work', {fragment: 'v=1&model=digits&side=search', cores: 2}, async ({page}) => {
  await settled(page);
  await button(page, 'Find the smallest that still works').click();
  await page.waitForFunction(() => window.edgewise.state().search.tried > 3, undefined, {timeout: 60_000});
  const longest = await page.evaluate(() => new Promise((done) => {   // the page's thread while the worker measures
    let before = performance.now(), most = 0, left = 8;
    const frame = (now) => { most = Math.max(most, now - before); before = now; left-- ? requestAnimationFrame(frame) : done(most); };
    requestAnimationFrame(frame);
  }));
  console.log(`longest frame ${longest.toFixed(0)} ms`);
  await button(page, 'Stop').click();
  await page.waitForFunction(() => !window.edgewise.state().search.running && !window.edgewise.state().busy);
  await page.waitForTimeout(400);   // the slice that was under way, of a tenth of a second, still counts
  const {tried, points} = (await state(page)).search;
  await page.waitForTimeout(400);
  assert.equal((await state(page)).search.tried, tried);
  // Something else meanwhile: another recipe, and the search for the layer that costs most, in the same worker.
  await page.getByRole('radio', {name: 'All layers weight bits 4', exact: true}).click();
  await settled(page);
  await page.evaluate(() => window.edgewise.set(location.hash.slice(1).replace('side=search', 'side=why')));
  await page.getByRole('radio', {name: 'Why which layer?', exact: true}).click();
  await button(page, 'Find the layer that costs most').click();
  await page.getByRole('status').filter({hasText: /answers flip at/}).waitFor({timeout: 60_000});
  await page.evaluate(() => window.edgewise.set(location.hash.slice(1).replace('side=why', 'side=search')));
  await button(page, 'Go on').waitFor();
  assert.equal((await state(page)).search.tried, tried);
  await button(page, 'Go on').click();
  await page.waitForFunction((before) => window.edgewise.state().search.tried > before, tried, {timeout: 60_000});
  assert.ok((await state(page)).search.points >= points);
});

pageTest('five seeds of a student with and without its teacher, a verdict from the test, and the student opens and is undone', {fragment: 'v=1&model=har&side=finetune'}, async ({page}) => {
  await settled(page);
  await page.getByRole('radio', {name: 'learning a smaller student', exact: true}).click();
  await button(page, 'Teach a smaller student').click();
  await page.waitForFunction(() => window.edgewise.state().distillation.done, undefined, {timeout: 110_000});
  const {distillation} = await state(page);
  console.log(`distilled in ${distillation.seconds.toFixed(1)} s`);
  assert.equal(distillation.students.length, 10);
  assert.ok(distillation.seconds < 60);
  await page.getByRole('status').filter({hasText: /^(The teacher helps|The teacher does harm|No difference was shown)/}).waitFor();
  assert.ok(await page.getByRole('img', {name: /^Accuracy on 400 rows held out/}).count() >= 1);
  await button(page, 'Open the student').click();
  await page.waitForFunction(() => window.edgewise.state().model === 'har-student.tflite');
  await settled(page);
  const opened = await state(page);
  assert.equal(opened.score.float.value, distillation.students[1]);
  await button(page, 'Undo').click();
  await page.waitForFunction(() => window.edgewise.state().model === 'har');
  await settled(page);
  assert.equal((await state(page)).score.float.value, distillation.teacher);
});
