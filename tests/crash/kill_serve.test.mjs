// SPDX-License-Identifier: Apache-2.0
//
// kill -9 of serve at random moments under load: nothing acknowledged is lost, nothing counts twice.
import assert from 'node:assert/strict';
import path from 'node:path';
import test from 'node:test';

import { roundsOf, runKillCheck } from '../lib/kill_check.mjs';
import { temporaryFolder } from '../lib/server.mjs';

const rounds = roundsOf('TALLYMARK_TEST_KILLS', 25);

test('serve killed under load', { timeout: 120000 + rounds * 24000 }, async (t) => {
  const data = path.join(temporaryFolder(t), 'data');
  const result = await runKillCheck({ data, rounds, seed: 4711, target: 'serve' });
  t.diagnostic(JSON.stringify({ ...result, findings: result.findings.length }));
  assert.deepEqual(result.findings, []);
  assert.equal(result.rounds, rounds);
  assert.ok(result.acknowledged > rounds * 20, 'too little load to mean anything');
});
