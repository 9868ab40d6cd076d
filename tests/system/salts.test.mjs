// SPDX-License-Identifier: Apache-2.0
//
// The life of a visitor salt in the running product, under a clock that is moved (libfaketime):
// written for its owner only and synced before use, another one after midnight, gone 48 hours after
// its day began, while it runs and when it was not running at that moment.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';

import { request } from '../lib/client.mjs';
import { run, sleep, startServer, temporaryFolder } from '../lib/server.mjs';

const kDayMs = 24 * 3600 * 1000;
const kDay = Math.floor(Date.parse('2026-03-10T00:00:00Z') / kDayMs);
const kPerson = 'Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0';

const salts = (data) =>
  fs
    .readdirSync(path.join(data, 'secrets'))
    .filter((name) => name.startsWith('salt-'))
    .sort();
const name = (day) => `salt-${day}`;

// Starts on `data` when its clock says `time`; the clock goes on from there.
function startAt(t, data, time, options = {}) {
  const at = new Date(time).toISOString().slice(0, 19).replace('T', ' ');
  return startServer(t, {
    data,
    wrap: ['faketime', '-f', `@${at}`],
    env: { TZ: 'UTC', FAKETIME_DONT_FAKE_MONOTONIC: '1' },
    ...options,
  });
}

async function click(server, address = '81.2.69.142') {
  const answer = await request({
    port: server.linksPort,
    path: '/s',
    headers: { 'User-Agent': kPerson, 'X-Forwarded-For': address },
  });
  assert.equal(answer.status, 302);
}

async function until(what, holds, timeoutMs = 30000) {
  const deadline = Date.now() + timeoutMs;
  while (!(await holds())) {
    assert.ok(Date.now() < deadline, `not within ${timeoutMs} ms: ${what}`);
    await sleep(100);
  }
}

const clicks = async (server) => {
  const { json } = await server.api.call('GET', '/api/v1/stats/summary?range=7d');
  return [json?.clicks, json?.unique_clicks];
};

// The first one waits for two midnights while the others work.
describe('salts', { concurrency: 2 }, () => {
  test('a salt lives for its day and the next', { timeout: 240000 }, async (t) => {
    const data = path.join(temporaryFolder(t), 'data');
    const midnight = (kDay + 1) * kDayMs;
    let server = await startAt(t, data, midnight - 20000);
    await server.api.post('/api/v1/links', { prefix: 's', destination: 'https://example.com/' });
    await server.untilAtEdge(1);
    await click(server);
    await click(server);
    await until('the first day', async () => (await clicks(server))[0] === 2);
    assert.deepEqual(await clicks(server), [2, 1]);
    assert.deepEqual(salts(data), [name(kDay)]);
    const status = fs.statSync(path.join(data, 'secrets', name(kDay)));
    assert.equal(status.mode & 0o777, 0o600);
    assert.equal(fs.statSync(path.join(data, 'secrets')).mode & 0o777, 0o700);

    // Over midnight, while it runs.
    await until('midnight', async () => {
      await click(server);
      return salts(data).length === 2;
    });
    assert.deepEqual(salts(data), [name(kDay), name(kDay + 1)]);
    await server.stop();
    const [, unique] = await (async () => {
      server = await startAt(t, data, midnight + 3600000);
      await click(server);
      await sleep(1000);
      return clicks(server);
    })();
    assert.equal(unique, 2, 'one on each day, the restart included');

    // The second midnight after its day began: while it runs, by the first click or the sweep.
    await server.stop();
    server = await startAt(t, data, midnight + kDayMs - 15000);
    await click(server);
    assert.deepEqual(salts(data), [name(kDay), name(kDay + 1)]);
    await until('its destruction', async () => !salts(data).includes(name(kDay)), 90000);
    await server.stop();
    assert.deepEqual(
      fs.readdirSync(path.join(data, 'visitors')).filter((file) => file.includes(`-${kDay}-`)),
      [],
      'its day is forgotten with it',
    );

    // And when nothing runs at that moment.
    server = await startAt(t, data, midnight + 2 * kDayMs + 5000);
    assert.ok(!salts(data).includes(name(kDay + 1)), salts(data).join());
  });

  test('what earlier days have left is destroyed at the start', { timeout: 60000 }, async (t) => {
    const data = path.join(temporaryFolder(t), 'data');
    const secrets = path.join(data, 'secrets');
    fs.mkdirSync(secrets, { recursive: true, mode: 0o700 });
    const today = Math.floor(Date.now() / kDayMs);
    for (const left of [name(today - 2), name(today - 900), `${name(today - 3)}.new`])
      fs.writeFileSync(path.join(secrets, left), 'x'.repeat(34), { mode: 0o600 });
    await startServer(t, { data });
    assert.deepEqual(salts(data), []);
  });

  test('a damaged salt is replaced, and that is said', { timeout: 60000 }, async (t) => {
    const data = path.join(temporaryFolder(t), 'data');
    const secrets = path.join(data, 'secrets');
    fs.mkdirSync(secrets, { recursive: true, mode: 0o700 });
    const today = Math.floor(Date.now() / kDayMs);
    for (const day of [today, today + 1]) fs.writeFileSync(path.join(secrets, name(day)), 'short');
    const server = await startServer(t, { data });
    await server.api.post('/api/v1/links', { prefix: 's', destination: 'https://example.com/' });
    await server.untilAtEdge(1);
    await click(server);
    await click(server);
    const summary = await server.api.untilStored();
    assert.deepEqual([summary.clicks, summary.unique_clicks], [2, 1]);
    const { parts } = (await server.api.call('GET', '/readyz')).json;
    const visitors = parts.find((part) => part.name === 'visitors');
    assert.equal(visitors.state, 'ok');
    assert.match(visitors.detail, /salt-\d+ was damaged/);
  });

  test('a salt is synced, file and folder, before it is used', { timeout: 60000 }, async (t) => {
    const data = path.join(temporaryFolder(t), 'data');
    const trace = path.join(temporaryFolder(t, 'trace'), 'calls');
    const server = await startServer(t, {
      data,
      wrap: [
        'strace',
        '-f',
        '-y',
        '-s',
        '4096',
        '-e',
        'trace=openat,fsync,rename,pwrite64',
        '-o',
        trace,
      ],
    });
    await server.api.post('/api/v1/links', { prefix: 's', destination: 'https://example.com/' });
    await server.untilAtEdge(1);
    await click(server);
    await server.api.untilStored();
    await server.stop();
    const calls = fs.readFileSync(trace, 'utf8').split('\n');
    const after = (from, wanted) => {
      const found = calls.findIndex((call, i) => i > from && wanted.test(call));
      assert.notEqual(found, -1, `no ${wanted} after call ${from}`);
      return found;
    };
    const written = after(-1, /pwrite64\(.*secrets\/salt-\d+\.new>/);
    const synced = after(written, /fsync\(.*secrets\/salt-\d+\.new>\)/);
    const renamed = after(synced, /rename\(".*secrets\/salt-\d+\.new"/);
    const folder = after(renamed, /fsync\(.*\/secrets>\)/);
    const used = after(-1, /pwrite64\(.*journal\/enriched\/.*\.log>, ".*Firefox/);
    assert.ok(folder < used, 'a visitor number was stored before its salt was safe');
  });

  test('libfaketime is here', async () => {
    const { stdout } = await run(['-u', '+%Y'], {
      binary: '/bin/date',
      wrap: ['faketime', '-f', '@2031-01-01 00:00:00'],
    });
    assert.equal(stdout.trim(), '2031');
  });
});
