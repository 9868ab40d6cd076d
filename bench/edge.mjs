// SPDX-License-Identifier: Apache-2.0
//
// The redirect with full tracking beside nginx's bare `return 302`: same core, same requests.
//
// Both servers are pinned to core 0 (tallymark with every process and thread it has) and driven by
// wrk from core 1 with what browsers send, over 10,000 links whose popularity falls off as 1/rank.
// Rounds alternate. What is compared is CPU time per request, from /proc: of the edge's thread
// alone, and of everything tallymark does for a click until it is stored: a round is over when the
// store has it all. Times are wrk's; at half load both servers get the same rate.
//
//   TALLYMARK_BENCH_SECONDS   of one measurement, default 5
//   TALLYMARK_BENCH_ROUNDS    default 3
//   TALLYMARK_BENCH_PARTS     saturation,close,half,logged,sync (default all)
//   TALLYMARK_BENCH_CONNECTIONS   default 1,32,64,256,512
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { median } from '../tests/lib/load.mjs';
import { sleep } from '../tests/lib/server.mjs';
import {
  browserRequests,
  createLinks,
  kDestination,
  kLinks,
  kRequests,
} from './lib/browser_requests.mjs';
import { cpuBetween, cpuOf } from './lib/cpu.mjs';
import { Nginx } from './lib/nginx.mjs';
import { report } from './lib/report.mjs';
import { withServer } from './lib/with_server.mjs';
import { Wrk } from './lib/wrk.mjs';

const kSeconds = Number(process.env.TALLYMARK_BENCH_SECONDS ?? 5);
const kRounds = Number(process.env.TALLYMARK_BENCH_ROUNDS ?? 3);
const kParts = (process.env.TALLYMARK_BENCH_PARTS ?? 'saturation,close,half,logged,sync').split(
  ',',
);
const kConnections = (process.env.TALLYMARK_BENCH_CONNECTIONS ?? '1,32,64,256,512')
  .split(',')
  .map(Number);
const kServerCore = 0;
const kWrkCore = 1;

// One measurement: wrk's figures, and CPU µs per request of the whole tree and of each thread.
async function measure(wrk, { port, pid, settle }, load) {
  const before = cpuOf(pid);
  const result = await wrk.run({ port, seconds: kSeconds, ...load });
  if (result.errors > 0) throw new Error(`${result.errors} requests failed`);
  const drained = settle ? await settle() : 0;
  const { total, threads } = cpuBetween(before, cpuOf(pid));
  const per = (us) => us / result.requests;
  return {
    ...result,
    drained,
    tree: per(total),
    threads: Object.fromEntries(Object.entries(threads).map(([name, us]) => [name, per(us)])),
  };
}

const us = (value) => `${value.toFixed(2)} µs`;
const middle = (rounds, read) => median(rounds.map(read));
const edgeOf = (one) => one.threads.edge;

async function withTallymark(durability, run) {
  await withServer(
    `edge-${durability}`,
    async (server) => {
      await createLinks(server);
      const settle = async () => {
        const started = Date.now();
        await server.api.untilStored({ timeoutMs: 120000 });
        return (Date.now() - started) / 1000;
      };
      await run({ port: server.linksPort, pid: server.pid, settle });
    },
    {
      settings: { 'journal.durability': durability, 'edge.threads': '1' },
      wrap: ['taskset', '-c', String(kServerCore)],
    },
  );
}

async function alternate(sides, rounds, one) {
  const found = Object.fromEntries(Object.keys(sides).map((name) => [name, []]));
  for (let i = 0; i < rounds; ++i) {
    const names = Object.keys(sides);
    for (const name of i % 2 ? names.reverse() : names) found[name].push(await one(sides[name]));
  }
  return found;
}

function threadsText(rounds) {
  return Object.keys(rounds[0].threads)
    .map((name) => [name, middle(rounds, (one) => one.threads[name] ?? 0)])
    .sort((a, b) => b[1] - a[1])
    .slice(0, 8)
    .map(([name, value]) => `${name} ${value.toFixed(2)}`)
    .join(', ');
}

async function saturation(wrk, sides, rows, claims, label) {
  for (const connections of kConnections) {
    const got = await alternate(sides, kRounds, (side) => measure(wrk, side, { connections }));
    const row = (rounds) =>
      `${middle(rounds, (one) => one.perSecond).toFixed(0)}/s, p50 ${middle(rounds, (one) => one.p50)} p99 ${middle(rounds, (one) => one.p99)} p99.9 ${middle(rounds, (one) => one.p999)} µs, CPU ${us(middle(rounds, (one) => one.tree))}`;
    const anchor = middle(got.nginx, (one) => one.tree);
    const edge = middle(got.tallymark, edgeOf) / anchor;
    const tree = middle(got.tallymark, (one) => one.tree) / anchor;
    claims.push({ label, connections, edge, tree });
    rows.push(
      [`${label} ${connections}: nginx`, row(got.nginx)],
      [
        `${label} ${connections}: tallymark`,
        `${row(got.tallymark)}, edge ${us(middle(got.tallymark, edgeOf))}, drained in ${middle(got.tallymark, (one) => one.drained).toFixed(1)} s`,
      ],
      [`${label} ${connections}: threads`, threadsText(got.tallymark)],
      [`${label} ${connections}: ratio edge, tree`, `${edge.toFixed(2)}, ${tree.toFixed(2)}`],
    );
    console.log(
      rows
        .slice(-4)
        .map((one) => one.join(': '))
        .join('\n'),
    );
  }
}

