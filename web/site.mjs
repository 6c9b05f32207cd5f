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

const builds = ['relaxed', 'simd128'];
const programs = ['playground', 'workshop'].flatMap((program) => builds.flatMap((build) => [`${program}-${build}.js`, `${program}-${build}.wasm`]));

write('index.html', read('index.html').toString().replace('@WASM_BYTES@', Math.max(...builds.map((build) => statSync(join(site, `playground-${build}.wasm`)).size))));

const first = ['./', 'style.css', 'messages.js', 'mirror.js', 'input.js', 'shell.js', 'evaluator.js', ...assets.filter((path) => /\/har\./.test(path))];   // the page says which programs it runs
const hash = createHash('sha256');
for (const path of [...first, ...programs]) hash.update(read(path === './' ? 'index.html' : path));
write('offline.js', read('offline.js').toString().replace('@VERSION@', hash.digest('hex').slice(0, 16)).replace('@FILES@', JSON.stringify(first)));

// For pages that may not fetch: from a disk, or in a frame without an origin.
for (const path of ['evaluator.js', ...programs, ...assets]) {
  mkdirSync(dirname(join(site, 'bundled', path)), {recursive: true});
  write(`bundled/${path}.js`, `(globalThis.edgewiseBundled ??= {})[${JSON.stringify(path)}] = '${read(path).toString('base64')}';\n`);
}
