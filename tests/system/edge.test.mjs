// SPDX-License-Identifier: Apache-2.0
//
// What the links listener makes of links: edits at once, paths, links that are not open, methods,
// prefetch, connections.
import assert from 'node:assert/strict';
import net from 'node:net';
import test from 'node:test';

import { Connection, request } from '../lib/client.mjs';
import { sleep, startServer } from '../lib/server.mjs';

const kPerson = 'Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0';

// Each request comes from somebody else: one person on four links within two seconds is a scanner.
let visitors = 0;
const click = (server, path, headers = {}, method = 'GET') => {
  visitors += 1;
  const address = `93.184.${visitors >> 8}.${visitors & 255}`;
  return request({
    port: server.linksPort,
    method,
    path,
    headers: { 'User-Agent': kPerson, 'X-Forwarded-For': address, ...headers },
  });
};

// Repeats until `good` accepts the answer; an edit must show within a second. Every asking is a hit:
// `seen` counts those that found no link.
const seen = { notFound: 0 };
async function within(server, path, good, ms = 1000) {
  const deadline = Date.now() + ms;
  for (;;) {
    const answer = await click(server, path);
    if (answer.status === 404) seen.notFound += 1;
    if (good(answer)) return answer;
    assert.ok(Date.now() < deadline, `${path} still answers ${answer.status} after ${ms} ms`);
    await sleep(20);
  }
}

const leadsTo = (url) => (answer) => answer.status === 302 && answer.headers.location === url;

test('the edge follows within a second: new, changed, moved, deleted', async (t) => {
  const server = await startServer(t);
  const { api } = server;
  const link = await api.post('/api/v1/links', {
    prefix: 'edge',
    destination: 'https://example.com/1',
  });
  const answer = await within(server, '/edge', leadsTo('https://example.com/1'));
  assert.equal(answer.headers['cache-control'], 'private, no-store');
  await api.patch(`/api/v1/links/${link.id}`, { destination: 'https://example.com/2' });
  await within(server, '/edge', leadsTo('https://example.com/2'));
  await api.patch(`/api/v1/links/${link.id}`, { prefix: 'moved', token: 'to here' });
  await within(server, '/moved/to%20here', leadsTo('https://example.com/2'));
  await within(server, '/edge', (one) => one.status === 404);
  await api.delete(`/api/v1/links/${link.id}`);
  await within(server, '/moved/to%20here', (one) => one.status === 404);
});

test('paths: static is not a prefix, case matters, one trailing slash, percent-decoding once', async (t) => {
  const server = await startServer(t);
  const { api } = server;
  const destination = (name) => `https://example.com/${name}`;
  await api.post('/api/v1/links', { prefix: 'promo', destination: destination('static') });
  await api.post('/api/v1/links', {
    prefix: 'promo',
    token: 'a b',
    destination: destination('blank'),
  });
  await api.post('/api/v1/links', {
    prefix: 'promo',
    token: '%41',
    destination: destination('percent'),
  });
  await api.post('/api/v1/links', {
    prefix: 'promo',
    token: 'größe',
    destination: destination('umlaut'),
  });
  seen.notFound = 0;
  await within(server, '/promo/gr%C3%B6%C3%9Fe', leadsTo(destination('umlaut')));
  for (const [path, name] of [
    ['/promo', 'static'],
    ['/promo/', 'static'],
    ['/promo?x=y', 'static'],
    ['/prom%6F', 'static'],
    ['/promo/a%20b', 'blank'],
    ['/promo/a%20b/', 'blank'],
    ['/promo/%2541', 'percent'],
    ['/promo/A', null],
    ['/Promo', null],
    ['/promo//', null],
    ['/promo/x', null],
    ['//promo', null],
    ['/promo/a+b', null],
    ['/', null],
    ['/promo/a%20b/c', null],
  ]) {
    const answer = await click(server, path);
    if (name) assert.equal(answer.headers.location, destination(name), path);
    else assert.equal(answer.status, 404, path);
  }
  const reserved = await click(server, '/robots.txt');
  assert.equal(reserved.status, 200);
  const summary = await api.untilStored();
  const orphans = summary.outcomes.find((row) => row.outcome === 'not_found')?.clicks;
  assert.equal(orphans, seen.notFound + 8, 'reserved paths are neither clicks nor orphans');
});

