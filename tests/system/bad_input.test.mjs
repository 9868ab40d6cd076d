// SPDX-License-Identifier: Apache-2.0
//
// What strangers send. Every malformed request gets a 4xx (or 501/505, which say "not spoken here"),
// on the console with a named code; nothing gets another 5xx, nothing hangs, and afterwards both
// listeners work as before.
import assert from 'node:assert/strict';
import test from 'node:test';

import { assertProblem } from '../lib/api.mjs';
import { kMalformed, kStrangePaths } from '../fixtures/malformed_requests.mjs';
import { kOdd } from '../fixtures/odd_requests.mjs';
import { Connection, exchangeRaw, request } from '../lib/client.mjs';
import { startServer } from '../lib/server.mjs';

const okStatus = (status) => (status >= 400 && status < 500) || status === 501 || status === 505;

async function healthy(server) {
  const answer = await request({ port: server.linksPort, path: '/robots.txt' });
  assert.equal(answer.status, 200);
  assert.equal((await server.api.get('/healthz')).status, 'ok');
}

// A well-behaved client on a connection of its own, asked between all the others.
async function bystander(t, server) {
  const connection = new Connection({ port: server.linksPort });
  await connection.open();
  t.after(() => connection.close());
  return async () =>
    assert.equal((await connection.request({ path: '/robots.txt' })).status, 200, 'a bystander');
}

for (const listener of ['links', 'console']) {
  test(`malformed requests on the ${listener} listener`, { timeout: 300000 }, async (t) => {
    const server = await startServer(t);
    const port = server[`${listener}Port`];
    const stillServed = await bystander(t, server);
    assert.ok(kMalformed.length >= 300);
    for (const { name, bytes, status } of kMalformed) {
      await t.test(name, async () => {
        const { responses, closed } = await exchangeRaw({ port, bytes });
        assert.equal(responses.length, 1, `${responses.length} answers to one request`);
        assert.ok(closed, 'the connection is closed');
        const [answer] = responses;
        assert.equal(answer.status, status, answer.text);
        assert.equal(answer.headers.connection, 'close');
        assert.equal(answer.headers.server, undefined);
        if (listener === 'console') {
          assertProblem({ ...answer, json: JSON.parse(answer.text) }, answer.status);
        }
        await stillServed();
      });
    }
    await t.test('most are answered, not only cut off', async () => {
      const bytes = 'GET /x HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n';
      const { responses } = await exchangeRaw({ port, bytes });
      assert.equal(responses[0]?.status, 400);
    });
    await t.test('a second request hidden in a refused one is not answered', async () => {
      const bytes =
        'POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n' +
        '0\r\n\r\nGET /robots.txt HTTP/1.1\r\nHost: a\r\n\r\n';
      const { responses } = await exchangeRaw({ port, bytes });
      assert.ok(responses.length <= 1);
    });
    await t.test('strange paths', async () => {
      for (const path of kStrangePaths) {
        const answer = await request({ port, path });
        const page = listener === 'console' && answer.status === 200; // the console's own page
        assert.ok(page || okStatus(answer.status), `${path}: ${answer.status}`);
        assert.equal(answer.headers['set-cookie'], undefined, path);
        if (page) assert.match(answer.headers['content-type'], /^text\/html/, path);
      }
    });
    await healthy(server);
    await t.test('a valid request in tiny pieces is understood', async () => {
      const bytes = 'GET /robots.txt HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n'.match(
        /.{1,7}/gs,
      );
      const { responses } = await exchangeRaw({ port: server.linksPort, bytes });
      assert.equal(responses[0]?.status, 200);
    });
  });
}

test('odd requests that must be served', { timeout: 300000 }, async (t) => {
  const server = await startServer(t);
  const port = server.linksPort;
  const stillServed = await bystander(t, server);
  // Answered behind each of them, if the connection goes on and is in step.
  const last = 'GET /favicon.ico HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n';
  for (const { name, bytes, statuses, closes } of kOdd) {
    for (const [how, pieces] of [
      ['at once', closes ? bytes : bytes + last],
      [
        'in two',
        [bytes.slice(0, bytes.length / 2), bytes.slice(bytes.length / 2) + (closes ? '' : last)],
      ],
    ]) {
      await t.test(`${name}, ${how}`, async () => {
        const { responses, closed } = await exchangeRaw({ port, bytes: pieces });
        assert.deepEqual(
          responses.map(({ status }) => status),
          closes ? statuses : [...statuses, 404],
        );
        assert.ok(closed, 'the connection is closed');
        await stillServed();
      });
    }
  }
});

