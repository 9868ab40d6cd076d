// SPDX-License-Identifier: Apache-2.0
//
// Exports at scale: every click of a `tallymark demo --links` folder as CSV, NDJSON and Parquet over
// HTTP, by a reader that only counts bytes, and how much memory that takes.
//
//   TALLYMARK_BENCH_CLICKS   how many clicks, default 2,000,000
//   TALLYMARK_BENCH_LINKS    on how many links, default 10,000
//   TALLYMARK_BENCH_DAYS     over how many days, default 90
//   TALLYMARK_BENCH_DATA     where data folders are kept and used again; else they are temporary
import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';

import { kBootstrapKey, run, Server } from '../tests/lib/server.mjs';
import { cpuOf } from './lib/cpu.mjs';
import { report } from './lib/report.mjs';
import { residentMib } from './lib/store.mjs';

const kClicks = Number(process.env.TALLYMARK_BENCH_CLICKS ?? 2_000_000);
const kLinks = Number(process.env.TALLYMARK_BENCH_LINKS ?? 10_000);
const kDays = Number(process.env.TALLYMARK_BENCH_DAYS ?? 90);
const kTarget = 300_000; // rows of CSV a second

async function prepare(folder) {
  const data = path.join(folder, `crowd-${kClicks}-${kLinks}-${kDays}`);
  if (fs.existsSync(data)) return data;
  const numbers = ['--clicks', kClicks, '--links', kLinks, '--days', kDays].map(String);
  const done = await run(['demo', '--data', data, ...numbers], { timeoutMs: 3600 * 1000 });
  if (done.code !== 0) throw new Error(`demo: ${done.stderr}`);
  return data;
}

// Reads an export to its end: {bytes, lines, seconds, cpu (s)}.
function read(server, file) {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const before = cpuOf(server.pid).total;
    http
      .get(
        `${server.consoleUrl}/api/v1/${file}`,
        { headers: { Authorization: `Bearer ${kBootstrapKey}` } },
        (answer) => {
          let bytes = 0;
          let lines = 0;
          answer.on('data', (chunk) => {
            bytes += chunk.length;
            for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) ++lines;
          });
          answer.on('error', reject);
          answer.on('end', () => {
            const seconds = (performance.now() - started) / 1000;
            const cpu = (cpuOf(server.pid).total - before) / 1e6;
            if (answer.statusCode !== 200) reject(new Error(`${file}: ${answer.statusCode}`));
            resolve({ bytes, lines, seconds, cpu });
          });
        },
      )
      .on('error', reject);
  });
}

const kept = process.env.TALLYMARK_BENCH_DATA;
const folder = kept ?? fs.mkdtempSync(path.join(os.tmpdir(), 'tallymark-export-'));
const server = new Server({ data: await prepare(folder), name: 'bench-export' });
await server.start();
try {
  const query = 'traffic=all&range=all';
  await read(server, `export.csv?${query}&range=24h`.replace('range=all&', ''));
  const rows = [];
  let rate = 0;
  let total = 0;
  const before = residentMib(server.pid).now;
  for (const format of ['csv', 'ndjson', 'parquet']) {
    const got = await read(server, `export.${format}?${query}`);
    if (format === 'csv') {
      total = got.lines - 1;
      rate = total / got.seconds;
      rows.push(['rows', String(total)]);
    }
    const perSecond = Math.round(total / got.seconds).toLocaleString('en');
    rows.push([
      format,
      `${perSecond} rows/s, ${(got.bytes / total).toFixed(0)} bytes a row, ` +
        `${((got.cpu / total) * 1e6).toFixed(2)} µs CPU a row`,
    ]);
  }
  const memory = residentMib(server.pid);
  rows.push(['server, resident before, highest', `${before.toFixed(0)}, ${memory.peak.toFixed(0)} MiB`]);
  rows.push(['engine, highest', `${residentMib(server.enginePid()).peak.toFixed(0)} MiB`]);
  report({ name: 'export', claim: '300,000 rows of CSV a second', holds: rate >= kTarget, rows });
} finally {
  await server.stop();
  if (!kept) fs.rmSync(folder, { recursive: true, force: true });
}
