// SPDX-License-Identifier: Apache-2.0
//
// A crowd of `tallymark demo --links` is what the product itself would have counted: every hit is
// there, numbers add up, and a fresh folder is asked for.
import assert from 'node:assert/strict';
import path from 'node:path';
import test from 'node:test';

import { run, startServer, temporaryFolder } from '../lib/server.mjs';

const kClicks = 30000;
const kLinks = 80;

const demo = (data, ...more) => run(['demo', '--data', data, ...more], { timeoutMs: 120000 });

test('a crowd is stored whole and its numbers add up', async (t) => {
  const data = path.join(temporaryFolder(t), 'data');
  const numbers = ['--clicks', kClicks, '--links', kLinks, '--days', 40, '--seed', 7].map(String);
  const made = await demo(data, ...numbers);
  assert.equal(made.code, 0, made.stderr);
  assert.match(made.stdout, new RegExp(`${kClicks} of ${kClicks} clicks`));

  const server = await startServer(t, { data });
  const links = await server.api.all('/api/v1/links', { limit: 200 });
  assert.equal(links.length, kLinks);
  const summary = (traffic) => server.api.get('/api/v1/stats/summary', { range: '90d', traffic });
  const people = await summary('human');
  const all = await summary('all');
  const beside = all.outcomes.reduce((sum, one) => sum + one.clicks, 0);
  assert.equal(all.clicks + beside + all.other_hits, kClicks);
  assert.equal(all.clicks, people.clicks + people.bots);
  assert.ok(people.visitors > 0.5 * people.clicks && people.visitors <= people.unique_clicks);
  assert.ok(people.unique_clicks < people.clicks);
  for (const by of ['link', 'country', 'city', 'device', 'browser', 'channel', 'campaign']) {
    const { rows, total } = await server.api.get('/api/v1/stats/breakdown', {
      ...{ range: '90d', by, limit: 1000 },
    });
    assert.equal(total.clicks, people.clicks, by);
    assert.equal(total.unique_clicks, people.unique_clicks, by);
    assert.ok(rows.length > 2, by);
    const sum = rows.reduce((clicks, row) => clicks + row.clicks, 0);
    assert.equal(sum, people.clicks, by);
  }
  await server.stop();

  const again = await demo(data, ...numbers);
  assert.equal(again.code, 1);
  assert.match(again.stderr, /holds links already/);
});

test('what makes no crowd is refused', async (t) => {
  const folder = temporaryFolder(t);
  for (const [code, says, ...args] of [
    [2, /--days requires --links/, '--days', '3'],
    [1, /--days must be between/, '--links', '10', '--days', '0'],
    [1, /--links must be between/, '--links', '1000001'],
    [1, /add --links/, '--clicks', '5000001'],
  ]) {
    const refused = await demo(path.join(folder, 'data'), ...args);
    assert.equal(refused.code, code, refused.stderr);
    assert.match(refused.stderr, says);
  }
});