test('links that are not open: outcome, answer, fallback', async (t) => {
  const server = await startServer(t);
  const { api } = server;
  const destination = 'https://example.com/open';
  const fallback = 'https://example.com/closed';
  const past = new Date(Date.now() - 60000).toISOString();
  const soon = new Date(Date.now() + 3600000).toISOString();
  const kinds = {
    disabled: { enabled: false },
    scheduled: { starts_at: soon },
    expired: { expires_at: past },
  };
  for (const [outcome, fields] of Object.entries(kinds)) {
    await api.post('/api/v1/links', { prefix: outcome, destination, ...fields });
    await api.post('/api/v1/links', {
      prefix: `${outcome}-fb`,
      destination,
      fallback_url: fallback,
      ...fields,
    });
  }
  await within(server, '/expired-fb', leadsTo(fallback)); // made last: the edge knows them all
  for (const outcome of Object.keys(kinds)) {
    const page = await click(server, `/${outcome}`);
    assert.equal(page.status, outcome === 'scheduled' ? 404 : 410, outcome);
    assert.match(page.headers['content-type'], /^text\/html/);
    assert.match(page.headers['cache-control'], /no-store/);
    assert.ok(leadsTo(fallback)(await click(server, `/${outcome}-fb`)), outcome);
  }
  const summary = await api.untilStored();
  assert.equal(summary.clicks, 0, 'a fallback is not a headline click');
  for (const outcome of Object.keys(kinds)) {
    const row = summary.outcomes.find((one) => one.outcome === outcome);
    assert.ok(row?.clicks >= 2, `${outcome} is counted beside the headline`);
  }
});

test('a link opens and closes by the clock', { timeout: 30000 }, async (t) => {
  const server = await startServer(t);
  const at = (ms) => new Date(Date.now() + ms).toISOString();
  const body = {
    prefix: 'hour',
    destination: 'https://example.com/open',
    starts_at: at(1500),
    expires_at: at(3500),
  };
  await server.api.post('/api/v1/links', body);
  await within(server, '/hour', (answer) => answer.status !== 302);
  await within(server, '/hour', leadsTo(body.destination), 2500);
  await within(server, '/hour', (answer) => answer.status !== 302, 3500);
});

test('HEAD, prefetch and other methods', async (t) => {
  const server = await startServer(t);
  const { api } = server;
  await api.post('/api/v1/links', { prefix: 'm', destination: 'https://example.com/m' });
  await within(server, '/m', leadsTo('https://example.com/m'));
  const before = (await api.untilStored()).clicks;
  const head = await click(server, '/m', {}, 'HEAD');
  assert.equal(head.status, 302);
  assert.equal(head.headers.location, 'https://example.com/m');
  for (const headers of [
    { 'Sec-Purpose': 'prefetch' },
    { 'Sec-Purpose': 'prefetch;prerender' },
    { Purpose: 'prefetch' },
    { 'X-Purpose': 'preview' },
    { 'X-Moz': 'prefetch' },
  ]) {
    const answer = await click(server, '/m', headers);
    assert.equal(answer.status, 503, JSON.stringify(headers));
    assert.match(answer.headers['cache-control'], /no-store/);
    assert.equal(answer.headers.location, undefined);
  }
  for (const method of ['PUT', 'DELETE', 'PATCH', 'POST', 'OPTIONS', 'TRACE']) {
    const answer = await click(server, '/m', { 'Content-Length': '0' }, method);
    assert.ok(answer.status >= 400 && answer.status < 500, `${method}: ${answer.status}`);
  }
  const after = await api.untilStored();
  assert.equal(after.clicks, before, 'none of these is a click');
  assert.equal(after.other_hits, 6);
});

test('pipelined requests are answered in order', { timeout: 60000 }, async (t) => {
  const server = await startServer(t);
  for (let i = 0; i < 20; ++i) {
    await server.api.post('/api/v1/links', {
      prefix: `n${i}`,
      destination: `https://example.com/${i}`,
    });
  }
  await within(server, '/n19', leadsTo('https://example.com/19'));
  const connection = new Connection({ port: server.linksPort });
  t.after(() => connection.close());
  await connection.open();
  const answers = [];
  connection.socket.removeAllListeners('data');
  const all = new Promise((resolve) => {
    connection.socket.on('data', (bytes) => {
      connection.parser.push(bytes);
      for (let one; (one = connection.parser.next());) answers.push(one.headers.location);
      if (answers.length === 200) resolve();
    });
  });
  const text = Array.from(
    { length: 200 },
    (_, i) => `GET /n${i % 20} HTTP/1.1\r\nHost: x\r\nUser-Agent: ${kPerson}\r\n\r\n`,
  ).join('');
  connection.socket.write(text);
  await all;
  connection.close();
  assert.deepEqual(
    answers,
    Array.from({ length: 200 }, (_, i) => `https://example.com/${i % 20}`),
  );
});

test(
  'a client that closes its sending side gets its answer, then the end',
  { timeout: 20000 },
  async (t) => {
    const server = await startServer(t);
    for (const port of [server.linksPort, server.consolePort]) {
      const begun = Date.now();
      const text = await new Promise((resolve, reject) => {
        const socket = net.connect({ port, host: '127.0.0.1', allowHalfOpen: true });
        t.after(() => socket.destroy());
        let received = '';
        socket.on('data', (bytes) => (received += bytes));
        socket.on('end', () => resolve(received));
        socket.on('error', reject);
        socket.setTimeout(10000, () => reject(new Error('the connection stays open')));
        socket.end('GET /robots.txt HTTP/1.1\r\nHost: a\r\n\r\n');
      });
      assert.match(text, /^HTTP\/1\.1 \d{3} /);
      assert.ok(Date.now() - begun < 5000);
    }
  },
);
