// Fine-tuning in Chromium, by role and name through the mirror: accuracy rises, it stops at once, it can be undone, and the weights are those of every other machine.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {drop, frameOf, launch, openHost, pageTests, settled, state} from '../support/browser.mjs';
import {gruOnnx} from '../support/onnx_bytes.mjs';

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

const pageTest = pageTests(() => browser);
const start = (page) => page.getByRole('button', {name: /^Fine-tune at/});
/** Presses Stop, and tells after how many milliseconds nothing was at work any more. */
const stop = (page) => page.evaluate(async () => {
  const from = performance.now();
  [...document.querySelectorAll('button')].find((button) => button.textContent === 'Stop' || button.getAttribute('aria-label') === 'Stop').click();
  while (window.edgewise.state().tuning.running || window.edgewise.state().busy) await new Promise(requestAnimationFrame);
  return performance.now() - from;
});

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

pageTest('from new weights the activity classifier learns everything again in ten seconds, to within a point of what it was', {fragment: 'v=1&r=wfaf&side=finetune'}, async ({page}) => {
  const before = await settled(page);
  await page.getByRole('button', {name: 'options', exact: true}).click();
  for (const name of ['start from new weights', 'learning rate 0.003']) {
    await page.getByRole('radio', {name, exact: true}).click();
    await page.waitForFunction((one) => document.querySelector(`input[aria-label="${one}"]:checked`), name);
  }
  await start(page).click();
  await page.waitForFunction(() => window.edgewise.state().tuning.tuned, undefined, {timeout: 60_000});
  const after = await settled(page), {tuned} = after.tuning;
  assert.ok(after.score.value >= before.score.value - 0.01, `${after.score.value} against ${before.score.value}`);
  assert.ok(tuned.seconds < 10, `${tuned.seconds} s`);
  console.log(`learned anew in ${tuned.seconds.toFixed(2)} s, ${Math.round(tuned.rows_per_second)} rows a second`);
  await page.getByRole('button', {name: 'undo', exact: true}).click();
  await page.waitForFunction(() => window.edgewise.state().tuning.tuned === null);
  assert.equal((await settled(page)).score.value, before.score.value);
});

pageTest('it stops at once, and the model is as it was', {fragment: 'v=1&r=w2a8&side=finetune', cores: 2}, async ({page}) => {
  const before = await settled(page);
  await start(page).click();
  await page.waitForFunction(() => window.edgewise.state().tuning.steps > 0, undefined, {timeout: 60_000});
  const took = await stop(page);
  assert.ok(took < 500, `${took} ms`);
  const after = await settled(page);
  assert.equal(after.tuning.tuned, null);
  assert.equal(after.score.value, before.score.value);
  await start(page).waitFor();
});

test('training rests while nobody can see the page, goes on when it is seen again, and Stop ends it at once', {timeout: 120_000}, async () => {
  // Scrolled out of its course page, a frame gets no animation frames, as a tab in the background gets none.
  const {page, close} = await openHost(browser, (url) => `<iframe title="page" src="${url}index.html#v=1&amp;model=digits&amp;r=w2a8&amp;side=finetune" style="width:1200px;height:680px"></iframe>`);
  try {
    const frame = await frameOf(page), steps = async () => (await state(frame)).tuning.steps;
    await settled(frame);
    await start(frame).focus();
    await page.keyboard.press('Enter');
    await frame.waitForFunction(() => window.edgewise.state().tuning.steps > 0, undefined, {timeout: 60_000});
    await page.evaluate(() => window.scrollTo(0, 2500));
    await page.waitForTimeout(2500);   // a second without a frame, and the slice that was under way
    const resting = await steps();
    await page.waitForTimeout(1500);
    assert.equal(await steps(), resting);
    assert.ok((await state(frame)).tuning.running);
    await page.evaluate(() => window.scrollTo(0, 0));
    await frame.waitForFunction((before) => window.edgewise.state().tuning.steps > before, resting, {timeout: 30_000});
    const took = await stop(frame);
    assert.ok(took < 500, `${took} ms`);
    const ended = await steps();
    await page.waitForTimeout(700);
    assert.equal(await steps(), ended);
    await start(frame).waitFor();
  } finally {
    await close();
  }
});

