// The sample chapter: quick, still while it scrolls, and telling what its labs tell.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {frameOf, inLab, launch, open, pageTests, state} from '../support/browser.mjs';

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

const pageTest = pageTests(() => browser);
const chapter = {path: 'chapter/', strict: true};

pageTest('it is painted within a second, from its own files alone, and nothing moves while it is scrolled to its end', chapter, async ({page, url, requests}) => {
  const elsewhere = [];
  page.on('request', (request) => { if (!request.url().startsWith(new URL('..', url).href) && !request.url().startsWith('data:')) elsewhere.push(request.url()); });
  await page.addInitScript(() => {
    window.shifts = [];
    new PerformanceObserver((list) => list.getEntries().forEach((entry) => window.shifts.push(entry.value))).observe({type: 'layout-shift', buffered: true});
  });
  const painted = [];
  for (let i = 0; i < 3; ++i) {
    await page.goto(url);
    painted.push(await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime).then((time) => time.jsonValue()));
  }
  console.log(`# first contentful paint after ${painted.map((ms) => ms.toFixed(0)).join(', ')} ms`);
  assert.ok(Math.min(...painted) < 1000);
  await page.evaluate(() => document.fonts.ready);
  await page.evaluate(() => { window.shifts = []; });
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  for (let y = 0; y < height; y += 600) {
    await page.evaluate((to) => window.scrollTo(0, to), y);
    await page.waitForFunction(() => [...document.images].every((image) => image.complete || image.getBoundingClientRect().top > innerHeight));   // those further down are lazy
  }
  assert.equal(await page.evaluate(() => document.documentElement.scrollHeight), height);
  assert.deepEqual(await page.evaluate(() => window.shifts), []);
  assert.deepEqual(await page.evaluate(() => [...document.images].filter((image) => !image.complete || image.naturalWidth === 0 || !image.alt).map((image) => image.src)), []);
  assert.equal(await page.evaluate(() => document.querySelectorAll('iframe').length), 0);
  assert.deepEqual(elsewhere, []);
  assert.deepEqual(requests.filter(({status}) => status !== 200), []);
});

pageTest('a lab that goes live says what its poster said, and its figures are the numbers of the text', chapter, async ({page}) => {
  for (const name of ['decide', 'quantize', 'battery']) {
    const index = await page.locator('edgewise-lab').evaluateAll((labs, wanted) => labs.findIndex((lab) => lab.getAttribute('hash').includes(`lab=${wanted}&`)), name);
    const lab = page.locator('edgewise-lab').nth(index);
    const says = (await lab.locator('.says').textContent()).replace(/^(Holds|Careful|Goes wrong)\. /, '').replaceAll('\u00a0', ' ');
    await lab.locator('a.go').press('Enter');
    const frame = await frameOf(page, `edgewise-lab >> nth=${index} >> iframe`);
    await inLab(frame, name);
    assert.equal((await state(frame)).lab.sentence, says);
    await page.waitForFunction((which) => Object.keys(document.querySelectorAll('edgewise-lab')[which].metrics).length > 0, index);
    const values = await page.evaluate((which) => Object.values(document.querySelectorAll('edgewise-lab')[which].metrics), index);
    const told = await lab.evaluate((element) => [...element.closest('section').querySelectorAll('data')].map((data) => Number(data.value)));
    assert.ok(told.some((value) => values.includes(value)), `${told} and ${values}`);
  }
  assert.equal(await page.locator('edgewise-lab >> iframe').count(), 2);
});

pageTest('320 pixels wide nothing lies beside the column', {...chapter, options: {viewport: {width: 320, height: 640}}}, async ({page}) => {
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320);
  await page.locator('edgewise-lab img').first().scrollIntoViewIfNeeded();
  await page.waitForFunction(() => /narrow/.test(document.querySelector('edgewise-lab img').currentSrc));
});

test('without JavaScript it is a chapter with pictures, and each leads to its lab', {timeout: 60_000}, async () => {
  const opened = await open(browser, {...chapter, options: {javaScriptEnabled: false}});
  const labs = await opened.page.locator('edgewise-lab').count();
  assert.ok(labs >= 20);
  assert.equal(await opened.page.locator('edgewise-lab img').count(), labs);
  assert.match(await opened.page.locator('a.go').first().getAttribute('href'), /^\.\.\/index\.html#v=1&lab=/);
  await opened.close();
});
