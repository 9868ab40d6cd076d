// SPDX-License-Identifier: Apache-2.0
//
// Clicks as they come: each row as the list of clicks has it, seconds that add up, going on after
// a cut, a thousand who watch, and one who does not read.
import assert from 'node:assert/strict';
import net from 'node:net';
import test from 'node:test';

import { request } from '../lib/client.mjs';
import { EventStream } from '../lib/events.mjs';
import { kBootstrapKey, sleep, startServer } from '../lib/server.mjs';

const kPerson = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
const kBot = 'Googlebot/2.1 (+http://www.google.com/bot.html)';
const kStreams = 1000;

async function withLinks(t, settings = {}) {
  const server = await startServer(t, { settings });
  for (const prefix of ['a', 'b'])
    await server.api.post('/api/v1/links', { prefix, destination: 'https://example.com/' });
  await server.untilAtEdge(2);
  return server;
}

const click = (server, prefix = 'a', agent = kPerson, query = '') =>
  request({
    port: server.linksPort,
    path: `/${prefix}${query}`,
    headers: { 'User-Agent': agent },
  });

async function open(t, server, query, headers) {
  const stream = new EventStream(server, query, headers);
  t.after(() => stream.close());
  assert.equal((await stream.answered).statusCode, 200);
  return stream;
}

const metric = async (server, name) => {
  const { text } = await server.api.call('GET', '/metrics');
  return Number(new RegExp(`^${name} (\\S+)`, 'm').exec(text)[1]);
};

test('a click is on the stream as the list of clicks has it', { timeout: 60000 }, async (t) => {
  const server = await withLinks(t);
  const people = await open(t, server);
  const bots = await open(t, server, '?traffic=bot');
  const ofB = await open(t, server, '?traffic=all&source=news,mail');
  await click(server, 'a');
  await click(server, 'a', kBot);
  await click(server, 'b', kPerson, '?utm_source=news');
  const rows = (await people.until('click', 2)).map(({ data }) => data);
  await bots.until('click', 1);
  await ofB.until('click', 1);
  await server.api.untilStored();
  const listed = (query) => server.api.all('/api/v1/clicks', { range: '24h', ...query });
  const newestLast = (list) => list.toReversed();
  assert.deepEqual(rows, newestLast(await listed({})));
  assert.deepEqual(
    bots.of('click').map(({ data }) => data),
    newestLast(await listed({ traffic: 'bot' })),
  );
  assert.deepEqual(
    ofB.of('click').map(({ data }) => data),
    newestLast(await listed({ traffic: 'all', source: 'news' })),
  );
});

test('seconds add up to what was clicked', { timeout: 60000 }, async (t) => {
  const server = await withLinks(t);
  const stream = await open(t, server);
  for (let i = 0; i < 40; ++i) {
    await click(server, 'ab'[i % 2], i % 4 === 3 ? kBot : kPerson);
    await sleep(60);
  }
  await stream.until('click', 30);
  const sum = (name) => stream.of('second').reduce((total, { data }) => total + data[name], 0);
  for (let i = 0; i < 300 && sum('clicks') + sum('bots') < 40; ++i) await sleep(20);
  assert.deepEqual([sum('clicks'), sum('unique_clicks'), sum('bots')], [30, 2, 10]);
  const times = stream.of('second').map(({ data }) => data.t);
  assert.ok(times.length >= 3);
  assert.deepEqual(times, [...new Set(times)].sort());
});

test(
  'who was cut off goes on behind the last row, also after a restart',
  { timeout: 60000 },
  async (t) => {
    const server = await withLinks(t);
    const first = await open(t, server);
    await click(server, 'a');
    await click(server, 'b');
    const [, { id }] = await first.until('click', 2);
    first.close();
    for (const prefix of 'aba') await click(server, prefix);
    await server.api.untilStored();
    const second = await open(t, server, '', { 'Last-Event-ID': id });
    await click(server, 'b');
    // Clicks of two journals within a moment stand in the log in either order.
    const prefixes = (rows) =>
      rows
        .map(({ data }) => data.prefix)
        .sort()
        .join('');
    assert.equal(prefixes(await second.until('click', 4)), 'aabb');
    assert.equal(second.of('gap').length, 0);
    second.close();
    await server.stop();
    await server.start();
    await server.untilAtEdge(2);
    const third = await open(t, server, '', { 'Last-Event-ID': id });
    await click(server, 'a');
    assert.equal(prefixes(await third.until('click', 5)), 'aaabb');
  },
);

test('a thousand watch, one does not read, and nobody waits', { timeout: 120000 }, async (t) => {
  const server = await withLinks(t);
  // It asks and never reads; its system's buffers are as small as they can be.
  const deaf = net.connect({ port: server.consolePort, host: '127.0.0.1' });
  t.after(() => deaf.destroy());
  deaf.on('error', () => {});
  deaf.pause();
  deaf.write(
    `GET /api/v1/live?traffic=all HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${kBootstrapKey}\r\n\r\n`,
  );
  const streams = [];
  for (let i = 0; i < kStreams; ++i) streams.push(await open(t, server, '?traffic=all'));
  assert.equal(await metric(server, 'tallymark_live_streams'), kStreams + 1);
  for (let i = 0; i < 20; ++i) await click(server, 'ab'[i % 2]);
  for (const stream of streams) {
    const rows = await stream.until('click', 20);
    const prefixes = rows.map(({ data }) => data.prefix).sort();
    assert.equal(prefixes.join(''), 'a'.repeat(10) + 'b'.repeat(10));
  }
  const other = await server.api.get('/api/v1/stats/summary', { range: '24h' });
  assert.ok(other.clicks <= 20);
  for (const stream of streams) stream.close();
  for (let i = 0; i < 400 && (await metric(server, 'tallymark_live_streams')) > 1; ++i) {
    await click(server, 'a');
    await sleep(25);
  }
  assert.equal(await metric(server, 'tallymark_live_streams'), 1);
});

test('a stream is refused by name, and ends with the server', { timeout: 60000 }, async (t) => {
  const server = await withLinks(t);
  for (const [query, status, field] of [
    ['?range=7d', 400, 'range'],
    ['?traffic=cats', 400, 'traffic'],
    ['?lnk=1', 400, 'lnk'],
  ]) {
    const { status: got, json } = await server.api.call('GET', `/api/v1/live${query}`);
    assert.deepEqual([got, json.field], [status, field]);
  }
  const stream = await open(t, server);
  const started = performance.now();
  await server.stop();
  assert.ok(performance.now() - started < 15000);
  for (let i = 0; i < 100 && !stream.ended; ++i) await sleep(20);
  assert.ok(stream.ended);
});
