// SPDX-License-Identifier: Apache-2.0
//
// kill -9 while events are delivered: each click is told of, and what is told twice is the same.
import assert from 'node:assert/strict';
import test from 'node:test';

import { kFull } from '../lib/server.mjs';
import { killWhileDelivering } from '../lib/webhook_kills.mjs';

const rounds = kFull ? 50 : 5;

for (const mode of ['single', 'batch'])
  test(`killed while it delivers, ${mode}`, { timeout: 120000 + rounds * 20000 }, async (t) => {
    const result = await killWhileDelivering(t, { rounds, mode });
    t.diagnostic(JSON.stringify(result));
    assert.deepEqual(result.findings, []);
    assert.ok(result.stored > rounds * 20);
    assert.ok(result.requests > 0);
  });
