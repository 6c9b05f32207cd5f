// <edgewise-lab> and the messages between a lab and the page around it, in pages of another origin without any headers.
import assert from 'node:assert/strict';
import {mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, test} from 'node:test';
import {brotliCompressSync} from 'node:zlib';
import {frameOf, inLab, launch, openHost, site, state} from '../support/browser.mjs';

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

function hostTest(name, markup, body, options) {
  test(name, {timeout: 180_000}, async () => {
    const host = await openHost(browser, markup, options);
    const problems = [];
    host.page.on('pageerror', (error) => problems.push(error.message));
    try {
      await body(host.page);
      assert.deepEqual(problems, []);
    } finally {
      await host.close();
    }
  });
}

const element = (index) => `edgewise-lab >> nth=${index}`;
const frameIn = (page, index) => frameOf(page, `${element(index)} >> iframe`);
const live = (page) => page.evaluate(() => [...document.querySelectorAll('edgewise-lab')].flatMap((lab, i) => lab.shadowRoot.querySelector('iframe') ? [i] : []));
const say = (page, message, to = 'document.querySelector("iframe").contentWindow') => page.evaluate(`${to}.postMessage(${JSON.stringify({ns: 'edgewise', v: 1, ...message})}, '*')`);
const heard = (page, type) => page.evaluate((wanted) => window.heard.filter((data) => data?.ns === 'edgewise' && data.type === wanted), type);

/** As a person does it: what was scrolled into view is drawn before it is pressed. */
async function press(page, index) {
  const poster = page.locator(`${element(index)} >> a`);
  await poster.scrollIntoViewIfNeeded();
  await page.waitForTimeout(300);
  await poster.click();
}
const poster = (url, i) => `<p style="height:300px">Text</p>
  <edgewise-lab title="lab ${i}" hash="v=1&amp;lab=quantize&amp;lv=bits=${2 + i % 15}"><a href="${url}#v=1&amp;lab=quantize">poster ${i}</a></edgewise-lab>`;
const twenty = (url) => `<script src="${url}embed.js"></script>${Array.from({length: 20}, (_, i) => poster(url, i)).join('')}`;

test('embed.js is under 3 KB on the way, with brotli', async () => {
  assert.ok(brotliCompressSync(await readFile(join(site, 'embed.js'))).length < 3000);
});

hostTest('of twenty labs with posters none is live until it is pressed, then at most two, and what was turned comes back', twenty, async (page) => {
  await page.waitForTimeout(300);
  assert.deepEqual(await live(page), []);
  for (const [index, expected] of [[0, [0]], [4, [0, 4]], [9, [4, 9]], [19, [9, 19]]]) {
    await press(page, index);
    const frame = await frameIn(page, index);
    await inLab(frame, 'quantize');
    assert.deepEqual(await live(page), expected);
    await page.waitForTimeout(400);   // it takes its height, and what stands below moves
    if (index !== 0) continue;
    await frame.getByRole('slider', {name: 'Bits', exact: true}).fill('5');
    await page.waitForFunction(() => /bits=5/.test(document.querySelector('edgewise-lab').value));
  }
  assert.ok(await page.locator(`${element(0)} >> a`).isVisible());   // the poster stands where the lab was
  await press(page, 0);
  const again = await frameIn(page, 0);
  await inLab(again, 'quantize');
  assert.equal((await state(again)).lab.settings.bits, 5);
  assert.deepEqual(await live(page), [0, 19]);
});

hostTest('a poster is a link: the keyboard opens the lab in its place and goes on in it, and with Control it opens elsewhere', twenty, async (page) => {
  const link = page.locator(`${element(1)} >> a`);
  const [tab] = await Promise.all([page.context().waitForEvent('page'), link.click({modifiers: ['Control']})]);
  await tab.close();
  assert.deepEqual(await live(page), []);
  await link.focus();
  await page.keyboard.press('Enter');
  const frame = await frameIn(page, 1);
  await inLab(frame, 'quantize');
  assert.equal(await page.evaluate(() => document.activeElement.title), 'lab 1');
  assert.equal(await (await page.waitForSelector(`${element(1)} >> iframe`)).getAttribute('title'), 'lab 1');
});

