// node site.mjs SITE: finishes the folder that site.cmake has filled. Writes the size of the program into index.html, the file list into offline.js, and bundled/.
import {createHash} from 'node:crypto';
import {mkdirSync, readdirSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';

const site = process.argv[2];
const read = (path) => readFileSync(join(site, path));
const write = (path, text) => writeFileSync(join(site, path), text);
const list = (folder) => readdirSync(join(site, folder), {withFileTypes: true}).flatMap((entry) =>
  entry.isDirectory() ? list(join(folder, entry.name)) : [join(folder, entry.name)]);

const assets = list('.').filter((path) => path.startsWith('assets/') && !path.endsWith('.md')).sort();

write('index.html', read('index.html').toString().replace('@WASM_BYTES@', statSync(join(site, 'playground.wasm')).size));

const first = ['./', 'style.css', 'messages.js', 'mirror.js', 'input.js', 'shell.js', 'playground.js', 'playground.wasm', 'evaluator.js',
  ...assets.filter((path) => /\/har\./.test(path))];
const workers = ['evaluator', 'workshop'].flatMap((program) => [`${program}-relaxed.wasm`, `${program}-simd128.wasm`]);   // the page says which it runs
const hash = createHash('sha256');
for (const path of [...first, ...workers]) hash.update(read(path === './' ? 'index.html' : path));
write('offline.js', read('offline.js').toString().replace('@VERSION@', hash.digest('hex').slice(0, 16)).replace('@FILES@', JSON.stringify(first)));

// For pages that may not fetch: from a disk, or in a frame without an origin.
for (const path of ['playground.wasm', 'evaluator.js', ...workers, ...assets]) {
  mkdirSync(dirname(join(site, 'bundled', path)), {recursive: true});
  write(`bundled/${path}.js`, `(globalThis.edgewiseBundled ??= {})[${JSON.stringify(path)}] = '${read(path).toString('base64')}';\n`);
}
