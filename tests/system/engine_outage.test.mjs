// SPDX-License-Identifier: Apache-2.0
//
// The engine stands still, or dies and stays away, while clicks come in: every redirect is
// answered, and afterwards every click is in the stats. (How fast the redirects were is
// bench/engine_outage.mjs.)
import assert from 'node:assert/strict';
import test from 'node:test';

import { MarkedTraffic, createLinks, engineOf, verify } from '../lib/kill_check.mjs';
import { Load } from '../lib/load.mjs';
import { kFull, sleep, startServer } from '../lib/server.mjs';

const kOutageMs = kFull ? 60000 : 5000;

async function underLoad(t, outage) {
  const server = await startServer(t);
  const links = await createLinks(server, 20);
  const traffic = new MarkedTraffic(links, 11);
  const load = new Load({ make: (k) => traffic.request(k), connections: 32, perSecond: 1000 });
  load.start(server.linksPort);
  await sleep(500);
  await outage(server);
  await sleep(500);
  await load.stop();
  assert.deepEqual(load.failures, []);
  assert.equal(load.answered.size, load.sent.size, 'a redirect was not answered');
  const findings = [];
  await verify(server, load, traffic, {}, findings);
  assert.deepEqual(findings, []);
  t.diagnostic(`${load.sent.size} clicks`);
}

test('engine stopped (SIGSTOP) under load', { timeout: 300000 }, (t) =>
  underLoad(t, async (server) => {
    const engine = await engineOf(server);
    process.kill(engine, 'SIGSTOP');
    t.after(() => {
      try {
        process.kill(engine, 'SIGCONT');
      } catch {
        // it was replaced meanwhile, which is allowed
      }
    });
    await sleep(kOutageMs);
    const ready = await server.api.call('GET', '/readyz');
    assert.ok([200, 503].includes(ready.status));
    assert.notEqual(ready.json.status, 'ok', 'an engine that stands still shows in /readyz');
    const stats = await server.api.call('GET', '/api/v1/stats/summary', {
      query: { range: '24h' },
    });
    assert.equal(stats.status, 503, 'stats say that the store is away');
    assert.equal(stats.json.code, 'unavailable');
    try {
      process.kill(engine, 'SIGCONT');
    } catch {
      // replaced
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
