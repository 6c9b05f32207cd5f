// Labs and the claim auditor in Chromium, by role and name through the mirror, alone and inside somebody else's page.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {drop, frameOf, inLab, launch, openHost, pageTests, state} from '../support/browser.mjs';

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

const pageTest = pageTests(() => browser);

pageTest('a link opens the number line, which says what goes wrong, in words, before anything is turned', {fragment: 'v=1&lab=quantize', strict: true}, async ({page, requests}) => {
  await inLab(page, 'quantize');
  assert.ok(await page.getByRole('heading', {name: /^The number line/}).count() >= 1);
  // The printed zero point, -round(-0.5 / 0.0051) = 98, on codes up to 127 reaches 0.0051 * (127 - 98) = 0.148; the right one is -128 + 98 = -30.
  const outcome = page.getByRole('status').filter({hasText: 'Goes wrong.'});
  assert.match(await outcome.textContent(), /98.*0\.148.*-30/);
  assert.equal((await state(page)).lab.figures.zero_point, 98);
  assert.equal((await state(page)).fragment, 'v=1&lab=quantize');
  assert.ok(await page.getByRole('img', {name: /^The number line/}).count() >= 1);
  assert.equal(requests.filter(({path}) => path.endsWith('.tflite')).length, 0);   // a lab needs no model
});

pageTest('its controls are radios and sliders with names, and turning them changes sentence, figures and link', {fragment: 'v=1&lab=quantize'}, async ({page}) => {
  await inLab(page, 'quantize');
  await page.getByRole('radio', {name: 'Formula right', exact: true}).focus();
  await page.keyboard.press('Space');
  await page.waitForFunction(() => window.edgewise.state().lab.settings.formula === 1);
  assert.equal((await state(page)).lab.figures.zero_point, -30);
  await page.getByRole('slider', {name: 'Bits', exact: true}).fill('4');
  await page.waitForFunction(() => window.edgewise.state().lab.settings.bits === 4);
  const now = await state(page);
  assert.ok(Math.abs(now.lab.figures.scale - 1.3 / 15) < 1e-12);   // 16 codes, 15 steps over -0.5 to 0.8
  await page.waitForFunction((fragment) => location.hash === `#${fragment}`, now.fragment);   // the address is written a moment later
  assert.match(now.fragment, /bits=4/);
  await page.reload();
  await inLab(page, 'quantize');
  assert.deepEqual((await state(page)).lab, now.lab);
  await page.getByRole('button', {name: 'the printed formula', exact: true}).click();
  await page.waitForFunction(() => window.edgewise.state().fragment === 'v=1&lab=quantize');
});

pageTest('step by step: the engine runs the model in a worker, a stage shows every product, and leaving zero points out is damage in figures', {fragment: 'v=1&lab=pipeline', strict: true}, async ({page, requests}) => {
  await inLab(page, 'pipeline');
  await page.waitForFunction(() => window.edgewise.state().lab.figures.rms_steps !== undefined, undefined, {timeout: 60_000});
  const right = (await state(page)).lab.figures;
  assert.equal(right.code, right.engine_code);
  assert.ok(right.rms_steps < 1);   // two roundings of at most half a step, and the input's
  assert.equal(requests.filter(({path}) => path.endsWith('har.tflite')).length, 1);
  await page.getByRole('button', {name: /^2\. Multiply, add, and the bias: sum/}).focus();
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => [...document.querySelectorAll('#mirror *')].some((each) => each.textContent.includes('Every product, in the order they are added')));
  await page.getByRole('radio', {name: 'Arithmetic without zero points', exact: true}).focus();
  await page.keyboard.press('Space');
  await page.waitForFunction(() => window.edgewise.state().lab.settings.arithmetic === 2 && window.edgewise.state().lab.figures.rms_steps > 10);
  await page.getByRole('slider', {name: 'Layer', exact: true}).fill('3');
  await page.waitForFunction(() => window.edgewise.state().lab.sentence.includes('dense_3'));
  assert.equal((await state(page)).fragment, 'v=1&lab=pipeline&lv=arithmetic=2,layer=3');
});