hostTest('without posters a lab goes live where it is seen, and of three that were passed the last two are',
  (url) => `<script src="${url}embed.js"></script>${[0, 1, 2].map((i) => `<edgewise-lab hash="v=1&amp;lab=quantize" height="400" title="lab ${i}"></edgewise-lab><p style="height:1200px"></p>`).join('')}`,
  async (page) => {
    await inLab(await frameIn(page, 0), 'quantize');
    assert.deepEqual(await live(page), [0]);
    for (const index of [1, 2]) {
      await page.locator(element(index)).scrollIntoViewIfNeeded();
      await inLab(await frameIn(page, index), 'quantize');
    }
    assert.deepEqual(await live(page), [1, 2]);
    await page.locator(element(0)).scrollIntoViewIfNeeded();
    await page.waitForFunction(() => document.querySelector('edgewise-lab').shadowRoot.querySelector('iframe'));
  });

const one = (attributes = '') => (url) => `<script src="${url}embed.js"></script><edgewise-lab hash="v=1&amp;lab=quantize" title="lab" ${attributes}></edgewise-lab>`;

for (const sandbox of ['', 'sandbox="allow-scripts"'])
  hostTest(`its value is set and read, figures come with it, and its height follows the content${sandbox ? ', in a frame without an origin too' : ''}`, one(sandbox), async (page) => {
    await page.evaluate(() => { document.querySelector('edgewise-lab').value = 'v=1&lab=quantize&lv=formula=1,bits=4'; });   // before the frame can hear it
    const frame = await frameIn(page, 0);
    await frame.waitForFunction(() => window.edgewise?.state().lab?.settings.bits === 4, undefined, {timeout: 60_000});
    const figures = await page.evaluate(() => new Promise((done) => {
      const lab = document.querySelector('edgewise-lab');
      lab.addEventListener('input', () => { if (/bits=3/.test(lab.value)) done(lab.metrics); });
      lab.value = '#v=1&lab=quantize&lv=formula=1,bits=3';
    }));
    assert.ok(Math.abs(figures.scale - 1.3 / 7) < 1e-12);   // 8 codes, 7 steps over -0.5 to 0.8
    await page.waitForFunction(() => window.heard.some((data) => data?.type === 'resize'));
    const wide = (await heard(page, 'resize')).at(-1).height;
    await page.waitForFunction((height) => Math.abs(document.querySelector('edgewise-lab').clientHeight - height) < 2, wide);
    await page.evaluate(() => { document.querySelector('edgewise-lab').style.width = '340px'; });   // a phone's column is longer
    await page.waitForFunction((height) => document.querySelector('edgewise-lab').clientHeight > height + 100, wide);
    await page.waitForTimeout(500);
    const told = (await heard(page, 'resize')).length;
    await page.waitForTimeout(700);
    assert.equal((await heard(page, 'resize')).length, told);   // the frame's new height does not make it ask for another
    assert.ok(told <= 6, `${told} times`);
  });

hostTest('off screen it draws nothing, and goes on when it is seen again', one('height="400"'), async (page) => {
  const frame = await frameIn(page, 0);
  await inLab(frame, 'quantize');
  await page.evaluate(() => window.scrollTo(0, 2500));
  await page.waitForTimeout(500);
  const {frames} = await state(frame);
  await page.evaluate(() => { document.querySelector('edgewise-lab').value = 'v=1&lab=quantize&lv=bits=6'; });
  await page.waitForTimeout(500);
  assert.equal((await state(frame)).frames, frames);
  await page.evaluate(() => window.scrollTo(0, 0));
  await frame.waitForFunction((before) => window.edgewise.state().frames > before, frames);
  assert.equal((await state(frame)).lab.settings.bits, 6);
});

hostTest('a page that resizes frames for Canvas or for H5P is told the height in its words, again when it asks',
  (url) => `<iframe title="lab" src="${url}index.html#v=1&amp;embed=1&amp;lab=battery" style="width:700px;height:300px"></iframe>`, async (page) => {
    await page.waitForFunction(() => window.heard.some((data) => data?.subject === 'lti.frameResize'), undefined, {timeout: 60_000});
    const said = await page.evaluate(() => window.heard);
    const {height} = said.find((data) => data?.type === 'resize');
    assert.ok(height > 400 && Number.isInteger(height));
    assert.deepEqual(said.find((data) => data?.subject), {subject: 'lti.frameResize', height});
    assert.deepEqual(said.filter((data) => data?.context === 'h5p').slice(0, 2), [{context: 'h5p', action: 'hello'}, {context: 'h5p', action: 'resize', scrollHeight: height, height}]);
    await page.evaluate(() => { window.heard = []; document.querySelector('iframe').contentWindow.postMessage({context: 'h5p', action: 'resize'}, '*'); });
    await page.waitForFunction(() => window.heard.some((data) => data?.context === 'h5p'));
  });

