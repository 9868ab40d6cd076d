// SPDX-License-Identifier: Apache-2.0
//
// The journal as an operator sees it: a bound on its room that needed data fills up, the count of
// what went unrecorded over that, and `tallymark verify` on the result.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';

import { createLinks, MarkedTraffic } from '../lib/kill_check.mjs';
import { Load } from '../lib/load.mjs';
import { run, Server, sleep, temporaryFolder } from '../lib/server.mjs';

const kMaxBytes = 16 << 20;

async function journalState(server) {
  const { json } = await server.api.call('GET', '/readyz');
  return json.parts.find((part) => part.name === 'journal');
}

async function metric(server, name) {
  const { text } = await server.api.call('GET', '/metrics');
  return Number(new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)`, 'm').exec(text)?.[1]);
}

async function until(what, timeoutMs, holds) {
  const deadline = Date.now() + timeoutMs;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`not within ${timeoutMs} ms: ${what}`);
    await sleep(100);
  }
}

async function verify(data) {
  const done = await run(['verify', '--data', data, '--json'], {
    timeoutMs: 60000,
  });
  return { code: done.code, report: JSON.parse(done.stdout) };
}

test(
  'the room for logs fills up with clicks that are not stored',
  { timeout: 240000 },
  async (t) => {
    const data = path.join(temporaryFolder(t), 'data');
    const server = new Server({
      data,
      name: 'journal-room',
      settings: { 'journal.max_bytes': '16MiB' },
    });
    t.after(() => server.running && server.kill());
    await server.start();
    const links = await createLinks(server, 5);
    const traffic = new MarkedTraffic(links, 3);
    const padding = 'Mozilla/5.0 (Windows NT 10.0) '.padEnd(500, 'x');
    const make = (k) => {
      const request = traffic.request(k);
      request.headers['User-Agent'] = `${padding}${k % 400}`;
      request.headers.Referer = `https://example.com/${'page/'.repeat(40)}`;
      return request;
    };
    const load = new Load({ make, connections: 32 });
    t.after(() => load.cut());
    assert.equal(await metric(server, 'tallymark_journal_max_bytes'), kMaxBytes);

    // Nothing can be stored, so nothing may go.
    process.kill(server.enginePid(), 'SIGSTOP');
    load.start(server.linksPort);
    await until('degraded', 60000, async () => (await journalState(server)).state === 'degraded');
    assert.match((await journalState(server)).detail, /journal\.max_bytes/);
    await sleep(500);
    await load.stop();
    assert.deepEqual(load.failures, [], 'a redirect failed');
    assert.ok([...load.answered.values()].every(({ status }) => status === 302));
    assert.ok((await metric(server, 'tallymark_journal_bytes')) <= kMaxBytes * 1.1);
    const unrecorded = await metric(server, 'tallymark_journal_unrecorded_total');
    assert.ok(unrecorded > 0);

    // When the store takes clicks again, room is released and the journal goes on without a click.
    process.kill(server.enginePid(), 'SIGCONT');
    await until('ok again', 60000, async () => (await journalState(server)).state === 'ok');
    await server.api.untilStored({ timeoutMs: 60000 });
    const bytes = () => metric(server, 'tallymark_journal_bytes');
    await until('room again', 30000, async () => (await bytes()) < kMaxBytes * 0.75);
    load.perSecond = 500;
    load.start(server.linksPort);
    await sleep(1000);
    await load.stop();
    const summary = await server.api.untilStored({ timeoutMs: 60000 });
    assert.equal(summary.incomplete, true);
    assert.equal(await metric(server, 'tallymark_journal_unrecorded_total'), unrecorded);
    const recorded = await server.api.get('/api/v1/stats/breakdown', {
      range: '24h',
      by: 'link',
      traffic: 'all',
    });
    assert.equal(
      recorded.total.clicks + unrecorded,
      load.answered.size,
      'recorded or counted, each click',
    );
    const yesterday = { from: '2020-01-01', to: '2020-01-02' };
    const old = await server.api.get('/api/v1/stats/summary', yesterday);
    assert.equal(old.incomplete, false, 'nothing is missing in a range before');

    // The count outlives the process.
    await server.kill();
    await server.start();
    assert.equal(await metric(server, 'tallymark_journal_unrecorded_total'), unrecorded);
    assert.equal((await server.api.untilStored()).incomplete, true);
    assert.match((await journalState(server)).detail, new RegExp(`${unrecorded} hits`));
    t.diagnostic(`${load.answered.size} clicks, ${unrecorded} unrecorded`);
  },
);

test(
  'verify beside a running server, after a kill, and with a flipped bit',
  { timeout: 300000 },
  async (t) => {
    const data = path.join(temporaryFolder(t), 'data');
    const server = new Server({ data, name: 'journal-verify' });
    t.after(() => server.running && server.kill());
    await server.start();
    const links = await createLinks(server, 5);
    const traffic = new MarkedTraffic(links, 9);
    const load = new Load({
      make: (k) => traffic.request(k),
      connections: 16,
      perSecond: 2000,
    });
    t.after(() => load.cut());
    load.start(server.linksPort);
    for (let i = 0; i < 5; ++i) {
      await sleep(300);
      const { code, report } = await verify(data);
      assert.equal(code, 0, JSON.stringify(report.segments.filter(({ damage }) => damage.length)));
      assert.ok(report.ok && report.segments.length >= 2);
    }
    await load.stop();
    await server.stop();
    const sound = await verify(data);
    assert.equal(sound.code, 0);
    assert.equal(sound.report.segments.filter(({ log }) => log === 'journal').length, 0);
    const [segment] = sound.report.segments.filter(({ records }) => records > 0);
    assert.equal(segment.state, 'sealed');
    assert.equal(segment.last - segment.first + 1, segment.records);

    const file = path.join(data, 'journal', 'enriched', segment.name);
    const bytes = fs.readFileSync(file);
    for (const at of [0, 9, 50, Math.floor(bytes.length / 2), bytes.length - 1]) {
      const damaged = Buffer.from(bytes);
      damaged[at] ^= 0x10;
      fs.writeFileSync(file, damaged);
      const { code, report } = await verify(data);
      assert.equal(code, 1, `byte ${at}`);
      const named = report.segments.filter(({ damage }) => damage.length > 0);
      assert.deepEqual(
        named.map(({ name }) => name),
        [segment.name],
      );
      assert.ok(named[0].damage[0].offset <= at);
    }
    fs.writeFileSync(file, bytes);
    const text = await run(['verify', '--data', data]);
    assert.equal(text.code, 0);
    assert.match(text.stdout, /no damage/);
    assert.equal((await run(['verify', '--data', path.join(data, 'none')])).code, 1);
  },
);