async function halfLoad(wrk, sides, rows, label) {
  const ratios = [];
  for (const connections of kConnections.filter((count) => count >= 32)) {
    const full = await alternate(sides, 1, (side) => measure(wrk, side, { connections }));
    const perSecond =
      Math.min(...Object.values(full).map((rounds) => middle(rounds, (one) => one.perSecond))) / 2;
    const got = await alternate(sides, kRounds, async (side) => {
      const delayMs = await wrk.delayFor({ port: side.port, connections, perSecond });
      return measure(wrk, side, { connections, delayMs });
    });
    const row = (rounds) =>
      `${middle(rounds, (one) => one.perSecond).toFixed(0)}/s, p50 ${middle(rounds, (one) => one.p50)} p99 ${middle(rounds, (one) => one.p99)} p99.9 ${middle(rounds, (one) => one.p999)} µs`;
    const ratio = middle(got.tallymark, (one) => one.p99) / middle(got.nginx, (one) => one.p99);
    ratios.push(ratio);
    rows.push(
      [`${label} ${connections}: nginx`, row(got.nginx)],
      [`${label} ${connections}: tallymark`, row(got.tallymark)],
      [`${label} ${connections}: p99 ratio`, ratio.toFixed(2)],
    );
    console.log(
      rows
        .slice(-3)
        .map((one) => one.join(': '))
        .join('\n'),
    );
  }
  return ratios;
}

// p99 of an fdatasync of 4 KiB into a file that has its blocks, in µs.
function syncP99(folder) {
  const file = fs.openSync(path.join(folder, 'sync'), 'w');
  fs.writeSync(file, Buffer.alloc(4 << 20));
  fs.fsyncSync(file);
  const block = Buffer.alloc(4096, 1);
  const times = [];
  for (let i = 0; i < 1000; ++i) {
    fs.writeSync(file, block, 0, block.length, i * 4096);
    const started = process.hrtime.bigint();
    fs.fdatasyncSync(file);
    times.push(Number(process.hrtime.bigint() - started) / 1000);
  }
  fs.closeSync(file);
  return times.sort((a, b) => a - b)[Math.floor(times.length * 0.99)];
}

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tallymark-bench-edge-'));
const anchor = (options) =>
  new Nginx(folder, { core: kServerCore, location: `${kDestination}/1`, ...options }).start();
const nginx = await anchor({});
const logged = kParts.includes('logged') ? await anchor({ accessLog: true }) : undefined;
const wrk = new Wrk(folder, browserRequests(), kWrkCore);
const rows = [
  [
    'load',
    `${kRounds} rounds × ${kSeconds} s, ${kLinks} links, ${kRequests} requests, keep-alive unless said`,
  ],
  [
    'anchor',
    execFileSync('/usr/sbin/nginx', ['-v'], { stdio: 'pipe', encoding: 'utf8' }) || 'nginx',
  ],
];
const claims = [];
const notes = { half: [], os512: 0, sync512: 0 };
try {
  await withTallymark('os', async (tallymark) => {
    const sides = { nginx: { port: nginx.port, pid: nginx.pid }, tallymark };
    await measure(wrk, tallymark, { connections: 64 }); // warm-up
    if (kParts.includes('saturation')) await saturation(wrk, sides, rows, claims, 'os');
    if (kParts.includes('half')) notes.half = await halfLoad(wrk, sides, rows, 'os half load');
    if (kParts.includes('close')) {
      const closing = fs.mkdtempSync(path.join(folder, 'close-'));
      await saturation(
        new Wrk(closing, browserRequests({ close: true }), kWrkCore),
        sides,
        rows,
        [],
        'os, closing',
      );
    }
    if (logged) {
      const both = { nginx: { port: logged.port, pid: logged.pid }, tallymark };
      await saturation(wrk, both, rows, [], 'os, nginx logging');
    }
    const full = await measure(wrk, tallymark, { connections: 512 });
    notes.os512 = full.perSecond;
  });
  if (kParts.includes('sync')) {
    await withTallymark('sync', async (tallymark) => {
      const sides = { nginx: { port: nginx.port, pid: nginx.pid }, tallymark };
      await measure(wrk, tallymark, { connections: 64 });
      await saturation(wrk, sides, rows, [], 'sync');
      notes.sync512 = middle(
        (
          await alternate({ tallymark }, kRounds, (side) =>
            measure(wrk, side, { connections: 512 }),
          )
        ).tallymark,
        (one) => one.perSecond,
      );
      await halfLoad(wrk, sides, rows, 'sync half load');
      rows.push(['fdatasync of 4 KiB, p99', `${syncP99(folder).toFixed(0)} µs`]);
      rows.push(['sync ÷ os throughput at 512', (notes.sync512 / notes.os512).toFixed(2)]);
    });
  }
} finally {
  await nginx.stop();
  await logged?.stop();
  await sleep(100);
  fs.rmSync(folder, { recursive: true, force: true });
}
report({
  name: 'edge',
  claim: 'os, keep-alive, saturation: edge thread ≤ 1.0 × nginx, whole tree ≤ 2.0 ×',
  holds: claims.every((one) => one.edge <= 1.0 && one.tree <= 2.0),
  rows,
});
