// SPDX-License-Identifier: Apache-2.0
//
// From journal to store: how fast what waits in the journal gets into the click store, and what it
// costs. The journal is filled beforehand (src/cli/journal_fill_bench.cc), so nothing else runs
// while it is drained; the pipeline is the product's own.
//
//   TALLYMARK_BENCH_HITS   how many, default 4,000,000
//   TALLYMARK_BENCH_COLD   the part of visitors with a user agent seen nowhere before, default 0.02
//   TALLYMARK_BENCH_DATA   where the data folder is made and left, to look at; else it is temporary
//
// Time runs from the first hit enriched to the last one stored; CPU from the ready line until
// then, and once more until merges have settled.
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

import { kRoot, Server, sleep } from '../tests/lib/server.mjs';
import { browserRequests, kDestination, kLinks } from './lib/browser_requests.mjs';
import { cpuBetween, cpuOf } from './lib/cpu.mjs';
import { report } from './lib/report.mjs';
import { residentMib, Store } from './lib/store.mjs';

const kHits = Number(process.env.TALLYMARK_BENCH_HITS ?? 4_000_000);
const kCold = Number(process.env.TALLYMARK_BENCH_COLD ?? 0.02);
const kPerSecond = 400_000;
const kLongestDrainMs = 3600_000;
const kFiller = path.join(kRoot, 'build/release/src/cli/journal_fill_bench');
const execute = promisify(execFile);

// A data folder with links and a journal full of hits: bytes of the journal for each.
async function fill(data, folder) {
  const server = new Server({ data, name: 'bench-ingest-links' });
  await server.start();
  const links = Array.from({ length: kLinks }, (_, i) => ({
    prefix: `e${i}`,
    destination: `${kDestination}/${i}`,
    utm: { source: 'newsletter', medium: 'email', campaign: `campaign-${i % 200}` },
  }));
  await server.api.post('/api/v1/links/bulk', { links });
  await server.stop();
  const requests = path.join(folder, 'requests.txt');
  fs.writeFileSync(requests, browserRequests().join(''));
  await execute(kFiller, [data, requests, ...[kHits, kPerSecond, kCold].map(String)]);
  const raw = path.join(data, 'journal/raw');
  return fs.readdirSync(raw).reduce((sum, name) => sum + fs.statSync(path.join(raw, name)).size, 0);
}

async function counters(server) {
  const { text } = await server.api.call('GET', '/metrics');
  const of = (name) => Number(new RegExp(`^${name} (\\S+)`, 'm').exec(text)[1]);
  const steps = [...text.matchAll(/^tallymark_enrich_step_seconds_total\{step="(\w+)"\} (\S+)/gm)];
  return {
    at: performance.now(),
    enriched: of('tallymark_enriched_total'),
    stored: of('tallymark_stored_total'),
    inserts: of('tallymark_store_inserts_total'),
    steps: steps.map(([, name, seconds]) => [name, Number(seconds)]),
  };
}

function cpuNow(server) {
  return { all: cpuOf(server.pid), engine: cpuOf(server.enginePid()) };
}

function spent(before, after) {
  const all = cpuBetween(before.all, after.all);
  const engine = cpuBetween(before.engine, after.engine);
  return { all: all.total, engine: engine.total, threads: all.threads };
}

// Starts serve on the folder and waits until all is stored.
async function drain(server) {
  await server.start();
  while (server.enginePid() === undefined) await sleep(10);
  const before = cpuNow(server);
  let first;
  let last;
  let enriched;
  const deadline = Date.now() + kLongestDrainMs;
  do {
    await sleep(100);
    last = await counters(server);
    if (last.enriched > 0) first ??= last;
    if (last.enriched >= kHits) enriched ??= last;
    if (Date.now() > deadline) throw new Error(`stored ${last.stored} of ${kHits}`);
  } while (last.stored < kHits);
  const stored = cpuNow(server);
  const store = new Store(server.data);
  const size = await store.settled();
  const settled = cpuNow(server);
  return {
    perSecond: ((kHits - first.stored) / (last.at - first.at)) * 1000,
    enrichedPerSecond: ((kHits - first.enriched) / (enriched.at - first.at)) * 1000,
    last,
    seconds: (last.at - first.at) / 1000,
    cpu: spent(before, stored),
    merges: spent(stored, settled),
    size,
    columns: await store.columns(),
    memory: { serve: residentMib(server.pid), engine: residentMib(server.enginePid()) },
  };
}

const kept = process.env.TALLYMARK_BENCH_DATA;
const folder = kept ?? fs.mkdtempSync(path.join(os.tmpdir(), 'tallymark-bench-ingest-'));
const data = path.join(folder, 'ingest');
let server;
try {
  fs.rmSync(data, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
  const journal = await fill(data, folder);
  console.log(`journal filled: ${kHits} hits, ${(journal / kHits).toFixed(0)} bytes each`);
  // The journal waits as it never could otherwise.
  const settings = { 'journal.max_bytes': '64GiB' };
  server = new Server({ data, settings, name: 'bench-ingest', startMs: 600000 });
  server.data = data;
  const got = await drain(server);
  const each = (us) => (us / kHits).toFixed(2);
  const bytes = got.size.bytes / got.size.rows;
  const threads = Object.entries(got.cpu.threads).sort(([, a], [, b]) => b - a);
  report({
    name: `ingest, ${kHits / 1e6} M hits from the journal, ${kCold * 100} % cold agents`,
    claim: '≥ 400 k clicks/s, ≤ 5 µs of CPU a click with merges, ≤ 30 bytes a click',
    holds: got.perSecond >= 400_000 && (got.cpu.all + got.merges.all) / kHits <= 5 && bytes <= 30,
    rows: [
      ['stored', `${(got.perSecond / 1e3).toFixed(0)} k/s, all within ${got.seconds.toFixed(1)} s`],
      ['enriched', `${(got.enrichedPerSecond / 1e3).toFixed(0)} k/s`],
      ['CPU until stored', `${each(got.cpu.all)} µs a click, engine ${each(got.cpu.engine)}`],
      ['CPU of merges afterwards', `${each(got.merges.all)} µs a click`],
      [
        'threads, µs a click',
        threads
          .slice(0, 8)
          .map(([name, us]) => `${name} ${each(us)}`)
          .join(', '),
      ],
      [
        'enrichment steps, µs a click',
        got.last.steps.map(([name, s]) => `${name} ${((s / kHits) * 1e6).toFixed(3)}`).join(', '),
      ],
      ['inserts', `${got.last.inserts} of ${(kHits / got.last.inserts / 1e3).toFixed(0)} k rows`],
      ['on disk', `${bytes.toFixed(2)} bytes a click, ${got.size.parts} parts`],
      [
        'the largest columns',
        got.columns
          .map(([name, size]) => `${name} ${(size / got.size.rows).toFixed(2)}`)
          .join(', '),
      ],
      ['journal', `${(journal / kHits).toFixed(0)} bytes a hit`],
      [
        'resident, peak',
        `serve ${got.memory.serve.peak.toFixed(0)} MiB, engine ${got.memory.engine.peak.toFixed(0)} MiB`,
      ],
    ],
  });
} finally {
  if (server?.running) await server.stop({ timeoutMs: 120000 });
  if (!kept) fs.rmSync(folder, { recursive: true, force: true });
}
