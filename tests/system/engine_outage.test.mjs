// SPDX-License-Identifier: Apache-2.0
//
// The engine stands still, or dies and stays away, while clicks come in: every redirect is
// answered, and afterwards every click is in the stats. (How fast the redirects were is
// bench/engine_outage.mjs.)
import assert from 'node:assert/strict';
import test from 'node:test';

import { assertProblem } from '../lib/api.mjs';
import { MarkedTraffic, createLinks, engineOf, verify } from '../lib/kill_check.mjs';
import { Load } from '../lib/load.mjs';
import { kFull, sleep, startServer } from '../lib/server.mjs';

const kTimeOutMs = 30000; // of a question to an engine that is not known to be silent
const kOutageMs = kFull ? 60000 : 5000;

async function underLoad(t, outage) {
  const server = await startServer(t);
  const links = await createLinks(server, 20);
  const traffic = new MarkedTraffic(links, 11);
  const load = new Load({ make: (k) => traffic.request(k), connections: 32, perSecond: 1000 });
  load.start(server.linksPort);
  await sleep(500);
  try {
    await outage(server);
    await sleep(500);
  } finally {
    await load.stop();
  }
  assert.deepEqual(load.failures, []);
  assert.equal(load.answered.size, load.sent.size, 'a redirect was not answered');
  const findings = [];
  await verify(server, load, traffic, {}, findings);
  assert.deepEqual(findings, []);
  t.diagnostic(`${load.sent.size} clicks`);
}

async function shownDown(server) {
  const { parts } = (await server.api.call('GET', '/readyz')).json;
  return parts.find((part) => part.name === 'engine').state === 'down';
}

function proceed(engine) {
  try {
    process.kill(engine, 'SIGCONT');
  } catch {
    // it was replaced meanwhile, which is allowed
  }
}

test('engine stopped (SIGSTOP) under load', { timeout: 300000 }, (t) =>
  underLoad(t, async (server) => {
    const engine = await engineOf(server);
    const until = Date.now() + kOutageMs;
    process.kill(engine, 'SIGSTOP');
    try {
      const query = { range: '24h' };
      while (!(await shownDown(server))) await sleep(50);
      const asked = Date.now();
      const stats = await server.api.call('GET', '/api/v1/stats/summary', { query });
      assertProblem(stats, 503, 'unavailable');
      t.diagnostic(`stats said so after ${Date.now() - asked} ms`);
      assert.ok(Date.now() - asked < kTimeOutMs / 2, 'a question waited for its time-out');
      const ready = await server.api.call('GET', '/readyz');
      t.diagnostic(ready.text);
      assert.notEqual(ready.json.status, 'ok', 'an engine that stands still shows in /readyz');
      while (Date.now() < until) await sleep(100);
    } finally {
      proceed(engine);
    }
  }),
);

test('engine killed again and again under load', { timeout: 300000 }, (t) =>
  underLoad(t, async (server) => {
    const until = Date.now() + kOutageMs;
    while (Date.now() < until) {
      process.kill(await engineOf(server), 'SIGKILL');
      await sleep(150);
    }
  }),
);

test('engine killed while it answers', { timeout: 120000 }, async (t) => {
  const server = await startServer(t);
  const ask = () =>
    server.api.call('GET', '/api/v1/stats/summary', { query: { range: '24h' } });
  assert.equal((await ask()).status, 200);
  const engine = await engineOf(server);
  process.kill(engine, 'SIGSTOP');
  const asked = ask();
  await sleep(500);
  process.kill(engine, 'SIGKILL');
  assertProblem(await asked, 503, 'unavailable');
  const until = Date.now() + 60000;
  while ((await ask()).status !== 200) {
    assert.ok(Date.now() < until, 'the engine did not come back');
    await sleep(100);
  }
});
