// SPDX-License-Identifier: Apache-2.0
//
// Questions at scale: a data folder of `tallymark demo --links`, and everything that a page of the
// console asks, over HTTP, warm, the median of several.
//
//   TALLYMARK_BENCH_CLICKS   how many clicks, default 100,000,000
//   TALLYMARK_BENCH_LINKS    on how many links, default 10,000
//   TALLYMARK_BENCH_DAYS     over how many days, default 90
//   TALLYMARK_BENCH_DATA     where data folders are kept and used again; else they are temporary
//
// A page is asked for as a browser asks: six connections, each panel on the next that is free. The
// CPU time of a page, server and engine together, tells how much of the time was waiting for others.
// What days that are over answer is kept: `anew` is the same page over ranges that nobody asked for
// yet, a day shorter each.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { queryString } from '../tests/lib/api.mjs';
import { Connection } from '../tests/lib/client.mjs';
import { quantile } from '../tests/lib/load.mjs';
import { kBootstrapKey, run, Server, sleep } from '../tests/lib/server.mjs';
import { cpuOf } from './lib/cpu.mjs';
import { ms, report } from './lib/report.mjs';
import { residentMib, Store } from './lib/store.mjs';

const kClicks = Number(process.env.TALLYMARK_BENCH_CLICKS ?? 100_000_000);
const kLinks = Number(process.env.TALLYMARK_BENCH_LINKS ?? 10_000);
const kDays = Number(process.env.TALLYMARK_BENCH_DAYS ?? 90);
const kRounds = 5;
const kRoundsAlone = 3;
const kConnections = 6;
const kDayMs = 24 * 3600 * 1000;

// What the pages show.
const kBreakdowns = [
  ...['country', 'region', 'city', 'platform', 'device', 'os', 'browser', 'referrer'],
  ...['channel', 'source', 'medium', 'campaign', 'language'],
];
const breakdowns = (by) => ({
  name: `${by.length} breakdowns`,
  path: '/api/v1/stats/breakdowns',
  query: { by: by.join(), limit: 10 },
});
const kPanels = [
  { name: 'summary', path: '/api/v1/stats/summary' },
  { name: 'timeseries', path: '/api/v1/stats/timeseries' },
  breakdowns(kBreakdowns),
  { name: 'heatmap', path: '/api/v1/stats/heatmap' },
];
// Of the workspace: by link besides.
const kWorkspacePanels = kPanels.with(2, breakdowns(['link', ...kBreakdowns]));

// A folder with the clicks, made unless it is there: {data, made (ms), seconds of making}.
async function prepare(folder) {
  const data = path.join(folder, `crowd-${kClicks}-${kLinks}-${kDays}`);
  const stamp = path.join(data, 'bench.json');
  if (fs.existsSync(stamp)) return { data, ...JSON.parse(fs.readFileSync(stamp, 'utf8')) };
  fs.rmSync(data, { recursive: true, force: true });
  const made = Date.now();
  const numbers = ['--clicks', kClicks, '--links', kLinks, '--days', kDays].map(String);
  const done = await run(['demo', '--data', data, ...numbers], { timeoutMs: 4 * 3600 * 1000 });
  if (done.code !== 0) throw new Error(`demo: ${done.stderr}`);
  const result = { made, seconds: (Date.now() - made) / 1000 };
  fs.writeFileSync(stamp, JSON.stringify(result));
  return { data, ...result };
}

class Asker {
  constructor(server) {
    const port = server.consolePort;
    this.server = server;
    this.connections = Array.from({ length: kConnections }, () => new Connection({ port }));
  }

  async open() {
    await Promise.all(this.connections.map((connection) => connection.open()));
  }

  async ask(connection, panel, query) {
    const target = panel.path + queryString({ ...query, ...panel.query });
    const headers = { Authorization: `Bearer ${kBootstrapKey}`, Accept: 'application/json' };
    const answer = await connection.request({ path: target, headers });
    if (answer.status !== 200) throw new Error(`${target}: ${answer.status} ${answer.text}`);
    return JSON.parse(answer.text);
  }

  // All panels of a page; how long until the last was there.
  async page(panels, query) {
    const left = [...panels];
    const started = performance.now();
    await Promise.all(
      this.connections.map(async (connection) => {
        for (let panel = left.shift(); panel; panel = left.shift())
          await this.ask(connection, panel, query);
      }),
    );
    return performance.now() - started;
  }

  // The median of a page, of it asked anew, and of each panel asked for alone, slowest first.
  async measure(panels, query) {
    await this.page(panels, query);
    const anew = [];
    for (let day = 1; day <= kRoundsAlone; ++day) {
      const from = new Date(Date.parse(query.from) + day * kDayMs).toISOString();
      anew.push(await this.page(panels, { ...query, from }));
    }
    const whole = [];
    const before = cpuOf(this.server.pid).total;
    for (let i = 0; i < kRounds; ++i) whole.push(await this.page(panels, query));
    const cpu = (cpuOf(this.server.pid).total - before) / kRounds / 1000;
    const alone = [];
    for (const panel of panels) {
      const times = [];
      for (let i = 0; i < kRoundsAlone; ++i) {
        const started = performance.now();
        await this.ask(this.connections[0], panel, query);
        times.push(performance.now() - started);
      }
      alone.push([panel.name, quantile(times, 0.5)]);
    }
    alone.sort(([, a], [, b]) => b - a);
    return { page: quantile(whole, 0.5), anew: quantile(anew, 0.5), cpu, alone };
  }