test('a head that does not end is cut off within its deadline', { timeout: 60000 }, async (t) => {
  const server = await startServer(t);
  for (const port of [server.linksPort, server.consolePort]) {
    const begun = Date.now();
    const { closed } = await exchangeRaw({
      port,
      bytes: 'GET /x HTTP/1.1\r\nHost: a\r\n',
      quietMs: 20000,
      maxMs: 20000,
    });
    assert.ok(closed, 'still open after 20 s');
    assert.ok(Date.now() - begun < 14000);
  }
  await healthy(server);
});

test('bodies that are not the JSON that was asked for', { timeout: 60000 }, async (t) => {
  const server = await startServer(t);
  const { api } = server;
  const deep = (n) => `${'{"a":'.repeat(n)}1${'}'.repeat(n)}`;
  const rows = [
    ['', 400, 'bad_json'],
    [' ', 400, 'bad_json'],
    ['{', 400, 'bad_json'],
    ['[]', 422, 'wrong_type'],
    ['null', 422, 'wrong_type'],
    ['"x"', 422, 'wrong_type'],
    ['{"destination":"https://a.example/"} x', 400, 'bad_json'],
    ["{'destination':'x'}", 400, 'bad_json'],
    ['{"destination":"https://a.example/",}', 400, 'bad_json'],
    ['{"destination":NaN}', 400, 'bad_json'],
    ['{"destination":01}', 400, 'bad_json'],
    ['{/* c */"destination":"https://a.example/"}', 400, 'bad_json'],
    ['\ufeff{"destination":"https://a.example/"}', 400, 'bad_json'],
    [
      '{"destination":"https://a.example/","destination":"https://b.example/"}',
      400,
      'duplicate_key',
    ],
    [
      '{"destination":"https://a.example/","destinatio\\u006e":"https://b.example/"}',
      400,
      'duplicate_key',
    ],
    [
      '{"destination":"https://a.example/","utm":{"source":"a","source":"b"}}',
      400,
      'duplicate_key',
    ],
    [`{"destination":"https://a.example/","utm":${deep(40)}}`, 400, 'too_deep'],
    [`${'['.repeat(100000)}`, 400, 'too_deep'],
    [Buffer.from('{"destination":"https://a.example/\xff"}', 'latin1'), 400, 'not_utf8'],
    [
      Buffer.from('{"title":"\xc0\xaf","destination":"https://a.example/"}', 'latin1'),
      400,
      'not_utf8',
    ],
    ['{"destination":"https://a.example/","title":"\\ud800"}', 400, undefined],
    ['{"destination":"https://a.example/","nonsense":1}', 422, 'unknown_field', 'nonsense'],
    [
      '{"destination":"https://a.example/","utm":{"nonsense":1}}',
      422,
      'unknown_field',
      'utm.nonsense',
    ],
    ['{"destination":"https://a.example/","Title":"x"}', 422, 'unknown_field', 'Title'],
    ['{}', 422, 'required', 'destination'],
    ['{"destination":null}', 422, undefined, 'destination'],
    ['{"destination":1}', 422, 'wrong_type', 'destination'],
    ['{"destination":["https://a.example/"]}', 422, 'wrong_type', 'destination'],
    ['{"destination":"https://a.example/","tags":"x"}', 422, 'wrong_type', 'tags'],
    ['{"destination":"https://a.example/","tags":[1]}', 422, 'wrong_type'],
    ['{"destination":"https://a.example/","enabled":"true"}', 422, 'wrong_type', 'enabled'],
    ['{"destination":"https://a.example/","enabled":null}', 422, undefined, 'enabled'],
    ['{"destination":"https://a.example/","utm":"x"}', 422, 'wrong_type', 'utm'],
    ['{"destination":"https://a.example/","expires_at":"tomorrow"}', 422, 'bad_time', 'expires_at'],
    [
      '{"destination":"https://a.example/","expires_at":"2026-02-30T00:00:00Z"}',
      422,
      'bad_time',
      'expires_at',
    ],
    ['{"destination":"https://a.example/","expires_at":1}', 422, 'wrong_type', 'expires_at'],
    [
      '{"destination":"https://a.example/","starts_at":"2030-01-01T00:00:00Z","expires_at":"2029-01-01T00:00:00Z"}',
      422,
      'before_start',
      'expires_at',
    ],
    [
      '{"destination":"https://a.example/","domain":"other.example"}',
      422,
      'unknown_domain',
      'domain',
    ],
    [`{"destination":"https://a.example/","title":"${'x'.repeat(501)}"}`, 422, 'too_long', 'title'],
    [
      `{"destination":"https://a.example/","tags":[${Array.from({ length: 51 }, (_, i) => `"t${i}"`)}]}`,
      422,
      'too_many',
      'tags',
    ],
    ['{"destination":"https://a.example/","colour":[]}', 422, 'unknown_field', 'colour'],
    ['{"destination":"https://a.example/","rules":{}}', 422, 'wrong_type', 'rules'],
  ];
  for (const [raw, status, code, field] of rows) {
    const answer = await api.call('POST', '/api/v1/links', { raw });
    await t.test(`${String(raw).slice(0, 70)}`, () => assertProblem(answer, status, code, field));
  }
  const big = `{"destination":"https://a.example/","title":"${'x'.repeat(2 << 20)}"}`;
  assertProblem(await api.call('POST', '/api/v1/links', { raw: big }), 413, 'too_large');
  const types = [
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data',
    '',
    'application/jsonx',
  ];
  for (const type of types) {
    const answer = await api.call('POST', '/api/v1/links', {
      raw: '{"destination":"https://a.example/"}',
      headers: { 'Content-Type': type },
    });
    assertProblem(answer, 415, 'unsupported_media_type');
  }
  const patch = await api.post('/api/v1/links', { destination: 'https://a.example/' });
  for (const [body, code] of [
    [{ id: 'lnk_5' }, 'unknown_field'],
    [{ created_at: 'x' }, 'unknown_field'],
    [{ destination: null }, undefined],
    [{ prefix: null }, undefined],
  ]) {
    assertProblem(await api.call('PATCH', `/api/v1/links/${patch.id}`, { body }), 422, code);
  }
  await healthy(server);
  assert.equal((await api.all('/api/v1/links')).length, 1, 'none of them made a link');
});

