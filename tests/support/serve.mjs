// A static file server on the loopback interface, for ./dev play and the browser tests.
//   node tests/support/serve.mjs FOLDER [--port N] [--open] [--strict]
import {createServer} from 'node:http';
import {spawn} from 'node:child_process';
import {readFile, stat} from 'node:fs/promises';
import {extname, join, normalize, resolve, sep} from 'node:path';
import {pathToFileURL} from 'node:url';

const types = {
  '.html': 'text/html; charset=utf-8', '.css': 'text/css; charset=utf-8', '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8', '.json': 'application/json', '.wasm': 'application/wasm', '.svg': 'image/svg+xml',
  '.png': 'image/png', '.txt': 'text/plain; charset=utf-8', '.md': 'text/plain; charset=utf-8', '.woff2': 'font/woff2', '.otf': 'font/otf',
};

// What a careful host sends. The page must work under these: nothing from elsewhere, no eval, no inline script.
const strictHeaders = {
  'Content-Security-Policy': "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self' blob:; style-src 'self'; " +
    "img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; form-action 'none'",
  'Referrer-Policy': 'no-referrer',
};

// Serves `folder`; port 0 means a free one. `headers` are added to every answer.
// Returns {url, requests, close()}: `requests` lists every path asked for, with the status it got.
export async function serve(folder, {port = 0, strict = false, headers = {}} = {}) {
  const root = resolve(folder);
  const requests = [];
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
    let file = normalize(join(root, path));
    const answer = (status, body, type = 'text/plain; charset=utf-8') => {
      requests.push({path, status});
      response.writeHead(status, {'Content-Type': type, 'Content-Length': Buffer.byteLength(body), 'Cache-Control': 'no-cache',
        'X-Content-Type-Options': 'nosniff', ...(strict ? strictHeaders : {}), ...headers});
      response.end(request.method === 'HEAD' ? undefined : body);
    };
    if (request.method !== 'GET' && request.method !== 'HEAD') return answer(405, 'only GET and HEAD');
    if (file !== root && !file.startsWith(root + sep)) return answer(404, 'not found');
    try {
      if ((await stat(file)).isDirectory()) file = join(file, 'index.html');
      answer(200, await readFile(file), types[extname(file)] ?? 'application/octet-stream');
    } catch {
      answer(404, 'not found');
    }
  });
  await new Promise((done, failed) => {
    server.once('error', failed);
    server.listen(port, '127.0.0.1', done);
  });
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    requests,
    close: () => new Promise((done) => { server.close(done); server.closeAllConnections(); }),
  };
}

function openBrowser(url) {
  const opener = process.platform === 'darwin' ? 'open' : process.env.DISPLAY || process.env.WAYLAND_DISPLAY ? 'xdg-open' : undefined;
  if (opener) spawn(opener, [url], {stdio: 'ignore', detached: true}).on('error', () => {}).unref();
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [folder, ...options] = process.argv.slice(2);
  const port = options.includes('--port') ? Number(options[options.indexOf('--port') + 1]) : 0;
  try {
    const {url} = await serve(folder, {port, strict: options.includes('--strict')});
    console.log(`Edgewise is at ${url}   (Ctrl-C ends it)`);
    if (options.includes('--open')) openBrowser(url);
  } catch (error) {
    console.error(error.code === 'EADDRINUSE' ? `Port ${port} is taken: choose another with --port N.` : error.message);
    process.exit(1);
  }
}
