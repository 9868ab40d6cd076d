// SPDX-License-Identifier: Apache-2.0
//
// kill -9 in the middle of saving and merging first clicks: afterwards every visitor is
// unique once on each link and day, by the sender's own books.
import assert from 'node:assert/strict';
import path from 'node:path';
import test from 'node:test';

import { runKillCheck } from '../lib/kill_check.mjs';
import { kFull, temporaryFolder } from '../lib/server.mjs';
import { visitorKills } from '../lib/visitor_kills.mjs';

const rounds = kFull ? 100 : 10;

test('killed while first clicks are saved', { timeout: 120000 + rounds * 24000 }, async (t) => {
  const data = path.join(temporaryFolder(t), 'data');
  const result = await runKillCheck({ data, seed: 1848, ...visitorKills(rounds) });
  t.diagnostic(JSON.stringify({ ...result, findings: result.findings.length }));
  assert.deepEqual(result.findings, []);
  assert.equal(result.rounds, rounds);
  assert.ok(result.acknowledged > rounds * 100, 'too little load to mean anything');
});
