// SPDX-License-Identifier: Apache-2.0
//
// The promise under kill -9, as a check that can be run on the product and on mutants of it.
//
// Load with a marker in every request (utm_content=<k>) runs while the serve process, or its engine,
// is killed at seeded random moments and started again on the same data folder; or the disk loses
// power at those moments (cut_disk.mjs) and everything dies with it. Or serve is killed in the middle
// of saving first clicks, in every other round while it starts; or while a start forgets days that
// are over. Afterwards every recorded hit is read back and held against the sender's books:
//
//   acknowledged ≤ recorded ≤ sent      per marker, not just in sum
//   no marker and no click id twice
//   extras (recorded, never acknowledged) are at most the requests in flight at the kills
//   `first` is set exactly once per (visitor, link, day), on the earliest hit or one within a second
//   with a disk: every link whose creation was answered is there
//
// The check returns what it found wrong as lines of text instead of throwing, because for a mutant
// a finding is the wanted result.
import fs from 'node:fs';
import path from 'node:path';

import { randomV4 } from './corpus.mjs';
import { Load } from './load.mjs';
import { Random } from './random.mjs';
import { alive, kFull, Server, sleep } from './server.mjs';

const kAgents = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/153.0.0.0 Safari/537.36',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.6.1 Mobile/15E148 Safari/604.1',
  'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/153.0.0.0 Mobile Safari/537.36',
];

// Requests whose facts can be worked out again from k: a visitor is (address, agent), and few enough
// of them exist that most clicks are repetitions.
export class MarkedTraffic {
  // padding: bytes in each of five parameters, which make a click larger.
  constructor(links, seed, { visitors = 400, padding = 0 } = {}) {
    const random = new Random(seed);
    this.padding = ['utm_source', 'utm_medium', 'utm_campaign', 'utm_term', 'src']
      .map((name) => (padding > 0 ? `&${name}=${'x'.repeat(padding)}` : ''))
      .join('');
    this.links = links;
    this.visitors = Array.from({ length: visitors }, (_, i) => ({
      address: randomV4(random),
      agent: kAgents[i % kAgents.length],
      link: links[random.between(0, links.length - 1)],
    }));
  }

  visitorOf(k) {
    return this.visitors[(k * 7919) % this.visitors.length];
  }

  // A visitor clicks one link only, so the burst rule never applies.
  request(k) {
    const visitor = this.visitorOf(k);
    return {
      path: `/${visitor.link.prefix}?utm_content=${k}${this.padding}`,
      headers: { 'User-Agent': visitor.agent, 'X-Forwarded-For': visitor.address },
    };
  }
}

// Links crash-0, crash-1, …; resolves when the edge knows them.
export async function createLinks(server, count) {
  const links = await server.api.createLinks(
    Array.from({ length: count }, (_, i) => ({
      prefix: `crash-${i}`,
      destination: `https://example.com/landing/${i}`,
    })),
  );
  await server.untilAtEdge(count);
  return links;
}

// How often to kill or to cut: what the variable says, 1,000 in a full run, else `reduced`.
export function roundsOf(variable, reduced) {
  const wanted = process.env[variable];
  if (wanted === undefined || wanted === '') return kFull ? 1000 : reduced;
  const rounds = Number(wanted);
  if (!Number.isInteger(rounds) || rounds < 1) throw new Error(`${variable}=${wanted}`);
  return rounds;
}

const kRounds = {
  serve: serveRound,
  engine: engineRound,
  disk: diskRound,
  visitors: visitorsRound,
  forgetting: forgettingRound,
};

