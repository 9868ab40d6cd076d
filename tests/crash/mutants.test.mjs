// SPDX-License-Identifier: Apache-2.0
//
// The kill check judged: mutants of the product, each with one promise broken on purpose, must fail
// it. A check that lets a mutant through would let the same bug through in the product.
//
//   answer_first     answers before the hit was written; a kill then loses acknowledged clicks
//   cursor_ignored   a consumer that starts from the front again; a restart then counts twice
//   sync_removed     says that a log was synced when it was not; a power cut then loses clicks
//   logs_kept        an erase that leaves the logs as they are; what is erased is still there
//   place_first      webhooks whose place in the log moves before events are delivered
//   kafka_cursor_first  the same of clicks that are sent to Kafka
//   log_not_learnt   a start that knows only the first clicks that are saved; visitors are new again
//
// The moment between an answer and its write is some microseconds long, so for the first mutant the
// disk is made slow: strace delays every pwrite64 of the process by 20 ms. The product itself must pass the
// very same check, or the check would prove nothing.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';

import { CutDisk } from '../lib/cut_disk.mjs';
import { killWhileErasing } from '../lib/erase_kills.mjs';
import { killWhileSending } from '../lib/kafka_kills.mjs';
import { runKillCheck } from '../lib/kill_check.mjs';
import { kBinary, temporaryFolder } from '../lib/server.mjs';
import { visitorKills } from '../lib/visitor_kills.mjs';
import { killWhileDelivering } from '../lib/webhook_kills.mjs';

const kFolder = process.env.TALLYMARK_TEST_MUTANTS ?? path.dirname(kBinary);
const kTries = 3;
const kSlowDisk = [
  'strace',
  '-f',
  '-qq',
  '--seccomp-bpf',
  '-o',
  '/dev/null',
  '-e',
  'trace=pwrite64',
  '-e',
  'inject=pwrite64:delay_enter=20000',
];

const check = (t, binary, seed, options) =>
  runKillCheck({
    data: options.disk?.data ?? path.join(temporaryFolder(t), 'data'),
    binary,
    rounds: 6,
    seed,
    target: 'serve',
    perSecond: 0,
    connections: 64,
    minMs: 100,
    maxMs: 400,
    ...options,
  });

async function caught(t, mutant, expected, options) {
  const binary = path.join(kFolder, `tallymark_mutant_${mutant}`);
  assert.ok(fs.existsSync(binary), `${binary} is missing: ninja -C build/release mutants`);
  for (let i = 0; i < kTries; ++i) {
    const now = typeof options === 'function' ? options() : options;
    const result = await check(t, binary, 100 + i, { name: `mutant-${mutant}`, ...now });
    t.diagnostic(
      `try ${i + 1}: ${JSON.stringify({ ...result, findings: result.findings.slice(0, 3) })}`,
    );
    if (result.findings.some((finding) => expected.test(finding))) return;
    assert.deepEqual(result.findings, [], 'the mutant failed in a way that is not its own');
  }
  assert.fail(`${mutant} passed the kill check ${kTries} times`);
}

test('the product passes on a slow disk', { timeout: 900000 }, async (t) => {
  const result = await check(t, kBinary, 100, { name: 'slow-disk', wrap: kSlowDisk });
  t.diagnostic(JSON.stringify({ ...result, findings: result.findings.slice(0, 3) }));
  assert.deepEqual(result.findings, []);
  assert.ok(result.acknowledged > 500, 'too little load to mean anything');
});

test('answering before the write is caught', { timeout: 900000 }, (t) =>
  caught(t, 'answer_first', /acknowledged but not recorded/, { wrap: kSlowDisk }),
);

test('ignoring the cursor is caught', { timeout: 900000 }, (t) =>
  caught(t, 'cursor_ignored', /twice/),
);

test('moving on before events are delivered is caught', { timeout: 900000 }, async (t) => {
  const binary = path.join(kFolder, 'tallymark_mutant_place_first');
  assert.ok(fs.existsSync(binary), `${binary} is missing: ninja -C build/release mutants`);
  for (let i = 0; i < kTries; ++i) {
    const { findings } = await killWhileDelivering(t, { rounds: 6, seed: 200 + i, binary });
    t.diagnostic(`try ${i + 1}: ${JSON.stringify(findings)}`);
    if (findings.some((finding) => /never told of/.test(finding))) return;
  }
  assert.fail(`place_first passed ${kTries} times`);
});

test('moving on before clicks are sent is caught', { timeout: 900000 }, async (t) => {
  const binary = path.join(kFolder, 'tallymark_mutant_kafka_cursor_first');
  assert.ok(fs.existsSync(binary), `${binary} is missing: ninja -C build/release mutants`);
  for (let i = 0; i < kTries; ++i) {
    const { findings } = await killWhileSending(t, { rounds: 5, seed: 300 + i, binary });
    t.diagnostic(`try ${i + 1}: ${JSON.stringify(findings)}`);
    if (findings.some((finding) => /never came/.test(finding))) return;
  }
  assert.fail(`kafka_cursor_first passed ${kTries} times`);
});

test('leaving unsaved first clicks unlearnt is caught', { timeout: 900000 }, (t) =>
  caught(t, 'log_not_learnt', /clicks are first/, visitorKills(10)),
);

test('leaving the logs as they are is caught', { timeout: 900000 }, async (t) => {
  const binary = path.join(kFolder, 'tallymark_mutant_logs_kept');
  assert.ok(fs.existsSync(binary), `${binary} is missing: ninja -C build/release mutants`);
  const options = { binary, rounds: 2, name: 'mutant-logs_kept' };
  await assert.rejects(killWhileErasing(t, options), /enriched\//);
});

test('leaving the sync out is caught', { timeout: 900000 }, (t) => {
  const missing = CutDisk.missing(t);
  if (missing) {
    console.error(`SKIPPED: NO POWER CUTS ON THIS MACHINE: ${missing}`);
    return t.skip(`no power cuts on this machine: ${missing}`);
  }
  return caught(t, 'sync_removed', /acknowledged but not recorded/, () => ({
    disk: new CutDisk(t),
    target: 'disk',
  }));
});
