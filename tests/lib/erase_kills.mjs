// SPDX-License-Identifier: Apache-2.0
//
// Kills a server with -9 at random moments of erases and looks, after each, whether exactly what was
// to go is gone.
import assert from 'node:assert/strict';

import { agentOf, Crowd, logsWith, startErase, untilErased } from './crowd.mjs';
import { untilSafeTime } from './ledger.mjs';
import { Random } from './random.mjs';
import { sleep, startServer } from './server.mjs';

const kVisitors = 8; // new ones each round

// Says in which states jobs were killed, and how many went on after that; fails on what is wrong.
export async function killWhileErasing(t, { rounds, seed = 1851, ...options }) {
  await untilSafeTime(60 + rounds * 40);
  const server = await startServer(t, options);
  const random = new Random(seed);
  const crowd = new Crowd(server);
  await crowd.makeLinks();
  let visitor = 0;
  const visit = async (count) => {
    const fresh = Array.from({ length: count }, () => visitor++);
    await crowd.visit(fresh);
    return fresh;
  };
  await visit(kVisitors);
  const states = {};
  let resumed = 0;
  for (let round = 0; round < rounds; ++round) {
    const fresh = await visit(kVisitors);
    const ofLink = round % 2 === 0;
    // A link's clicks of this round, or one of its people.
    const link = crowd.links[round % crowd.links.length].id;
    const person = fresh[Math.floor(random.next() * fresh.length)];
    const mine = ({ link: of, visitor: who }) => (ofLink ? of === link : who === person);
    const one = crowd.clicks.find(({ visitor: who }) => who === person);
    const { id } = await startErase(
      server.api,
      ofLink ? { link } : { visitor: { click_id: one.id } },
    );
    const mark = crowd.made;
    for (let kill = 0; kill < 3; ++kill) {
      await sleep(random.next() * 1200);
      const { state } = await server.api.get(`/api/v1/erase/${id}`);
      states[state] = (states[state] ?? 0) + 1;
      await server.kill();
      await server.start();
    }
    const job = await untilErased(server.api, id);
    if (job.resumed) resumed += 1;
    const gone = (click) => mine(click) && click.at < mark;
    assert.equal(job.clicks, crowd.clicks.filter(gone).length, JSON.stringify(job));
    crowd.erased(gone);
    await server.api.untilStored();
    await crowd.look(`round ${round}`);
    if (!ofLink) assert.deepEqual(logsWith(server, agentOf(person)), []);
  }
  return { states, resumed };
}