// options: data (folder), binary, rounds, seed, target (a key of kRounds), disk (a CutDisk that
// holds data), perSecond, connections, minMs, maxMs (when after the start of load, or of a save, the
// kill comes), name, settings, wrap, traffic (options of MarkedTraffic); for `forgetting` also
// addOldDays(data), ofOldDays(data): their files, onKill(how many of them a killed start has left).
// Gives {findings, sent, acknowledged, recorded, extras, rounds}.
export async function runKillCheck(options) {
  const { data, binary, rounds, seed, target, perSecond = 3000, connections = 32 } = options;
  const { minMs = 40, maxMs = 700, name = `kill-${target}`, settings = {}, wrap, disk } = options;
  const random = new Random(seed);
  const server = new Server({ data, binary, name, settings, wrap });
  await server.start();
  const findings = [];
  let done = 0;
  try {
    const links = await createLinks(server, 20);
    const traffic = new MarkedTraffic(links, seed, options.traffic);
    const load = new Load({ make: (k) => traffic.request(k), connections, perSecond });
    const books = { recorded: 0, extras: 0 };
    const created = links.map((link) => link.prefix);
    for (; done < rounds; ++done) {
      const wait = random.between(minMs, maxMs);
      const round = { server, load, findings, wait, disk, created, random, options };
      await kRounds[target]({ ...round, round: done });
    }
    if (!server.running) await server.start();
    await verify(server, load, traffic, books, findings);
    if (target === 'disk') await checkLinks(server, created, findings);
    return {
      findings,
      sent: load.sent.size,
      acknowledged: load.answered.size,
      rounds: done,
      ...books,
    };
  } finally {
    if (server.running) await server.kill();
  }
}

async function serveRound({ server, load, wait, findings }) {
  if (!server.running) await server.start();
  load.failures.length = 0;
  load.start(server.linksPort);
  await sleep(wait);
  if (load.failures.length > 0) findings.push(`before the kill: ${load.failures[0].message}`);
  await server.kill();
  await load.stop();
}

// Every other round has no load and may be over before the server is ready: then it is the start
// that saves and merges.
async function visitorsRound({ server, load, wait, findings, round }) {
  const folder = path.join(server.data, 'visitors');
  if (round % 2 === 0) {
    if (!server.running) await server.start();
    load.failures.length = 0;
    load.start(server.linksPort);
    await sleep(wait * 60); // what has changed by then was the start's
    await untilChanged(folder);
    if (load.failures.length > 0) findings.push(`before the kill: ${load.failures[0].message}`);
    await sleep(wait);
    await server.kill();
    await load.stop();
  } else {
    const started = server.start().catch(() => {});
    await untilChanged(folder);
    await sleep(wait);
    await server.kill();
    await started;
  }
}

// A start that lives, some load, its end, clean or not; then starts that are killed some
// milliseconds after they have begun to forget.
async function forgettingRound({ server, load, wait, findings, round, random, options }) {
  const { data, addOldDays, ofOldDays, onKill, minMs, maxMs } = options;
  if (!server.running) await server.start();
  const left = ofOldDays(data);
  if (left.length > 0) findings.push(`${left.length} files of old days are left, as ${left[0]}`);
  load.failures.length = 0;
  load.start(server.linksPort);
  await sleep(500);
  await load.stop();
  if (load.failures.length > 0) findings.push(`before the kill: ${load.failures[0].message}`);
  await (round % 2 === 0 ? server.stop() : server.kill());
  await addOldDays(data);
  for (let kills = 0; kills < 3; ++kills) {
    const before = ofOldDays(data).length;
    if (before === 0) break;
    const started = server.start().catch(() => {});
    const deadline = Date.now() + 5000;
    while (ofOldDays(data).length === before && Date.now() < deadline) await sleep(1);
    await sleep(kills === 0 ? wait : random.between(minMs, maxMs));
    await server.kill();
    await started;
    onKill(ofOldDays(data).length);
  }
  if (server.stderr.includes('unique clicks:')) findings.push('files of first clicks were lost');
}

async function untilChanged(folder, timeoutMs = 5000) {
  const look = () => fs.readdirSync(folder).sort().join();
  const before = look();
  const deadline = Date.now() + timeoutMs;
  while (look() === before && Date.now() < deadline) await sleep(2);
}

async function engineRound({ server, load, wait, findings }) {
  load.failures.length = 0;
  load.start(server.linksPort);
  await sleep(wait);
  const engine = await engineOf(server);
  process.kill(engine, 'SIGKILL');
  await sleep(300);
  await load.stop();
  if (load.failures.length > 0) findings.push(`engine killed: ${load.failures[0].message}`);
}