pageTest('where the range ends: clipping and rounding are figures of their own, and least error takes less of both at 4 bits', {fragment: 'v=1&lab=calibrate&lv=bits=4'}, async ({page}) => {
  await inLab(page, 'calibrate');
  await page.waitForFunction(() => window.edgewise.state().lab.figures.noise_rms !== undefined, undefined, {timeout: 60_000});
  const all = (await state(page)).lab.figures;
  assert.equal(all.own_clipped_percent, 0);   // with the smallest and the largest value as ends nothing of those rows is outside
  assert.ok(Math.abs(all.noise_rms - Math.hypot(all.clipping_rms, all.rounding_rms)) < 1e-12);
  await page.getByRole('radio', {name: 'The range is least squared error', exact: true}).focus();
  await page.keyboard.press('Space');
  await page.waitForFunction((before) => window.edgewise.state().lab.figures.noise_rms < before, all.noise_rms);
});

pageTest('the world changes: a year leaves little of the accuracy, training again in the page brings much of it back, and a press shows what never training does', {fragment: 'v=1&lab=drift'}, async ({page}) => {
  await inLab(page, 'drift');
  await page.waitForFunction(() => window.edgewise.state().lab.figures.kept_percent !== undefined, undefined, {timeout: 60_000});
  const figures = (await state(page)).lab.figures;
  assert.ok(figures.first_percent > 90 && figures.alone_percent < 60 && figures.kept_percent > figures.alone_percent + 15);
  await page.getByRole('button', {name: 'deployed, and done', exact: true}).focus();
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => window.edgewise.state().lab.figures.kept_percent === undefined && window.edgewise.state().lab.sentence.includes('nobody trains it again'));
  assert.equal((await state(page)).fragment, 'v=1&lab=drift&lv=every_months=24');
});

pageTest('which layer: eight bits flip fewer answers than two, and the picture names the layers', {fragment: 'v=1&lab=sensitivity'}, async ({page}) => {
  await inLab(page, 'sensitivity');
  await page.waitForFunction(() => window.edgewise.state().lab.figures.flipped !== undefined, undefined, {timeout: 60_000});
  const before = (await state(page)).lab.figures.flipped;
  await page.getByRole('button', {name: '8 and 8', exact: true}).focus();
  await page.keyboard.press('Enter');
  await page.waitForFunction((flipped) => window.edgewise.state().lab.figures.flipped < flipped / 5, before);
  assert.ok(await page.evaluate(() => [...document.querySelectorAll('#mirror *')].some((each) => /dense_1 [\d.]+, dense_2 [\d.]+, dense_3/.test(`${each.getAttribute('aria-label')} ${each.getAttribute('aria-description')} ${each.textContent}`))));
});

pageTest('a pitfall is one press from the model that falls in, and the address is the state', {fragment: 'v=1&lab=traps'}, async ({page}) => {
  const show = page.getByRole('button', {name: 'Show it: Compressed, and not measured again', exact: true});
  await show.waitFor({timeout: 60_000});
  await show.focus();
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => { const now = window.edgewise.state(); return now.model === 'digits' && now.score?.done && !now.busy; }, undefined, {timeout: 60_000});
  const now = await state(page);
  assert.ok(now.score.float.value - now.score.value > 0.1);
  assert.equal(now.fragment, 'v=1&model=digits&r=w4a4');
});

pageTest('a question is answered by turning, as often as one likes, and the page says when it is', {fragment: 'v=1&lab=check'}, async ({page}) => {
  const first = page.getByRole('button', {name: 'Try it: Where is the printed formula wrong?', exact: true});
  await first.waitFor({timeout: 60_000});
  await first.focus();
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => window.edgewise.state().goal?.met === 0);
  for (const [name, met] of [['Formula right', 1], ['Formula as printed', 0], ['Formula right', 1]]) {
    await page.getByRole('radio', {name, exact: true}).focus();
    await page.keyboard.press('Space');
    await page.waitForFunction((wanted) => window.edgewise.state().goal.met === wanted, met);
  }
  assert.match((await state(page)).goal.sentence, /^Goal reached/);
});

