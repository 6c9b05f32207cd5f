// node web/chapter/png.mjs FOLDER   beside each poster of FOLDER (./dev posters) the same as PNG, light, at twice its size: for print, and for pages that take no SVG.
// posters.json gets its name, "png". Drawn by the browser of the tests in the page's own type.
import {readFile, readdir, writeFile} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {launch} from '../../tests/support/browser.mjs';

const folder = process.argv[2];
if (!folder) {
  console.error('usage: node web/chapter/png.mjs FOLDER');
  process.exit(2);
}
const fonts = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'assets', 'fonts');
const face = async (file, weight) => `@font-face{font-family:Inter;font-weight:${weight};src:url(data:font/otf;base64,${(await readFile(join(fonts, file))).toString('base64')})}`;
const style = `<style>${await face('Inter-Regular.otf', 400)}${await face('Inter-SemiBold.otf', 600)}body{margin:0;background:#fff}svg{display:block}</style>`;

const browser = await launch();
const page = await (await browser.newContext({viewport: {width: 720, height: 320}, deviceScaleFactor: 2, colorScheme: 'light'})).newPage();
await page.setContent(`<!doctype html>${style}<div></div>`);
const names = (await readdir(folder)).filter((name) => name.endsWith('.svg'));
for (const name of names) {
  await page.evaluate(async (svg) => {
    document.querySelector('div').innerHTML = svg;
    await document.fonts.ready;
  }, await readFile(join(folder, name), 'utf8'));
  await page.locator('svg').screenshot({path: join(folder, name.replace(/svg$/, 'png'))});
}
await browser.close();

const list = join(folder, 'posters.json');
const rows = JSON.parse(await readFile(list, 'utf8')).map((row) => ({...row, png: row.poster.replace(/svg$/, 'png')}));
await writeFile(list, `${JSON.stringify(rows)}\n`);
console.log(`${names.length} PNG files`);
