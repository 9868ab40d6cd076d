// SPDX-License-Identifier: Apache-2.0
//
// kill -9 while a start forgets days that are over, their salts and their first clicks: it may come
// at any moment and several times in a row. The next start that lives has forgotten all of them, and
// nothing else: visitors of today who come back are not unique again.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';

import { runKillCheck } from '../lib/kill_check.mjs';
import { kBinary, kFull, run, temporaryFolder } from '../lib/server.mjs';

const rounds = kFull ? 100 : 4;
const kDays = 60;
const kOldDays = path.join(process.env.TALLYMARK_TEST_TOOLS ?? path.dirname(kBinary), 'old_days');

// Files of days that nobody may know any more.
function ofOldDays(data) {
  const today = Math.floor(Date.now() / (24 * 3600 * 1000));
  return ['secrets', 'visitors'].flatMap((folder) =>
    fs.readdirSync(path.join(data, folder)).filter((name) => {
      const day = /^(?:salt|run)-(\d+)/.exec(name)?.[1];
      return day !== undefined && Number(day) <= today - 2;
    }),
  );
}

async function addOldDays(data) {
  const { code, stderr } = await run([data, String(kDays)], { binary: kOldDays });
  assert.equal(code, 0, stderr);
  assert.equal(stderr, '');
  assert.equal(ofOldDays(data).length, 4 * kDays);
}

test('killed while days are forgotten', { timeout: 60000 + rounds * 15000 }, async (t) => {
  const data = path.join(temporaryFolder(t), 'data');
  const cut = { short: 0, late: 0 };
  const result = await runKillCheck({
    data,
    target: 'forgetting',
    rounds,
    seed: 1848,
    perSecond: 700,
    minMs: 0,
    maxMs: 10,
    traffic: { visitors: 300 },
    addOldDays,
    ofOldDays,
    onKill: (left) => (left > 0 ? ++cut.short : ++cut.late),
  });
  t.diagnostic(JSON.stringify({ ...result, ...cut, findings: result.findings.length }));
  assert.deepEqual(result.findings, []);
  assert.deepEqual(ofOldDays(data), []);
  assert.ok(cut.short >= rounds / 2, `only ${cut.short} kills came before the end`);
  assert.ok(result.acknowledged > rounds * 50, 'too little load to mean anything');
});