pageTest('the menu leads from the playground to a lab and back, by keyboard', {fragment: 'v=1'}, async ({page}) => {
  await page.waitForFunction(() => window.edgewise?.state().model === 'har', undefined, {timeout: 60_000});
  const press = async (role, name) => {
    await page.getByRole(role, {name}).first().focus();
    await page.keyboard.press('Enter');
  };
  await press('button', /^Labs/);
  await press('menuitem', /^The number line/);
  await inLab(page, 'quantize');
  await press('button', /^Labs/);
  await press('menuitem', /^Playground/);
  await page.waitForFunction(() => window.edgewise.state().lab === null);
  assert.equal((await state(page)).model, 'har');
});

pageTest('an unknown lab and unreadable settings are told, and the page works on', {fragment: 'v=1&lab=quantise&lv=bits=99'}, async ({page}) => {
  await page.waitForFunction(() => window.edgewise?.state().notices.length > 0, undefined, {timeout: 60_000});
  assert.match((await state(page)).notices.join('\n'), /quantize/);
  await page.evaluate(() => window.edgewise.set('v=1&lab=quantize&lv=bits=99,nothing=1,value=0.3'));
  await inLab(page, 'quantize');
  const now = await state(page);
  assert.equal(now.lab.settings.value, 0.3);
  assert.equal(now.lab.settings.bits, 8);
  assert.match(now.notices.join('\n'), /bits.*\n?.*nothing/s);
});

pageTest('the auditor is searched by typing, opens a row, and leads to the lab in the state that shows it', {fragment: 'v=1&lab=audit'}, async ({page}) => {
  const rows = page.getByRole('button', {name: /^[ER]\d+: /});
  await page.waitForFunction(() => document.querySelector('#mirror [aria-label^="E49"]'), undefined, {timeout: 60_000});
  assert.ok(await rows.count() >= 49);
  const search = page.getByRole('searchbox', {name: 'Search the claims'});
  const box = await search.boundingBox();
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);   // where it is drawn
  await page.keyboard.type('zero point clipped');
  await page.waitForFunction(() => document.querySelectorAll('#mirror [data-id^="claim:"]').length < 10);
  assert.equal(await search.inputValue(), 'zero point clipped');
  assert.notEqual(await search.evaluate((field) => getComputedStyle(field).color), 'rgba(0, 0, 0, 0)');   // it is seen while it is typed, by keyboard too
  await page.getByRole('button', {name: /^E1: /}).focus();
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => /lv=E1,q=zero%20point%20clipped$/.test(window.edgewise.state().fragment));
  await page.waitForFunction(() => /-30 code/.test(document.querySelector('#mirror [data-id="claim:E1"]')?.getAttribute('aria-label')));   // the mirror follows the frame
  await page.getByRole('button', {name: 'Show it: The number line'}).focus();
  await page.keyboard.press('Enter');
  await inLab(page, 'quantize');
});

pageTest('the validation view fetches its rows when it is opened and not before, and a record is reached by keyboard and kept in the link', {fragment: 'v=1&side=latency'}, async ({page, requests}) => {
  await page.waitForFunction(() => window.edgewise?.state().model === 'har', undefined, {timeout: 60_000});
  const fetched = () => requests.filter(({path}) => path.endsWith('validation.tsv')).length;
  assert.equal(fetched(), 0);
  await page.getByRole('button', {name: 'How wrong is this?'}).focus();
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => /lab=validation&lv=of=all,core=cortex-m4/.test(window.edgewise.state().fragment));
  await page.waitForFunction(() => /^Half of \d+ within/.test(document.querySelector('#mirror [data-id="validation:summary"]')?.textContent));
  assert.equal(fetched(), 1);
  const records = page.getByRole('slider', {name: 'Records by published latency'});
  await records.fill('0');
  await records.press('ArrowRight');
  await page.waitForFunction(() => /row=/.test(window.edgewise.state().fragment));
  await page.waitForFunction(() => /published .* ms, foreseen/.test(document.querySelector('#mirror [data-id="validation:record"]')?.textContent));
  await page.getByRole('button', {name: /^core class cortex-m7, /}).focus();
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => /core=cortex-m7/.test(window.edgewise.state().fragment));
});

