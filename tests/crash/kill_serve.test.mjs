// SPDX-License-Identifier: Apache-2.0
//
// kill -9 of serve at random moments under load: nothing acknowledged is lost, nothing counts twice.
import assert from 'node:assert/strict';
import path from 'node:path';
import test from 'node:test';

import { runKillCheck } from '../lib/kill_check.mjs';
import { kFull, temporaryFolder } from '../lib/server.mjs';

test('serve killed under load', { timeout: kFull ? 14400000 : 600000 }, async (t) => {
  const data = path.join(temporaryFolder(t), 'data');
  const rounds = kFull ? 1000 : 25;
  const result = await runKillCheck({ data, rounds, seed: 4711, target: 'serve' });
  t.diagnostic(JSON.stringify({ ...result, findings: result.findings.length }));
  assert.deepEqual(result.findings, []);
  assert.equal(result.rounds, rounds);
  assert.ok(result.acknowledged > rounds * 20, 'too little load to mean anything');
});