test('destinations that are no place to send people', { timeout: 60000 }, async (t) => {
  const server = await startServer(t);
  const { api } = server;
  const rows = [
    ['javascript:alert(1)', 'bad_scheme'],
    ['JavaScript:alert(1)', 'bad_scheme'],
    ['data:text/html,x', 'bad_scheme'],
    ['file:///etc/passwd', 'bad_scheme'],
    ['ftp://a.example/', 'bad_scheme'],
    ['vbscript:x', 'bad_scheme'],
    ['blob:https://a.example/x', 'bad_scheme'],
    ['//a.example/', undefined],
    ['/relative', undefined],
    ['a.example', undefined],
    ['', undefined],
    ['https://', undefined],
    ['https:///path', undefined],
    ['https://:443/', undefined],
    ['https://a.example:99999/', 'bad_port'],
    ['https://a.example:0/', 'bad_port'],
    ['https://a.example:x/', undefined],
    ['https://user@a.example/', 'credentials'],
    ['https://user:pass@a.example/', 'credentials'],
    ['https://a.example/\n', 'control_character'],
    ['https://a.example/\u0000', 'control_character'],
    ['https://a.example/\r\nSet-Cookie: x=1', 'control_character'],
    [' https://a.example/', undefined],
    ['https://a b.example/', undefined],
    ['https://[::1/', undefined],
    ['https://a_b..example/', undefined],
    [`https://a.example/${'x'.repeat(2100)}`, 'too_long'],
    [`${server.linksUrl}/x`, 'own_host'],
    [server.linksUrl.replace('http:', 'HTTP:'), 'own_host'],
    ['https:a.example', undefined],
    ['https:\\\\a.example\\', undefined],
    ['http://a.example\\@b.example/', undefined],
  ];
  for (const field of ['destination', 'fallback_url']) {
    for (const [url, code] of rows) {
      if (field === 'fallback_url' && url === '') continue;
      const body = { destination: 'https://a.example/', [field]: url };
      const answer = await api.call('POST', '/api/v1/links', { body });
      await t.test(`${field} ${JSON.stringify(url).slice(0, 60)}`, () => {
        assertProblem(answer, 422, code, field);
      });
    }
  }
  const fine = [
    ['https://bücher.example/ä?ö=ü#ß', 'https://xn--bcher-kva.example/%C3%A4?%C3%B6=%C3%BC#%C3%9F'],
    ['HTTPS://EXAMPLE.com/Path', 'https://example.com/Path'],
    ['http://[2001:db8::1]:8080/x', 'http://[2001:db8::1]:8080/x'],
    ['https://a.example/?q=%zz', undefined],
  ];
  for (const [url, location] of fine) {
    const answer = await api.call('POST', '/api/v1/links', { body: { destination: url } });
    if (location === undefined) {
      assert.ok([201, 422].includes(answer.status), `${url}: ${answer.text}`);
      continue;
    }
    assert.equal(answer.status, 201, `${url}: ${answer.text}`);
    let sent;
    for (let i = 0; i < 50 && sent?.status !== 302; ++i) {
      sent = await request({ port: server.linksPort, path: `/${answer.json.prefix}` });
    }
    assert.equal(sent.headers.location, location);
  }
  await healthy(server);
});
