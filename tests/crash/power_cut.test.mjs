// SPDX-License-Identifier: Apache-2.0
//
// Power cuts at random moments under load, in the default durability mode: the whole data folder is
// on a disk that forgets what was not synced. What was acknowledged, click or link, is there after
// every one of them, and nothing counts twice. (tests/crash/mutants.test.mjs shows that the check
// notices a sync that is left out.)
import assert from 'node:assert/strict';
import test from 'node:test';

import { CutDisk } from '../lib/cut_disk.mjs';
import { roundsOf, runKillCheck } from '../lib/kill_check.mjs';

const rounds = roundsOf('TALLYMARK_TEST_CUTS', 8);

test('power cut under load', { timeout: 120000 + rounds * 24000 }, async (t) => {
  const missing = CutDisk.missing(t);
  if (missing) {
    console.error(`SKIPPED: NO POWER CUTS ON THIS MACHINE: ${missing}`);
    t.skip(`no power cuts on this machine: ${missing}`);
    return;
  }
  const disk = new CutDisk(t);
  const result = await runKillCheck({
    data: disk.data,
    disk,
    rounds,
    seed: 1879,
    target: 'disk',
    maxMs: 1500,
  });
  t.diagnostic(JSON.stringify({ ...result, findings: result.findings.length }));
  assert.deepEqual(result.findings, []);
  assert.equal(result.rounds, rounds);
  assert.ok(result.acknowledged > rounds * 20, 'too little load to mean anything');
});