pageTest('the conversion listing is copied as it is shown, with the bytes of the file that was made', {fragment: 'v=1&lab=convert', strict: true, options: {permissions: ['clipboard-read', 'clipboard-write']}}, async ({page}) => {
  await inLab(page, 'convert');
  await page.waitForFunction(() => window.edgewise.state().lab.figures.file_bytes > 0, undefined, {timeout: 60_000});
  const bytes = (await state(page)).lab.figures.file_bytes;
  await page.getByRole('button', {name: 'Copy', exact: true}).nth(1).focus();
  await page.keyboard.press('Enter');
  await page.waitForFunction(async (size) => (await navigator.clipboard.readText()).startsWith(`extern const unsigned char model[${size}];`), bytes);
});

/** A room that swings by 3 degrees a day, read every ten minutes. */
const swinging = (days) => ['time,room,outside', ...Array.from({length: days * 144}, (_, i) => {
  const minute = 10 * i, two = (n) => String(n).padStart(2, '0');
  const angle = 2 * Math.PI * minute / 1440;
  return `2026-01-${two(1 + Math.floor(minute / 1440))} ${two(Math.floor(minute / 60) % 24)}:${two(minute % 60)},${(20 + 3 * Math.sin(angle)).toFixed(3)},${(5 + 4 * Math.sin(angle + 1)).toFixed(3)}`;
})].join('\n');

pageTest('readings of one\'s own stand in for the simulated floor, a broken table is named by row and column and changes nothing, and one press goes back', {fragment: 'v=1&lab=hvac', strict: true}, async ({page}) => {
  await inLab(page, 'hvac');
  const models = () => page.evaluate(() => window.edgewise.state().lab.figures.models_meeting);
  await page.waitForFunction(() => window.edgewise.state().lab.figures.saved_percent !== undefined, undefined, {timeout: 60_000});
  await drop(page, {name: 'office.csv', bytes: Buffer.from(swinging(12))});
  await page.waitForFunction(() => window.edgewise.state().lab.figures.judged_windows > 0, undefined, {timeout: 60_000});
  const sentence = (await state(page)).lab.sentence;
  assert.match(sentence, /'room' 60 minutes ahead/);
  assert.ok(await models() > 0);
  await drop(page, {name: 'broken.csv', bytes: Buffer.from(swinging(12).replace(',17.', ',warm.'))});
  await page.waitForFunction(() => window.edgewise.state().notices.some((notice) => /broken\.csv.*row \d+, column 'room'/.test(notice)));
  assert.equal((await state(page)).lab.sentence, sentence);
  await page.getByRole('slider', {name: 'Foreseen', exact: true}).fill('2');
  await page.waitForFunction(() => /'outside' 60 minutes ahead/.test(window.edgewise.state().lab.sentence), undefined, {timeout: 60_000});
  await page.getByRole('button', {name: 'Back to the simulated floor', exact: true}).focus();
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => window.edgewise.state().lab.figures.saved_percent !== undefined, undefined, {timeout: 60_000});
});

/** Notes when sound begins; runs before the page's own scripts. */
const listenIn = () => {
  window.began = [];
  const start = AudioBufferSourceNode.prototype.start;
  AudioBufferSourceNode.prototype.start = function (...when) {
    window.began.push({seconds: this.buffer.duration, rate: this.buffer.sampleRate, loudest: Math.max(...this.buffer.getChannelData(0).map(Math.abs)), state: this.context.state});
    return start.apply(this, when);
  };
};
const isRecorded = (frame) => frame.waitForFunction(() => window.edgewise?.state().lab?.recording?.current, undefined, {timeout: 60_000});

