// SPDX-License-Identifier: Apache-2.0
//
// kill -9 of the engine child at random moments under load: every redirect is answered, and once
// the engine is back every click is there exactly once.
import assert from 'node:assert/strict';
import path from 'node:path';
import test from 'node:test';

import { roundsOf, runKillCheck } from '../lib/kill_check.mjs';
import { temporaryFolder } from '../lib/server.mjs';

const rounds = roundsOf('TALLYMARK_TEST_KILLS', 12);

test('engine killed under load', { timeout: 120000 + rounds * 24000 }, async (t) => {
  const data = path.join(temporaryFolder(t), 'data');
  const result = await runKillCheck({ data, rounds, seed: 815, target: 'engine', perSecond: 400 });
  t.diagnostic(JSON.stringify({ ...result, findings: result.findings.length }));
  assert.deepEqual(result.findings, []);
  assert.equal(result.rounds, rounds);
  assert.equal(result.acknowledged, result.sent, 'a request was not answered');
  assert.equal(result.recorded, result.sent);
});
