// SPDX-License-Identifier: Apache-2.0
//
// A receiver that is down for three days, under a clock that runs fast (libfaketime): it is probed
// on the published schedule and then has everything, what came meanwhile too.
import assert from 'node:assert/strict';
import test from 'node:test';

import { request } from '../lib/client.mjs';
import { Receiver } from '../lib/receiver.mjs';
import { kFull, sleep, startServer } from '../lib/server.mjs';

// So many seconds in one. Slower shows the shorter steps.
const kSpeed = kFull ? 600 : 7200;
const kStart = '2026-03-10 10:00:00';
const kHour = 3600;
const kDownFor = 72 * kHour;
const kClicks = 25;
const kDownAfter = 20;
const kSteps = [5, 300, 1800, 2 * kHour, 5 * kHour, 10 * kHour, 14 * kHour, 20 * kHour, 24 * kHour];
// Of a second of ours: what a busy machine may be late by.
const kLate = 2 * kSpeed;

const kPerson = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';

test('three days without an answer', { timeout: 900000 }, async (t) => {
  const server = await startServer(t, {
    wrap: ['faketime', '-f', `@${kStart} x${kSpeed}`],
    env: { TZ: 'UTC', FAKETIME_DONT_FAKE_MONOTONIC: '1' },
    settings: { 'webhooks.allow': '127.0.0.1' },
  });
  // The fast clock as each request tells it.
  const times = [];
  let up = false;
  const receiver = await new Receiver(({ headers }) => {
    times.push(Number(headers['webhook-timestamp']));
    return up ? 204 : 503;
  }).listen(t);
  await server.api.post('/api/v1/links', { prefix: 'd', destination: 'https://example.com/' });
  const hook = await server.api.post('/api/v1/webhooks', {
    name: 'down',
    url: receiver.url,
    events: ['link.clicked'],
  });
  await server.untilAtEdge(1);
  const click = () =>
    request({ port: server.linksPort, path: '/d', headers: { 'User-Agent': kPerson } });
  for (let i = 0; i < kClicks; ++i) await click();
  const until = async (what, holds) => {
    const deadline = Date.now() + ((kDownFor + 48 * kHour) / kSpeed) * 1000 + 60000;
    while (!(await holds())) {
      assert.ok(Date.now() < deadline, what);
      await sleep(50);
    }
  };
  await until('it is down', () => times.length >= kDownAfter);
  const first = times[0];
  await until('a day has passed', () => times.at(-1) - first > 24 * kHour);
  for (let i = 0; i < kClicks; ++i) await click();
  await until('it was down for long', () => times.at(-1) - first > kDownFor);
  const { state, waiting } = await server.api.get(`/api/v1/webhooks/${hook.id}`);
  assert.equal(state, 'down');
  assert.ok(waiting > 0);
  const failed = receiver.requests.length;
  up = true;
  const delivered = () =>
    new Set(receiver.requests.slice(failed).map(({ headers }) => headers['webhook-id']));
  await until('all is delivered', () => delivered().size >= 2 * kClicks);

  // What was under way when it went down comes at once; then each probe waits for its step.
  const probes = times
    .slice(0, failed + 1)
    .filter((time, i, all) => i === 0 || time - all[i - 1] > kLate);
  const waits = probes.slice(1).map((time, i) => time - probes[i]);
  t.diagnostic(`waited ${waits.map((wait) => (wait / kHour).toFixed(2)).join(', ')} h`);
  const expected = kSteps.filter((step) => step * 0.8 > kLate);
  assert.ok(waits.length >= expected.length - 1, 'it was probed');
  // Which step is the first to be seen depends on the speed of the clock; they follow each other.
  const from = kSteps.findIndex((step) => waits[0] <= step * 1.2 + kLate);
  waits.forEach((wait, i) => {
    const step = kSteps[Math.min(from + i, kSteps.length - 1)];
    assert.ok(wait >= step * 0.8 - kLate && wait <= step * 1.2 + kLate, `${wait} s for ${step} s`);
  });
  const ids = receiver.byId();
  assert.equal(ids.size, 2 * kClicks);
  for (const bodies of ids.values()) assert.equal(bodies.size, 1, 'always the same body');
  const after = await server.api.get(`/api/v1/webhooks/${hook.id}`);
  assert.equal(after.state, 'ok');
  assert.equal(after.dead, 0);
});
