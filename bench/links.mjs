// SPDX-License-Identifier: Apache-2.0
//
// Links: what a million of them cost.
//
// They are made through /api/v1/links/bulk, as an import would. Then the server is started again
// with and without them: how much more memory it holds, and how long until it answers a redirect.
// Then 100 links a second are changed and every change is looked for at the edge.
//
//   TALLYMARK_BENCH_LINKS=100000   fewer links, for a quick look; the claims are for a million
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';

import { request } from '../tests/lib/client.mjs';
import { quantile } from '../tests/lib/load.mjs';
import { Server, sleep } from '../tests/lib/server.mjs';
import { ms, report } from './lib/report.mjs';

const kLinks = Number(process.env.TALLYMARK_BENCH_LINKS ?? 1_000_000);
const kBatch = 10_000;
const kEdits = 5_000; // more than the edge holds back before it merges them
const kEditsPerSecond = 100;
const kPollMs = 2;
const kMiB = 2 ** 20;

// Resident memory of one process: now and at its most, in MiB.
function memory(pid) {
  const status = fs.readFileSync(`/proc/${pid}/status`, 'utf8');
  const of = (name) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)[1]) / 1024;
  return { now: of('VmRSS'), peak: of('VmHWM') };
}

const prefix = (i) => `l${((i * 2654435761) % 2 ** 32).toString(36)}-${i.toString(36)}`;
const link = (i) => ({
  prefix: prefix(i),
  destination: `https://shop.example/products/category-${i % 1000}/item-${i}?ref=${i % 97}`,
  title: `Item ${i} of category ${i % 1000}`,
  tags: [`tag-${i % 200}`],
  campaign: `campaign-${i % 50}`,
});

async function fill(server) {
  const begin = performance.now();
  for (let first = 0; first < kLinks; first += kBatch) {
    const count = Math.min(kBatch, kLinks - first);
    const body = { links: Array.from({ length: count }, (_, k) => link(first + k)) };
    const answer = await request({
      port: server.consolePort,
      method: 'POST',
      path: '/api/v1/links/bulk',
      headers: {
        Authorization: `Bearer ${server.api.key}`,
        'Content-Type': 'application/json',
      },
      body: JSON.stringify(body),
      timeoutMs: 60_000,
    });
    if (answer.status !== 201) throw new Error(`${answer.status} ${answer.text.slice(0, 300)}`);
  }
  return performance.now() - begin;
}

// A port that was free a moment ago.
function freePort() {
  return new Promise((resolve) => {
    const probe = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

// Time from the start of the process until `path` is answered on the links listener.
async function firstAnswer(server, path, status) {
  const port = await freePort();
  server.options.links = `127.0.0.1:${port}`;
  const begin = performance.now();
  const ready = server.start();
  for (;;) {
    const answer = await request({ port, path }).catch(() => undefined);
    const took = performance.now() - begin;
    if (answer && answer.status !== status) throw new Error(`${path} answered ${answer.status}`);
    if (answer) {
      await ready;
      return took;
    }
    await sleep(5);
  }
}

// Time from the moment that a change was answered until the edge leads there.
async function untilSeen(server, name, destination) {
  const begin = performance.now();
  for (;;) {
    const asked = performance.now();
    const answer = await request({
      port: server.linksPort,
      path: `/${name}`,
      headers: { 'User-Agent': 'curl/8' },
    });
    if (answer.headers.location === destination) return asked - begin;
    if (asked - begin > 10_000) throw new Error(`/${name} leads to the old place after 10 s`);
    await sleep(kPollMs);
  }
}

async function edit(server) {
  const delays = [];
  const writes = [];
  const running = [];
  const begin = performance.now();
  const chosen = Array.from({ length: kEdits }, (_, k) => Math.floor((k * kLinks) / kEdits));
  for (const [k, i] of chosen.entries()) {
    const due = begin + (k * 1000) / kEditsPerSecond;
    await sleep(Math.max(0, due - performance.now()));
    const one = async () => {
      const destination = `https://shop.example/edited/${k}`;
      const asked = performance.now();
      await server.api.patch(`/api/v1/links/lnk_${i + 1}`, { destination });
      writes.push(performance.now() - asked);
      delays.push(await untilSeen(server, prefix(i), destination));
    };
    running.push(one());
  }
  await Promise.all(running);
  return { delays, writes, rate: (kEdits / (performance.now() - begin)) * 1000 };
}

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tallymark-bench-'));
const empty = new Server({ data: path.join(folder, 'empty'), name: 'bench-links-empty' });
const server = new Server({ data: path.join(folder, 'full'), name: 'bench-links' });
try {
  await empty.start();
  await empty.kill();
  const bareStart = await firstAnswer(empty, '/nothing', 404);
  await sleep(2000);
  const bare = memory(empty.child.pid);
  await empty.kill();

  await server.start();
  const filled = await fill(server);
  const whileFilling = memory(server.child.pid);
  await server.kill();
  const start = await firstAnswer(server, `/${prefix(kLinks - 1)}`, 302);
  await sleep(2000);
  const full = memory(server.child.pid);
  fs.writeFileSync(`/proc/${server.child.pid}/clear_refs`, '5'); // the peak begins anew
  const edited = await edit(server);
  const after = memory(server.child.pid);
  await server.kill();

  const more = full.now - bare.now;
  const most = Math.max(full.peak, after.peak) - bare.now;
  const p99 = quantile(edited.delays, 0.99);
  report({
    name: 'links',
    claim:
      '1 M links: ≤ 250 MB more resident, edits included; first redirect ≤ 2 s; an edit at the edge ≤ 100 ms, p99',
    holds: most <= 250e6 / kMiB && start <= 2000 && p99 <= 100,
    rows: [
      ['links', kLinks],
      [
        'made in bulk',
        `${(filled / 1000).toFixed(1)} s, ${((kLinks / filled) * 1000).toFixed(0)}/s`,
      ],
      ['peak resident while making them', `${whileFilling.peak.toFixed(0)} MiB`],
      [
        'links.db',
        `${(fs.statSync(path.join(folder, 'full/links.db')).size / kMiB).toFixed(0)} MiB`,
      ],
      ['start to first answer, no links', ms(bareStart)],
      ['start to first redirect', ms(start)],
      ['resident, no links', `${bare.now.toFixed(0)} MiB`],
      ['resident, more with links', `${more.toFixed(0)} MiB`],
      ['peak while starting, more', `${(full.peak - bare.now).toFixed(0)} MiB`],
      ['peak while editing, more', `${(after.peak - bare.now).toFixed(0)} MiB`],
      ['edits', `${kEdits} at ${edited.rate.toFixed(0)}/s`],
      [
        'edit answered, p50 / p99',
        `${ms(quantile(edited.writes, 0.5))} / ${ms(quantile(edited.writes, 0.99))}`,
      ],
      ['answered to at the edge, p50 / p99', `${ms(quantile(edited.delays, 0.5))} / ${ms(p99)}`],
    ],
  });
} finally {
  for (const one of [empty, server]) if (one.running) await one.kill();
  fs.rmSync(folder, { recursive: true, force: true });
}
