// SPDX-License-Identifier: Apache-2.0
//
// Other people's pages, for browser tests: a small server on loopback that answers each path with
// the HTML it was given, and every other path with an empty page. `heard` holds what was asked.
import http from 'node:http';

export async function startPages(t) {
  const pages = new Map();
  const heard = [];
  const server = http.createServer((request, answer) => {
    heard.push({ method: request.method, url: request.url, headers: request.headers });
    const html = pages.get(request.url.split('?')[0]) ?? '<!doctype html><title>there</title>';
    answer.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' });
    answer.end(html);
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address();
  return {
    port,
    heard,
    // The page's URL; `host` is a name that the browser resolves to loopback.
    add(path, body, host = '127.0.0.1') {
      pages.set(path, `<!doctype html><meta charset="utf-8"><title>here</title>${body}`);
      return `http://${host}:${port}${path}`;
    },
    url: (path, host = '127.0.0.1') => `http://${host}:${port}${path}`,
  };
}
