// SPDX-License-Identifier: Apache-2.0
//
// The kill check judged: two mutants of the product, each with one promise broken on purpose, must
// fail it. A check that lets a mutant through would let the same bug through in the product.
//
//   answer_first     answers before the hit was written; a kill then loses acknowledged clicks
//   cursor_ignored   a consumer that starts from the front again; a restart then counts twice
//
// A violation may need luck with the moment of the kill, so a mutant gets several tries of a few
// rounds each, at a load that keeps the journal busy, and must be caught in one of them.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';

import { runKillCheck } from '../lib/kill_check.mjs';
import { kBinary, temporaryFolder } from '../lib/server.mjs';

const kFolder = process.env.TALLYMARK_TEST_MUTANTS ?? path.dirname(kBinary);
const kTries = 4;

async function caught(t, mutant, expected) {
  const binary = path.join(kFolder, `tallymark_mutant_${mutant}`);
  assert.ok(fs.existsSync(binary), `${binary} is missing: ninja -C build/release mutants`);
  for (let i = 0; i < kTries; ++i) {
    const data = path.join(temporaryFolder(t), 'data');
    const result = await runKillCheck({
      data,
      binary,
      rounds: 6,
      seed: 100 + i,
      target: 'serve',
      perSecond: 0,
      connections: 64,
      minMs: 100,
      maxMs: 400,
      name: `mutant-${mutant}`,
    });
    const summary = { ...result, findings: result.findings.slice(0, 3) };
    t.diagnostic(`try ${i + 1}: ${JSON.stringify(summary)}`);
    const wanted = result.findings.filter((finding) => expected.test(finding));
    if (wanted.length > 0) return;
    assert.deepEqual(result.findings, [], 'the mutant failed in a way that is not its own');
  }
  assert.fail(`${mutant} passed the kill check ${kTries} times`);
}

test('answering before the write is caught', { timeout: 900000 }, (t) =>
  caught(t, 'answer_first', /acknowledged but not recorded/),
);

test('ignoring the cursor is caught', { timeout: 900000 }, (t) =>
  caught(t, 'cursor_ignored', /twice/),
);