  close() {
    for (const connection of this.connections) connection.close();
  }
}

// Until every day that is over is counted ahead; how many are, and how many seconds that took.
async function untilClosed(store) {
  const started = performance.now();
  for (;;) {
    const days = await store.number(
      `SELECT uniqExact(begins) FROM (SELECT begins FROM tallymark.closed_ranges
       GROUP BY begins, version HAVING min(is_closed) = 1)`,
    );
    if (days >= kDays - 1) return { days, seconds: (performance.now() - started) / 1000 };
    await sleep(500);
  }
}

const say = ({ page, anew, cpu, alone }) =>
  `${ms(page)}, CPU ${ms(cpu)}; anew ${ms(anew)} (alone: ${alone
    .slice(0, 3)
    .map(([name, time]) => `${name} ${ms(time)}`)
    .join(', ')}; all ${ms(alone.reduce((sum, [, time]) => sum + time, 0))})`;

async function measureAll(server, made) {
  const store = new Store(server.data);
  const closed = await untilClosed(store);
  const size = await store.settled();

  const time = (when) => new Date(when).toISOString();
  // As the console asks: whole days, and today until now.
  const today = Math.floor(made / kDayMs) * kDayMs;
  const whole = { from: time(today - (kDays - 1) * kDayMs), to: time(made) };
  const month = { from: time(today - 29 * kDayMs), to: time(made) };
  const asker = new Asker(server);
  await asker.open();
  const links = await store.ask(
    `SELECT link_id, count() AS hits FROM tallymark.clicks WHERE link_id != 0
     GROUP BY link_id ORDER BY hits DESC, link_id`,
  );
  const figures = { closed, pages: [], filtered: [], rows: [] };
  for (const [name, [id, hits]] of [
    ['most clicked', links[0]],
    ['middle', links[Math.floor(links.length / 2)]],
    ['tail', links.at(-1)],
  ]) {
    const query = { ...whole, link: `lnk_${id}` };
    figures.pages.push({
      name: `${name} link, ${hits} hits, ${kDays} days`,
      query,
      panels: kPanels,
    });
  }
  const panels = kWorkspacePanels;
  figures.dashboard = { name: 'workspace, 30 days', query: month, panels };
  for (const filter of [{ country: 'DE' }, { device: 'mobile' }])
    figures.filtered.push({
      name: `workspace, 30 days, ${Object.entries(filter).join().replace(',', '=')}`,
      query: { ...month, ...filter },
      panels,
    });
  // No count has this filter, which every click meets: the same answers from rows alone.
  for (const page of [figures.pages[0], figures.dashboard])
    figures.rows.push({
      ...page,
      name: `${page.name}, from rows`,
      query: { ...page.query, imported: 'false' },
    });
  for (const page of [...figures.pages, figures.dashboard, ...figures.filtered, ...figures.rows]) {
    Object.assign(page, await asker.measure(page.panels, page.query));
    console.log(`${page.name}: ${say(page)}`);
  }
  asker.close();
  const memory = residentMib(server.enginePid());
  return { ...figures, size, memory, columns: await store.columns() };
}

const kept = process.env.TALLYMARK_BENCH_DATA;
const folder = kept ?? fs.mkdtempSync(path.join(os.tmpdir(), 'tallymark-bench-scale-'));
let server;
try {
  fs.mkdirSync(folder, { recursive: true });
  const { data, made, seconds } = await prepare(folder);
  server = new Server({ data, name: 'bench-scale', startMs: 600000 });
  server.data = data;
  await server.start();
  const got = await measureAll(server, made);
  const each = got.size.bytes / got.size.rows;
  const worst = (pages) => Math.max(...pages.map(({ page }) => page));
  report({
    name: `scale, ${kClicks / 1e6} M clicks on ${kLinks} links over ${kDays} days`,
    claim:
      "a link's page ≤ 50 ms, workspace 30 days ≤ 300 ms, a filter added ≤ 1.5 s, " +
      '≤ 30 bytes a click, engine ≤ 1.5 GB',
    holds:
      worst(got.pages) <= 50 &&
      got.dashboard.page <= 300 &&
      worst(got.filtered) <= 1500 &&
      each <= 30 &&
      got.memory.peak <= 1.5 * 1024,
    rows: [
      ...[...got.pages, got.dashboard, ...got.filtered, ...got.rows].map((page) => [
        page.name,
        say(page),
      ]),
      ['counted ahead', `${got.closed.days} days in ${got.closed.seconds.toFixed(0)} s`],
      ['on disk', `${each.toFixed(2)} bytes a click, ${got.size.parts} parts`],
      [
        'the largest columns',
        got.columns
          .map(([name, bytes]) => `${name} ${(bytes / got.size.rows).toFixed(2)}`)
          .join(', '),
      ],
      [
        'engine resident, peak',
        `${got.memory.now.toFixed(0)} MiB, ${got.memory.peak.toFixed(0)} MiB`,
      ],
      ['made in', `${seconds.toFixed(0)} s, ${(kClicks / seconds / 1e3).toFixed(0)} k/s stored`],
    ],
  });
} finally {
  if (server?.running) await server.stop();
  if (!kept) fs.rmSync(folder, { recursive: true, force: true });
}
