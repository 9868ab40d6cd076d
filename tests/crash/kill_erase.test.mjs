// SPDX-License-Identifier: Apache-2.0
//
// kill -9 at random moments of an erase, several times in a row: the start that lives finishes it.
// What was to go is nowhere, everything else is there once, and counts are those of what is left.
import assert from 'node:assert/strict';
import test from 'node:test';

import { killWhileErasing } from '../lib/erase_kills.mjs';
import { kFull } from '../lib/server.mjs';

const rounds = kFull ? 60 : 6;

test('killed while it erases', { timeout: 120000 + rounds * 60000 }, async (t) => {
  const { states, resumed } = await killWhileErasing(t, { rounds });
  t.diagnostic(JSON.stringify({ states, resumed }));
  assert.ok(resumed > rounds / 2, `only ${resumed} jobs were cut off`);
});