hostTest('a lab obeys the page around it and no other window, whatever that sends', (url) =>
  `<iframe title="lab" src="${url}index.html#v=1&amp;embed=1&amp;lab=quantize" style="width:700px;height:500px"></iframe><iframe title="advert" srcdoc="<p>advert</p>"></iframe>`, async (page) => {
    const frame = await frameOf(page);
    await inLab(frame, 'quantize');
    const advert = await frameOf(page, 'iframe[title=advert]');
    await say(advert, {type: 'set', hash: 'v=1&lab=battery'}, 'parent.frames[0]');
    for (const junk of [null, 7, 'edgewise', {ns: 'edgewise'}, {ns: 'edgewise', v: 2, type: 'set', hash: 'v=1&lab=battery'}, {ns: 'edgewise', v: 1, type: 'set', hash: {}},
      {ns: 'edgewise', v: 1, type: 'theme', value: 'pink'}, {ns: 'edgewise', v: 1, type: 'set', hash: `lab=battery&x=${'y'.repeat(200_000)}`}, {context: 'h5p'}, {ns: 'edgewise', v: 1, type: '__proto__'}])
      await page.evaluate((data) => document.querySelector('iframe').contentWindow.postMessage(data, '*'), junk);
    await say(page, {type: 'get', req: 'mine'});
    await page.waitForFunction(() => window.heard.some((data) => data?.req === 'mine'));
    assert.match((await heard(page, 'state')).at(-1).hash, /lab=quantize/);
    assert.equal((await state(frame)).lab.name, 'quantize');
    await say(page, {type: 'set', hash: 'v=1&lab=%zz&lv=a=b&board=z80'});   // what it cannot read is said, and the page works on
    await frame.waitForFunction(() => window.edgewise.state().notices.length >= 2);
    await say(page, {type: 'set', hash: 'v=1&embed=1&lab=battery'});
    await inLab(frame, 'battery');
  });

test('the element takes nothing but from its own frame, and of that only what makes sense', {timeout: 60_000}, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'edgewise-'));   // a page in our place that says anything
  await writeFile(join(folder, 'embed.js'), await readFile(join(site, 'embed.js')));
  await writeFile(join(folder, 'index.html'), `<!doctype html><script>
    const say = (data) => parent.postMessage({ns: 'edgewise', v: 1, ...data}, '*');
    for (const height of [-5, 'x', NaN, null, {}, 1e9]) say({type: 'resize', height});
    say({type: 'state', hash: 7}); say({type: 'state'}); say({type: 'state', hash: 'v=1', metrics: null}); say({type: 'score', raw: 1, min: 0, max: 1, success: true});
    say({type: 'seen'}); parent.postMessage(null, '*'); parent.postMessage('edgewise', '*');</script>`);
  const {page, close} = await openHost(browser, (url) => `<script src="${url}embed.js"></script><edgewise-lab hash="v=1&amp;lab=prune"></edgewise-lab><script>
    window.scores = []; document.querySelector('edgewise-lab').addEventListener('score', ({detail}) => scores.push(detail));
    window.values = []; document.querySelector('edgewise-lab').addEventListener('input', ({target}) => values.push([target.value, target.metrics]));</script>`, {folder});
  const problems = [];
  page.on('pageerror', (error) => problems.push(error.message));
  try {
    await page.waitForFunction(() => window.scores.length > 0);
    await page.evaluate(() => window.postMessage({ns: 'edgewise', v: 1, type: 'state', hash: 'from elsewhere'}, '*'));
    await page.waitForTimeout(200);
    assert.deepEqual(await page.evaluate(() => [window.scores, window.values]), [[{raw: 1, min: 0, max: 1, success: true}], [['v=1', {}]]]);
    assert.equal(await page.evaluate(() => document.querySelector('edgewise-lab').clientHeight), 4000);   // 1e9, within limits
    assert.deepEqual(problems, []);
  } finally {
    await close();
    await rm(folder, {recursive: true});
  }
});