pageTest('the listener is seen at once and heard only after a press, never loud; a distance that is turned makes another recording', {fragment: 'v=1&lab=listener', strict: true}, async ({page, requests}) => {
  await page.evaluate(listenIn);
  await isRecorded(page);
  const near = (await state(page)).lab.recording;
  assert.equal(near.scores.length, 5);
  assert.ok(await page.getByRole('img', {name: /a chainsaw 150 m away/}).count() >= 1);
  assert.equal((await state(page)).model, null);   // nothing is opened in the playground
  assert.equal(requests.filter(({path}) => path.endsWith('forest.tflite')).length, 1);
  assert.deepEqual(await page.evaluate(() => window.began), []);
  await page.getByRole('button', {name: 'Play the recording', exact: true}).focus();
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => window.began.length === 1 && window.edgewise.state().lab.recording.playing);
  const [heard] = await page.evaluate(() => window.began);
  assert.equal(heard.rate, 16000);
  assert.ok(Math.abs(heard.seconds - (5 * 1.024 + 4 * 0.2)) < 1e-3);   // five windows and the pauses between them
  assert.ok(heard.loudest > 0.25 && heard.loudest < 0.3001);
  assert.equal(heard.state, 'running');
  await page.getByRole('button', {name: 'Stop', exact: true}).focus();
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => !window.edgewise.state().lab.recording.playing);
  const button = await page.getByRole('button', {name: 'Play the recording', exact: true}).boundingBox();
  await page.mouse.click(button.x + button.width / 2, button.y + button.height / 2);   // where it is drawn
  await page.waitForFunction(() => window.began.length === 2);
  await page.getByRole('slider', {name: 'Its chainsaw is away', exact: true}).fill('400');
  await page.waitForFunction(() => window.edgewise.state().lab.recording.title.includes('400 m') && window.edgewise.state().lab.recording.current);
  const far = (await state(page)).lab.recording;
  assert.equal(far.playing, false);
  assert.notDeepEqual(far.scores, near.scores);
  assert.equal((await state(page)).fragment, 'v=1&lab=listener&lv=away_m=400');
});

test('the listener can be heard in a sandboxed frame of another origin', {timeout: 120_000}, async () => {
  const {page, close} = await openHost(browser, (url) => `<iframe title="lab" sandbox="allow-scripts" src="${url}index.html#v=1&embed=1&lab=listener" style="width:600px;height:900px;border:0"></iframe>`);
  try {
    const frame = await frameOf(page);
    await isRecorded(frame);
    await frame.evaluate(listenIn);
    await frame.getByRole('button', {name: 'Play the recording', exact: true}).focus();
    await page.keyboard.press('Enter');
    await frame.waitForFunction(() => window.began.length === 1 && window.began[0].state === 'running');
  } finally {
    await close();
  }
});

test('a lab in a frame of another origin without headers has its controls by role and name, and tells its figures to the page around it', {timeout: 120_000}, async () => {
  const {page, close} = await openHost(browser, (url) => `<iframe title="lab" sandbox="allow-scripts"
    src="${url}index.html#v=1&embed=1&lab=quantize&hide=figures&lock=bits" style="width:360px;height:640px;border:0"></iframe>`);
  try {
    const frame = await frameOf(page);
    await inLab(frame, 'quantize');
    assert.match(await frame.getByRole('status').filter({hasText: 'Goes wrong.'}).textContent(), /-30/);
    assert.equal(await frame.getByRole('button', {name: /^Labs/}).count(), 0);   // no chrome
    assert.equal(await frame.getByRole('slider', {name: 'Bits', exact: true}).isDisabled(), true);
    await frame.getByRole('radio', {name: 'Formula right', exact: true}).click();
    await frame.waitForFunction(() => window.edgewise.state().lab.figures.zero_point === -30);
    await page.evaluate(() => document.querySelector('iframe').contentWindow.postMessage({ns: 'edgewise', v: 1, type: 'get', req: 1}, '*'));
    await page.waitForFunction(() => window.heard.some((message) => message?.req === 1));
    const answer = await page.evaluate(() => window.heard.find((message) => message.req === 1));
    assert.equal(answer.metrics.zero_point, -30);
    assert.match(answer.hash, /lab=quantize/);
  } finally {
    await close();
  }
});