pageTest('a learning rate that is too high ends in a sentence that names a lower one, and the model is as it was', {fragment: 'v=1&model=digits&r=wfaf&side=finetune'}, async ({page}) => {
  const before = await settled(page);
  await page.getByRole('button', {name: 'options', exact: true}).click();
  await page.getByRole('radio', {name: 'learning rate 0.1', exact: true}).click();
  await start(page).click();
  await page.waitForFunction(() => window.edgewise.state().tuning.error, undefined, {timeout: 60_000});
  const note = page.getByRole('status').filter({hasText: 'the loss exploded at step'});
  await note.waitFor();
  assert.match(await note.textContent(), /Lower the learning rate, for example to 0\.01\. The model is as it was\./);
  const after = await settled(page);
  assert.equal(after.tuning.tuned, null);
  assert.equal(after.score.value, before.score.value);
});

pageTest('repairs without training say what each is worth, all three help at two bits, are taken by one press, pinned, and undone', {fragment: 'v=1&r=w2a8&side=finetune', strict: true}, async ({page}) => {
  const before = await settled(page);
  await page.getByRole('radio', {name: 'learning no training', exact: true}).click();
  await page.getByRole('button', {name: /^Repair at/}).click();
  await page.waitForFunction(() => window.edgewise.state().repair.done, undefined, {timeout: 60_000});
  const {repair} = await state(page);
  assert.equal(repair.value, before.score.value);
  assert.equal(repair.gains.length, 4);
  assert.ok(repair.gains[3].low > 0, JSON.stringify(repair.gains));
  for (const name of ['equalized', 'rounding fitted', 'biases corrected', 'all three'])
    await page.getByRole('button', {name: new RegExp(`^${name} [\\d.]+ %, gained [+-]?[\\d.]+, -?[\\d.]+ to -?[\\d.]+`)}).waitFor();
  console.log(`repaired in ${repair.seconds.toFixed(2)} s: ${repair.gains.map((gain) => (100 * gain.gained).toFixed(1)).join(', ')} points`);
  await page.getByRole('button', {name: 'Use all three', exact: true}).click();
  await page.waitForFunction(() => window.edgewise.state().tuning.tuned);
  const after = await settled(page);
  assert.equal(after.score.value, repair.gains[3].value);
  assert.equal(after.recipe, 'w2a8');
  await page.getByRole('tab', {name: 'Trade-off', exact: true}).click();
  await page.getByRole('button', {name: /, repaired/}).first().waitFor();
  await page.getByRole('button', {name: 'Undo', exact: true}).click();
  await page.waitForFunction(() => window.edgewise.state().tuning.tuned === null);
  assert.equal((await settled(page)).score.value, before.score.value);
});