// Clicks and edits of links up to the moment of the cut; whatever is answered later is not heard.
async function diskRound({ server, load, wait, findings, disk, created }) {
  if (!server.running) await server.start();
  await disk.arm();
  load.failures.length = 0;
  load.start(server.linksPort);
  const edits = editUntilCut(server, load, created);
  await sleep(wait);
  if (load.failures.length > 0) findings.push(`before the cut: ${load.failures[0].message}`);
  const pids = [server.pid, server.enginePid()].filter((pid) => pid !== undefined);
  load.cut();
  await disk.cut(pids);
  await Promise.all([load.stop(), edits, server.exit]);
  while (pids.some(alive)) await sleep(10);
  await disk.remount();
}

async function editUntilCut(server, load, created) {
  try {
    for (let i = 0; load.running; ++i) {
      const prefix = `cut-${server.starts}-${i}`;
      await server.api.post('/api/v1/links', { prefix, destination: 'https://example.com/' });
      if (load.running) created.push(prefix);
      await sleep(20);
    }
  } catch (error) {
    if (load.running) throw error;
  }
}

async function checkLinks(server, created, findings) {
  const there = new Set((await server.api.all('/api/v1/links')).map((link) => link.prefix));
  const lost = created.filter((prefix) => !there.has(prefix));
  if (lost.length > 0) findings.push(`${lost.length} created links are lost, such as ${lost[0]}`);
}

// The engine's pid; it may be between two lives.
export async function engineOf(server, timeoutMs = 30000) {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const pid = server.enginePid();
    if (pid) return pid;
    if (Date.now() > deadline) throw new Error(`no engine child within ${timeoutMs} ms`);
    await sleep(20);
  }
}

export async function verify(server, load, traffic, books, findings) {
  await server.api.untilStored({ timeoutMs: 120000 });
  const rows = await server.api.all('/api/v1/clicks', { range: '7d', traffic: 'all', limit: 1000 });
  books.recorded = rows.length;
  for (const [k, { status }] of load.answered) {
    if (status !== 302) findings.push(`request ${k} was answered ${status}`);
  }
  checkIdentity(rows, load, books, findings);
  checkFirst(rows, traffic, findings);
  const summary = await server.api.get('/api/v1/stats/summary', { range: '7d' });
  const first = rows.filter((row) => row.first).length;
  if (summary.clicks !== rows.length)
    findings.push(`summary ${summary.clicks}, rows ${rows.length}`);
  if (summary.unique_clicks !== first)
    findings.push(`unique ${summary.unique_clicks}, rows ${first}`);
}

function checkIdentity(rows, load, books, findings) {
  const times = new Map();
  const ids = new Set();
  for (const row of rows) {
    if (ids.has(row.click_id)) findings.push(`click id ${row.click_id} twice`);
    ids.add(row.click_id);
    times.set(Number(row.content), (times.get(Number(row.content)) ?? 0) + 1);
  }
  const report = (what, list) => {
    if (list.length) findings.push(`${list.length} ${what}, such as ${list.slice(0, 5)}`);
  };
  report(
    'acknowledged but not recorded',
    [...load.answered.keys()].filter((k) => !times.has(k)),
  );
  report(
    'recorded but never sent',
    [...times.keys()].filter((k) => !load.sent.has(k)),
  );
  report(
    'recorded twice',
    [...times].filter(([, n]) => n > 1).map(([k]) => k),
  );
  const extras = [...times.keys()].filter((k) => load.sent.has(k) && !load.answered.has(k));
  const inFlight = load.unanswered.length;
  books.extras = extras.length;
  if (extras.length > inFlight)
    findings.push(`${extras.length} extras, ${inFlight} were in flight`);
}

function checkFirst(rows, traffic, findings) {
  const groups = new Map();
  for (const row of rows) {
    const visitor = traffic.visitorOf(Number(row.content));
    const key = `${visitor.address} ${visitor.agent} ${row.link_id} ${row.time.slice(0, 10)}`;
    if (row.traffic !== 'human') findings.push(`${row.click_id} is ${row.traffic}: ${row.reason}`);
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(row);
  }
  for (const [key, group] of groups) {
    const firsts = group.filter((row) => row.first);
    const earliest = Math.min(...group.map((row) => Date.parse(row.time)));
    if (firsts.length !== 1) {
      findings.push(`${key}: ${firsts.length} of ${group.length} clicks are first`);
    } else if (Date.parse(firsts[0].time) > earliest + 1000) {
      findings.push(
        `${key}: first is ${Date.parse(firsts[0].time) - earliest} ms after the earliest`,
      );
    }
  }
}
