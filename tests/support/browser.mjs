// One headless Chromium with software WebGL, and the built page in it, alone or inside somebody else's page. Used by tests/browser/*_test.mjs.
import assert from 'node:assert/strict';
import {existsSync} from 'node:fs';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {createRequire} from 'node:module';
import {tmpdir} from 'node:os';
import {test} from 'node:test';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {serve} from './serve.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const {chromium} = createRequire(join(root, 'tests/browser/'))('playwright-core');

/** The folder of the built page; EDGEWISE_SITE names another one, e.g. dist. */
export const site = process.env.EDGEWISE_SITE ?? join(root, 'build/wasm/site');

function executable() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  return names.flatMap((name) => process.env.PATH.split(':').map((folder) => join(folder, name))).find(existsSync);
}

/** Closing it is the caller's: `after(() => browser.close())`. */
export function launch() {
  return chromium.launch({
    executablePath: executable(),
    args: ['--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--disable-quic', '--no-first-run',
      '--disable-background-networking', '--disable-component-update', '--disable-sync',
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
  });
}

/**
 * Serves the built page and opens it: {page, url, requests, problems, close()}.
 * fragment   what follows "#", e.g. "v=1&model=har"
 * options    of the browser context, e.g. {viewport: {width: 360, height: 640}, colorScheme: 'dark'}
 * strict     the server sends a Content-Security-Policy
 * cores      what navigator.hardwareConcurrency says, instead of the machine's
 * problems   every error the page reported: a test asserts that it is empty
 */
export async function open(browser, {fragment = '', path = '', options = {}, strict = false, cores} = {}) {
  const server = await serve(site, {strict});
  const context = await browser.newContext(options);
  const page = await context.newPage();
  if (cores) await page.addInitScript((count) => Object.defineProperty(Navigator.prototype, 'hardwareConcurrency', {get: () => count}), cores);
  const problems = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => { if (message.type() === 'error') problems.push(message.text()); });
  const url = server.url + path + (fragment ? `#${fragment}` : '');
  await page.goto(url);
  return {page, url, requests: server.requests, problems, close: async () => { await context.close(); await server.close(); }};
}

/** Gives files, {name, bytes}, to the page as a drop. */
export async function drop(page, ...files) {
  const transfer = await page.evaluateHandle((list) => {
    const data = new DataTransfer();
    for (const {name, bytes} of list) data.items.add(new File([Uint8Array.from(atob(bytes), (c) => c.charCodeAt(0))], name));
    return data;
  }, files.map(({name, bytes}) => ({name, bytes: Buffer.from(bytes).toString('base64')})));
  for (const type of ['dragenter', 'dragover', 'drop']) await page.dispatchEvent('#app', type, {dataTransfer: transfer});
}

/** What window.edgewise.state() says, of a page or a frame. */
export const state = (page) => page.evaluate(() => window.edgewise.state());
export const inLab = (page, name) => page.waitForFunction((wanted) => window.edgewise?.state().lab?.name === wanted, name, {timeout: 60_000});

/** Waits until the score on the page, and the float one beside it, are of the present recipe and whole; then as state(). */
export async function settled(page) {
  await page.waitForFunction(() => {
    const now = window.edgewise?.state();
    return now?.model && !now.busy && !now.tuning.running && now.score?.current && now.score.done && now.score.float;
  }, undefined, {timeout: 90_000});
  return state(page);
}

/** Gives pageTest(name, options of `open`, body(opened)): one test, one page; what the page complained about fails it. `browser()` is the one that is launched by then. */
export const pageTests = (browser) => (name, options, body) => test(name, {timeout: 120_000}, async () => {
  const opened = await open(browser(), options);
  try {
    await body(opened);
    assert.deepEqual(opened.problems, []);
  } finally {
    await opened.close();
  }
});

/**
 * A page of another origin without any headers, high enough to scroll, that keeps what is said to it in `window.heard`: {page, close()}.
 * `markup(url)` is how ours gets there; `folder` is what is served as ours instead of the built page.
 */
export async function openHost(browser, markup, {folder = site, options = {}} = {}) {
  const ours = await serve(folder);
  const theirs = await mkdtemp(join(tmpdir(), 'edgewise-'));
  await writeFile(join(theirs, 'index.html'), `<!doctype html><title>course</title><body style="height:3000px"><p>A chapter.</p>
    <script>window.heard = []; window.addEventListener('message', (event) => window.heard.push(event.data));</script>
    ${markup(ours.url)}`);
  const host = await serve(theirs);
  const context = await browser.newContext(options);
  const page = await context.newPage();
  await page.goto(host.url.replace('127.0.0.1', 'localhost'));
  return {page, close: async () => { await context.close(); await host.close(); await ours.close(); await rm(theirs, {recursive: true}); }};
}
/** The frame of the first iframe, once it is there. */
export const frameOf = async (page, selector = 'iframe') => (await page.waitForSelector(selector)).contentFrame();