pageTest('of a model without classes it says how far the integers are from what was trained', {fragment: 'v=1&model=hvac&r=w4a8&side=finetune'}, async ({page}) => {
  await settled(page);
  await page.getByRole('button', {name: 'options', exact: true}).click();
  await page.getByRole('slider', {name: 'epochs', exact: true}).fill('1');
  await page.waitForFunction(() => document.querySelector('input[type=range][aria-label="epochs"]')?.value === '1');
  await start(page).click();
  await page.waitForFunction(() => window.edgewise.state().tuning.tuned, undefined, {timeout: 110_000});
  const {tuned} = (await state(page)).tuning;
  assert.ok(tuned.compared > 0 && tuned.gap >= 0);
  console.log(`hvac: ${tuned.seconds.toFixed(1)} s, ${tuned.compared} rows compared, ${tuned.gap} apart`);
  await page.getByRole('status').filter({hasText: /The integers (answer exactly what was trained|differ from what was trained by [\d.e-]+ in the mean, in the targets' unit,) on [\d,]+ test rows/}).waitFor();
});

pageTest('a GRU from an .onnx file learns at four bits what its last inputs were, and the integers agree with what was trained', {}, async ({page}) => {
  await settled(page);
  let seed = 7;
  const draw = () => { seed = (seed * 1664525 + 1013904223) % 2 ** 32; return seed / 2 ** 31 - 1; };   // Numerical Recipes
  const rows = 3000, steps = 8, inputs = 3;
  const lines = Array.from({length: rows}, () => {
    const x = Array.from({length: steps * inputs}, () => draw().toFixed(4));
    return [...x, Number(x.at(-inputs)) + Number(x.at(-2 * inputs)) > 0 ? 1 : 0].join(',');
  });
  const header = [...Array.from({length: steps * inputs}, (_, i) => `x${i}`), 'label'].join(',');
  await drop(page, {name: 'gru.onnx', bytes: gruOnnx(steps, inputs, 6, 2, draw)}, {name: 'steps.csv', bytes: Buffer.from([header, ...lines].join('\n'))});
  await page.waitForFunction(() => window.edgewise.state().fragment.includes('data=steps.csv'), undefined, {timeout: 60_000});
  await page.getByRole('radio', {name: 'All layers weight bits 4', exact: true}).click();
  const before = await settled(page);
  assert.equal(before.recipe, 'w4a8');
  await page.getByRole('tab', {name: 'Fine-tune', exact: true}).click();
  await page.getByRole('button', {name: 'options', exact: true}).click();
  await page.getByRole('radio', {name: 'learning rate 0.01', exact: true}).click();
  await start(page).click();
  await page.waitForFunction(() => window.edgewise.state().tuning.tuned, undefined, {timeout: 90_000});
  const after = await settled(page);
  const {tuned} = after.tuning;
  console.log(`gru: ${before.score.value} to ${after.score.value}, ${tuned.same} of ${tuned.compared} the same, ${tuned.seconds.toFixed(1)} s`);
  assert.ok(after.score.low > before.score.high);
  assert.ok(tuned.same >= 0.99 * tuned.compared);
});

/** A .npy file of float32. */
function npy(shape, values) {
  const header = `{'descr': '<f4', 'fortran_order': False, 'shape': (${shape.join(', ')}), }`;
  const padded = header.padEnd(Math.ceil((10 + header.length + 1) / 64) * 64 - 11) + '\n';
  return Buffer.concat([Buffer.from([0x93, ...Buffer.from('NUMPY'), 1, 0, padded.length, 0]), Buffer.from(padded), Buffer.from(Float32Array.from(values).buffer)]);
}

pageTest('data that nothing can be learned from is refused with what to do, case by case, and the model is as it was', {fragment: 'v=1&model=har&r=w8a8&side=finetune'}, async ({page}) => {
  await settled(page);
  const columns = 27, value = (row, i) => ((row * 31 + i * 17) % 23) / 11 - 1;
  const csv = (rows, label, at = value) => Buffer.from([[...Array.from({length: columns}, (_, i) => `x${i}`), 'label'].join(','),
    ...Array.from({length: rows}, (_, row) => [...Array.from({length: columns}, (_, i) => at(row, i)), label(row)].join(','))].join('\n'));
  const cases = [
    ['without labels', {name: 'x.npy', bytes: npy([200, columns], Array.from({length: 200 * columns}, (_, i) => value(Math.floor(i / columns), i % columns)))}, /the data has no labels, so there is nothing to learn\. Give y beside x/],
    ['one class', {name: 'one.csv', bytes: csv(200, () => 2)}, /all rows to learn from have label 2: there is nothing to tell apart\. Give rows of at least two classes/],
    ['few rows', {name: 'few.csv', bytes: csv(30, (row) => row % 5)}, /rows to learn from are fewer than a minibatch of 32\. Give more rows, or take smaller minibatches/],
  ];
  for (const [name, file, wanted] of cases) {
    await drop(page, file);
    await page.waitForFunction((data) => window.edgewise.state().fragment.includes(`data=${data}`), file.name);
    await settled(page);
    await start(page).click();
    await page.getByRole('status').filter({hasText: wanted}).waitFor();
    assert.match(await page.getByRole('status').filter({hasText: wanted}).textContent(), /The model is as it was\.$/, name);
    const now = await state(page);
    assert.ok(now.tuning.tuned === null && now.model === 'har', name);
  }
  await drop(page, {name: 'nan.csv', bytes: csv(200, (row) => row % 5, (row, i) => (row === 17 && i === 3 ? 'nan' : value(row, i)))});   // said when it is opened; the data before stays
  await page.waitForFunction(() => window.edgewise.state().notices.some((notice) => notice.includes('nan.csv') && notice.includes('row 18')));
  assert.ok((await state(page)).fragment.includes('data=few.csv'));
});
