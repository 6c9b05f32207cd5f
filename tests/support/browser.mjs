// One headless Chromium with software WebGL, and the built page in it. Used by tests/browser/*_test.mjs.
import {existsSync} from 'node:fs';
import {createRequire} from 'node:module';
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
