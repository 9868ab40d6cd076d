// SPDX-License-Identifier: Apache-2.0
//
// A link that allows N clicks lets exactly N people through: over many connections at once, over
// kills at any moment, and over clean stops, after which no hit is left in the journal to be counted
// again. Every one of them is recorded.
import assert from 'node:assert/strict';
import path from 'node:path';
import test from 'node:test';

import { MarkedTraffic } from '../lib/kill_check.mjs';
import { Load } from '../lib/load.mjs';
import { Random } from '../lib/random.mjs';
import { Server, sleep, temporaryFolder } from '../lib/server.mjs';

const kLimit = 3000;
const kGone = 'https://example.com/sold-out';

test('exactly as many clicks as allowed, across kills', { timeout: 240000 }, async (t) => {
  const data = path.join(temporaryFolder(t), 'data');
  const server = new Server({ data, name: 'click-limit' });
  t.after(() => server.running && server.kill());
  await server.start();
  const links = await server.api.createLinks([
    {
      prefix: 'limited',
      destination: 'https://example.com/offer',
      click_limit: kLimit,
      fallback_url: kGone,
    },
  ]);
  await server.untilAtEdge(1);
  const traffic = new MarkedTraffic(links, 4);
  const load = new Load({
    make: (k) => traffic.request(k),
    connections: 24,
    perSecond: 1500,
    keep: ({ status, headers }) => ({ status, to: headers.location }),
  });
  const random = new Random(17);
  const through = () =>
    [...load.answered.values()].filter(({ to }) => to === 'https://example.com/offer').length;

  for (let round = 0; round < 6; ++round) {
    load.start(server.linksPort);
    await sleep(random.between(150, 400));
    if (round % 3 === 2) {
      await load.stop();
      await server.stop();
    } else {
      await server.kill();
      await load.stop();
    }
    await server.start();
    await server.untilAtEdge(1);
    assert.ok(through() < kLimit, 'the limit was reached before the kills were over');
  }
  load.perSecond = 0;
  load.start(server.linksPort);
  const deadline = Date.now() + 60000;
  const gone = () => [...load.answered.values()].filter(({ to }) => to === kGone).length;
  while (gone() < 200 && Date.now() < deadline) await sleep(100);
  await load.stop();
  assert.ok([...load.answered.values()].every(({ status }) => status === 302));
  await server.api.untilStored();
  const rows = await server.api.all('/api/v1/clicks', {
    range: '24h',
    traffic: 'all',
    limit: 1000,
  });
  const recorded = rows.filter(({ outcome }) => outcome === 'redirected');
  assert.equal(recorded.length, kLimit, 'recorded clicks that were let through');
  assert.ok(through() <= kLimit, `${through()} let through`);
  const unanswered = load.unanswered.length;
  assert.ok(through() >= kLimit - unanswered);
  t.diagnostic(`${load.answered.size} answered, ${through()} let through, ${gone()} turned away`);

  await server.stop();
  await server.start();
  await server.untilAtEdge(1);
  const before = through();
  load.perSecond = 200;
  load.start(server.linksPort);
  await sleep(500);
  await load.stop();
  assert.equal(through(), before, 'still used up after a clean restart');
});
