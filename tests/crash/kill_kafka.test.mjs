// SPDX-License-Identifier: Apache-2.0
//
// kill -9 while clicks are sent to Kafka: none is missing, and what comes twice is the same.
import assert from 'node:assert/strict';
import test from 'node:test';

import { killWhileSending } from '../lib/kafka_kills.mjs';
import { kFull } from '../lib/server.mjs';

const rounds = kFull ? 50 : 5;

test('killed while it sends', { timeout: 120000 + rounds * 20000 }, async (t) => {
  const result = await killWhileSending(t, { rounds });
  t.diagnostic(JSON.stringify(result));
  assert.deepEqual(result.findings, []);
  assert.ok(result.stored > rounds * 20);
  assert.ok(result.repeated > 0, 'no kill came while records were under way');
});
