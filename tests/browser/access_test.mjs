// What axe-core finds, and what it cannot see: reflow at 320 pixels and at 200 % zoom.
import assert from 'node:assert/strict';
import {readFile} from 'node:fs/promises';
import {createRequire} from 'node:module';
import {after, before} from 'node:test';
import {frameOf, inLab, launch, pageTests} from '../support/browser.mjs';

let browser, axe;
before(async () => {
  axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  browser = await launch();
});
after(() => browser.close());

const pageTest = pageTests(() => browser);

/** Violations as lines: rule, element, why. */
async function violations(page) {
  await page.evaluate(axe);
  return page.evaluate(async () => (await window.axe.run(document, {resultTypes: ['violations']})).violations
    .flatMap(({id, nodes}) => nodes.map(({html, failureSummary}) => `${id}: ${html.slice(0, 160)} ${failureSummary.replaceAll('\n', ' ')}`)));
}

const views = {
  'the playground': {fragment: 'v=1', ready: (page) => page.waitForFunction(() => window.edgewise?.state().score?.done, undefined, {timeout: 60_000})},
  'a lab': {fragment: 'v=1&lab=quantize', ready: (page) => inLab(page, 'quantize')},
  'a lab that runs a model': {fragment: 'v=1&lab=pipeline', ready: (page) => page.waitForFunction(() => window.edgewise?.state().lab?.figures.code !== undefined, undefined, {timeout: 60_000})},
  'a lab with a recording': {fragment: 'v=1&lab=listener', ready: (page) => page.waitForFunction(() => window.edgewise?.state().lab?.recording?.current, undefined, {timeout: 60_000})},
  'the auditor': {fragment: 'v=1&lab=audit&lv=E1', ready: (page) => page.waitForFunction(() => document.querySelector('#mirror [aria-label^="E49"]'), undefined, {timeout: 60_000})},
  'the sample chapter': {path: 'chapter/', ready: (page) => page.evaluate(() => document.fonts.ready.then(() => {}))},
};
for (const [name, {ready, ...where}] of Object.entries(views))
  for (const [how, options] of [['wide and dark', {colorScheme: 'dark'}], ['320 pixels wide and light', {colorScheme: 'light', viewport: {width: 320, height: 640}}]])
    pageTest(`axe-core finds nothing wrong with ${name}, ${how}`, {...where, options}, async ({page}) => {
      await ready(page);
      await page.waitForTimeout(300);
      assert.deepEqual(await violations(page), []);
    });

pageTest('axe-core finds nothing wrong with a lab that lives in the chapter', {path: 'chapter/'}, async ({page}) => {
  const ladder = 'edgewise-lab[hash*="lab=ladder"] >> nth=0';
  await page.locator(`${ladder} >> a.go`).press('Enter');
  const frame = await frameOf(page, `${ladder} >> iframe`);
  await inLab(frame, 'ladder');
  await page.waitForTimeout(300);
  assert.deepEqual([...await violations(page), ...await violations(frame)], []);
});

for (const [what, viewport] of [['320 pixels wide', {width: 320, height: 640}], ['at 200 % zoom', {width: 640, height: 400}]])   // a window of 1280 by 800 that is zoomed has half as many CSS pixels
  pageTest(`a lab ${what} has all its controls within its width, and they are turned by keyboard`, {fragment: 'v=1&lab=quantize', options: {viewport, deviceScaleFactor: 2}}, async ({page}) => {
    await inLab(page, 'quantize');
    await page.waitForTimeout(300);
    const beyond = await page.evaluate((width) => [...document.querySelectorAll('#mirror .item')].filter((item) => {
      const {left, right} = item.getBoundingClientRect();
      return left < 0 || right > width;
    }).map((item) => item.dataset.id), viewport.width);
    assert.deepEqual(beyond, []);
    await page.getByRole('slider', {name: 'Bits', exact: true}).focus();
    await page.keyboard.press('ArrowLeft');
    await page.waitForFunction(() => window.edgewise.state().lab.settings.bits === 7);
  });
