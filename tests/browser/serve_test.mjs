// The server that the other tests rely on: a wrong type or a leak of files would make their answers worthless.
import assert from 'node:assert/strict';
import {mkdtemp, mkdir, rm, writeFile} from 'node:fs/promises';
import {request} from 'node:http';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, test} from 'node:test';
import {serve} from '../support/serve.mjs';

let folder, server;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'edgewise-'));
  await mkdir(join(folder, 'site'));
  await writeFile(join(folder, 'secret.txt'), 'outside');
  await writeFile(join(folder, 'site/index.html'), '<title>home</title>');
  await writeFile(join(folder, 'site/core.wasm'), '\0asm');
  server = await serve(join(folder, 'site'), {strict: true});
});
after(async () => {
  await server.close();
  await rm(folder, {recursive: true});
});

test('a folder answers with its index, under the strict policy', async () => {
  const answer = await fetch(server.url);
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get('content-type'), 'text/html; charset=utf-8');
  assert.match(answer.headers.get('content-security-policy'), /default-src 'self'/);
  assert.equal(await answer.text(), '<title>home</title>');
});

test('wasm has the type that streaming compilation demands', async () => {
  const answer = await fetch(server.url + 'core.wasm');
  assert.equal(answer.headers.get('content-type'), 'application/wasm');
});

test('nothing outside the folder is served', async () => {
  // fetch() would tidy the path before sending it
  const status = await new Promise((done) => request(server.url, {path: '/../secret.txt'}, (r) => { r.resume(); done(r.statusCode); }).end());
  assert.equal(status, 404);
  assert.equal((await fetch(server.url + '%2e%2e%2fsecret.txt')).status, 404);
});
