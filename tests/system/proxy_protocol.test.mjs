// SPDX-License-Identifier: Apache-2.0
//
// The PROXY protocol: who the client is when a proxy passes bytes on as they are.
import assert from 'node:assert/strict';
import test from 'node:test';

import { exchangeRaw } from '../lib/client.mjs';
import { startServer } from '../lib/server.mjs';

const kPerson = 'Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0';
const kGet = `GET /p HTTP/1.1\r\nHost: a\r\nUser-Agent: ${kPerson}\r\n\r\n`;
const kSignature = '\r\n\r\n\0\r\nQUIT\n';
const text = (n) => `PROXY TCP4 93.184.216.${n} 10.0.0.1 4660 443\r\n`;
const binary = (n) =>
  `${kSignature}\x21\x11\x00\x0c${String.fromCharCode(93, 184, 216, n)}\x0a\0\0\x01\x12\x34\x01\xbb`;

async function withLink(t, settings) {
  const server = await startServer(t, { settings });
  await server.api.post('/api/v1/links', { prefix: 'p', destination: 'https://example.com/' });
  await server.untilAtEdge(1);
  const ask = (bytes) => exchangeRaw({ port: server.linksPort, bytes, quietMs: 700 });
  return { server, ask };
}

test('clients behind a trusted proxy', { timeout: 60000 }, async (t) => {
  const { server, ask } = await withLink(t, {
    'http.proxy_protocol': 'true',
    'http.trusted_proxies': '127.0.0.1/32',
  });
  const rows = [
    text(1) + kGet,
    binary(2) + kGet,
    [text(3), kGet],
    [...text(4)].concat(kGet),
    [...binary(5)].concat(kGet + kGet),
    // What the client says of itself is not believed: the peer is the client now.
    `${text(6)}GET /p HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 93.184.216.1\r\nUser-Agent: ${kPerson}\r\n\r\n`,
    `PROXY UNKNOWN\r\n${kGet}`,
    `${kSignature}\x20\x00\x00\x00${kGet}`,
  ];
  for (const bytes of rows) {
    const { responses } = await ask(bytes);
    assert.equal(responses[0]?.status, 302, JSON.stringify(bytes));
  }
  for (const bytes of [kGet, `PROXY TCP9 x\r\n${kGet}`, `${text(1)}${text(2)}${kGet}`]) {
    const { responses, closed } = await ask(bytes);
    assert.ok(closed && responses.every(({ status }) => status === 400), JSON.stringify(bytes));
  }
  const summary = await server.api.untilStored();
  assert.equal(summary.clicks, rows.length + 1);
  assert.equal(summary.visitors, 7, 'six clients, and the proxy itself');
});

test('others may not say who they are', { timeout: 60000 }, async (t) => {
  const { ask } = await withLink(t, {
    'http.proxy_protocol': 'true',
    'http.trusted_proxies': '10.0.0.0/8',
  });
  assert.equal((await ask(kGet)).responses[0]?.status, 302, 'plain HTTP is for everybody');
  for (const bytes of [text(1) + kGet, binary(1) + kGet]) {
    const { responses, closed } = await ask(bytes);
    assert.ok(closed);
    assert.deepEqual(
      responses.map(({ status }) => status),
      [400],
    );
  }
});

test('without the setting nobody may', { timeout: 60000 }, async (t) => {
  const { ask } = await withLink(t, {});
  for (const bytes of [text(1) + kGet, binary(1) + kGet]) {
    assert.deepEqual(
      (await ask(bytes)).responses.map(({ status }) => status),
      [400],
    );
  }
});
