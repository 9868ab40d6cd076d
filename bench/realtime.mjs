// SPDX-License-Identifier: Apache-2.0
//
// How soon others know of a click, and how many of them. A thousand clicks a second come in over
// twenty connections; from the moment a redirect was there, how long until the same click is on a
// live stream, and until a receiver has it; the same again beside receivers that mean no good. Then
// a journal full of hits is delivered: one request for each, and in batches.
//
//   TALLYMARK_BENCH_SECONDS   how long clicks come in, default 20
//   TALLYMARK_BENCH_SINGLES   how many are delivered one by one, default 40,000
//   TALLYMARK_BENCH_BATCHED   how many in batches, default 600,000
//
// Receiver and clients are one process of Node beside the server on the same cores.
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

import { Connection } from '../tests/lib/client.mjs';
import { EventStream } from '../tests/lib/events.mjs';
import { quantile } from '../tests/lib/load.mjs';
import { Receiver } from '../tests/lib/receiver.mjs';
import { kRoot, Server, sleep } from '../tests/lib/server.mjs';
import { browserRequests, kDestination, kLinks } from './lib/browser_requests.mjs';
import { cpuOf } from './lib/cpu.mjs';
import { hostileReceivers } from './lib/hostile_receivers.mjs';
import { ms, report } from './lib/report.mjs';
import { residentMib } from './lib/store.mjs';

const kSeconds = Number(process.env.TALLYMARK_BENCH_SECONDS ?? 20);
const kSingles = Number(process.env.TALLYMARK_BENCH_SINGLES ?? 40_000);
const kBatched = Number(process.env.TALLYMARK_BENCH_BATCHED ?? 600_000);
const kPerSecond = 1000;
const kConnections = 20;
const kAgent = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
const kSettings = { 'webhooks.allow': '127.0.0.1' };
const kFiller = path.join(kRoot, 'build/release/src/cli/journal_fill_bench');
const execute = promisify(execFile);
const untilClosed = { after: () => {} };

const hook = (server, url, mode) =>
  server.api.post('/api/v1/webhooks', {
    name: 'bench',
    url,
    events: ['link.clicked'],
    filter: { traffic: 'all' },
    mode,
  });

// When each redirect was there, by the click's `utm_term`.
async function clickAway(server) {
  const answered = new Map();
  const begin = performance.now();
  const every = (kConnections / kPerSecond) * 1000;
  await Promise.all(
    Array.from({ length: kConnections }, async (_, at) => {
      const connection = new Connection({ port: server.linksPort });
      await connection.open();
      for (let i = 0; i * every < kSeconds * 1000; ++i) {
        const wait = begin + i * every + (at * every) / kConnections - performance.now();
        if (wait > 0) await sleep(wait);
        const term = `${at}-${i}`;
        await connection.request({
          path: `/live?utm_term=${term}`,
          headers: { 'User-Agent': kAgent },
        });
        answered.set(term, performance.now());
      }
      connection.close();
    }),
  );
  return answered;
}

const latencies = (answered, seen) => {
  const out = [];
  for (const [term, at] of answered) out.push((seen.get(term) ?? Infinity) - at);
  return out;
};

async function measureLatency(folder, hostile = { urls: [] }) {
  const server = new Server({
    data: path.join(folder, `latency-${hostile.urls.length}`),
    settings: kSettings,
    name: 'bench-realtime',
  });
  const receiver = await new Receiver().listen(untilClosed);
  try {
    await server.start();
    await server.api.post('/api/v1/links', { prefix: 'live', destination: kDestination });
    await hook(server, receiver.url, 'single');
    for (const url of hostile.urls) await hook(server, url, 'single');
    const stream = new EventStream(server);
    await stream.answered;
    await server.untilAtEdge(1);
    const answered = await clickAway(server);
    await sleep(2000);
    stream.close();
    const live = new Map(stream.of('click').map(({ data, at }) => [data.term, at]));
    const told = new Map(receiver.requests.map(({ body, at }) => [JSON.parse(body).data.term, at]));
    return {
      live: latencies(answered, live),
      told: latencies(answered, told),
      memory: residentMib(server.pid).peak,
    };
  } finally {
    if (server.running) await server.stop();
    await receiver.close();
  }
}

// A journal of `count` hits, delivered: events a second, and CPU of the server for each.
async function measureDelivery(folder, mode, count) {
  const data = path.join(folder, mode);
  let events = 0;
  let first;
  let last;
  const receiver = await new Receiver(({ body, at }) => {
    first ??= at;
    last = at;
    events += mode === 'batch' ? body.split('"event":"link.clicked"').length - 1 : 1;
    receiver.requests.length = 0;
    return 204;
  }).listen(untilClosed);
  const server = new Server({ data, settings: kSettings, name: `bench-realtime-${mode}` });
  server.data = data;
  try {
    await server.start();
    const links = Array.from({ length: kLinks }, (_, i) => ({
      prefix: `e${i}`,
      destination: `${kDestination}/${i}`,
    }));
    await server.api.post('/api/v1/links/bulk', { links });
    await hook(server, receiver.url, mode);
    await server.stop();
    const requests = path.join(folder, 'requests.txt');
    fs.writeFileSync(requests, browserRequests().join(''));
    await execute(kFiller, [data, requests, ...[count, 400_000, 0].map(String)]);
    await server.start();
    const before = cpuOf(server.pid).total;
    for (let seen = -1; seen !== events || events === 0; await sleep(3000)) seen = events;
    const cpu = (cpuOf(server.pid).total - before) / events;
    return { events, perSecond: (events / (last - first)) * 1000, cpu };
  } finally {
    if (server.running) await server.stop();
    await receiver.close();
  }
}

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tallymark-bench-realtime-'));
try {
  const { live, told, memory } = await measureLatency(folder);
  const hostile = await hostileReceivers();
  const beside = await measureLatency(folder, hostile);
  await hostile.close();
  const single = await measureDelivery(folder, 'single', kSingles);
  const batch = await measureDelivery(folder, 'batch', kBatched);
  const p = (list, share) => ms(quantile(list, share));
  const say = (list) => `p50 ${p(list, 0.5)}, p99 ${p(list, 0.99)}, highest ${p(list, 1)}`;
  const rate = ({ events, perSecond, cpu }) =>
    `${perSecond.toFixed(0)} events/s of ${events}, ${cpu.toFixed(1)} µs of CPU each, storing them included`;
  report({
    name: `real time, ${kPerSecond} clicks/s for ${kSeconds} s`,
    claim:
      'redirect to stream p99 ≤ 100 ms, to receiver p99 ≤ 200 ms, beside hostile receivers ≤ 2 × of it; ' +
      '≥ 2,000 requests/s to one receiver, ≥ 50,000 events/s in batches',
    holds:
      quantile(live, 0.99) <= 100 &&
      quantile(told, 0.99) <= 200 &&
      quantile(beside.told, 0.99) <= 2 * quantile(told, 0.99) &&
      single.perSecond >= 2000 &&
      batch.perSecond >= 50_000,
    rows: [
      [`redirect → live stream, ${live.length} clicks`, say(live)],
      [`redirect → webhook received`, say(told)],
      [`the same beside ${hostile.urls.length} hostile receivers`, say(beside.told)],
      [
        'server, resident, without and with them',
        `${memory.toFixed(0)}, ${beside.memory.toFixed(0)} MiB`,
      ],
      ['one request an event', rate(single)],
      ['batches', rate(batch)],
    ],
  });
} finally {
  fs.rmSync(folder, { recursive: true, force: true });
}
