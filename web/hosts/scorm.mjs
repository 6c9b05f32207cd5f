// node web/hosts/scorm.mjs SITE OUT.zip 'v=1&lab=quantize' 'The number line'
// A SCORM 1.2 package: the whole site and one lesson, so that a course needs nothing from elsewhere.
import {mkdirSync, readFileSync, readdirSync, writeFileSync} from 'node:fs';
import {dirname, join, relative, sep} from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';
import {deflateRawSync} from 'node:zlib';

const here = join(dirname(fileURLToPath(import.meta.url)), 'scorm');
const escape = (words) => words.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

function crc32(bytes) {   // node's own came with version 20
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; ++bit) crc = (crc >>> 1) ^ (0xEDB88320 & -(crc & 1));
  }
  return ~crc >>> 0;
}

/** [[path, bytes]] as a zip; every file of it of the same moment, so that the same lesson gives the same bytes. */
export function zip(files) {
  const parts = [], directory = [];
  let offset = 0;
  for (const [path, bytes] of files) {
    const name = Buffer.from(path), packed = deflateRawSync(bytes);
    const common = Buffer.alloc(26);
    [[0, 20], [2, 0x0800], [4, 8], [6, 0], [8, 0x21]].forEach(([at, value]) => common.writeUInt16LE(value, at));   // names in UTF-8, deflated, 1980-01-01
    [[10, crc32(bytes)], [14, packed.length], [18, bytes.length]].forEach(([at, value]) => common.writeUInt32LE(value, at));
    common.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, name, packed]);
    const entry = Buffer.alloc(14);
    entry.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02'), Buffer.from([20, 0]), common, entry, name]));
    parts.push(local);
    offset += local.length;
  }
  const listed = Buffer.concat(directory), end = Buffer.alloc(18);
  end.writeUInt16LE(files.length, 4);
  end.writeUInt16LE(files.length, 6);
  end.writeUInt32LE(listed.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...parts, listed, Buffer.from('PK\x05\x06'), end]);
}

/** The files of a package: the site, the lesson, the manifest that names them all. */
export function scormPackage(site, hash, title) {
  const list = (folder) => readdirSync(folder, {withFileTypes: true}).flatMap((entry) => entry.isDirectory() ? list(join(folder, entry.name)) : [join(folder, entry.name)]);
  const left = /^(chapter|lesson)\/|^edgewise-core|\.md$/;   // not needed by a lab
  const files = list(site).map((path) => [relative(site, path).split(sep).join('/'), readFileSync(path)]).filter(([path]) => !left.test(path));
  const fill = (name, more = {}) => Object.entries({TITLE: escape(title), HASH: escape(hash), ...more}).reduce((words, [key, value]) => words.replaceAll(`@${key}@`, () => value), readFileSync(join(here, name), 'utf8'));
  files.push(['lesson.html', Buffer.from(fill('lesson.html'))], ['scorm.js', readFileSync(join(here, 'scorm.js'))]);
  const id = crc32(Buffer.from(hash)).toString(16).padStart(8, '0');
  files.push(['imsmanifest.xml', Buffer.from(fill('imsmanifest.xml', {ID: id, FILES: files.map(([path]) => `    <file href="${escape(path)}"/>`).join('\n')}))]);
  return files;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [site, out, hash, title = 'Edgewise'] = process.argv.slice(2);
  if (!hash) {
    console.error("usage: node web/hosts/scorm.mjs SITE OUT.zip 'v=1&lab=quantize' 'The number line'");
    process.exit(2);
  }
  mkdirSync(dirname(out), {recursive: true});
  writeFileSync(out, zip(scormPackage(site, hash.replace(/^#/, ''), title)));
}
