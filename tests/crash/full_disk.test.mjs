// SPDX-License-Identifier: Apache-2.0
//
// The disk fills up while clicks come in. Links keep working, what could not be recorded is counted
// and said, and when there is room again recording goes on by itself. Needs the right to mount a
// tmpfs; without it the disk is full from the server's point of view by RLIMIT_FSIZE, set on the
// running process with prlimit. The test says which was used.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';

import { createLinks, MarkedTraffic } from '../lib/kill_check.mjs';
import { Load } from '../lib/load.mjs';
import { Random } from '../lib/random.mjs';
import { sleep, startServer } from '../lib/server.mjs';

const kRecoveryMs = 10000;
// Parts of /readyz that a full disk can take down, and that come back by themselves.
const kEssential = ['journal', 'enrichment', 'clicks', 'engine'];

// A data folder whose disk can be filled and emptied. leave(server, bytes): so much is free.
function smallDisk(t) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tallymark-small-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=400m', 'tmpfs', folder]);
  t.after(() => {
    if (mounted.status === 0) spawnSync('umount', ['-l', folder]);
    fs.rmSync(folder, { recursive: true, force: true });
  });
  const data = path.join(folder, 'data');
  if (mounted.status !== 0) {
    const leave = (server, bytes) => {
      const limit = bytes === Infinity ? 'unlimited' : 1;
      const flags = ['--pid', String(server.pid), `--fsize=${limit}:unlimited`];
      assert.equal(spawnSync('prlimit', flags).status, 0, 'neither mount nor prlimit worked');
    };
    const wrap = ['sh', '-c', 'trap "" XFSZ; exec "$@"', 'sh'];
    return { how: 'prlimit --fsize (mount was refused)', data, wrap, leave };
  }
  const ballast = fs.openSync(path.join(folder, 'ballast'), 'w');
  t.after(() => fs.closeSync(ballast));
  const piece = Buffer.alloc(1 << 16, 1);
  const leave = (server, bytes) => {
    const { bavail, bsize } = fs.statfsSync(folder);
    const size = Math.max(0, fs.fstatSync(ballast).size + bavail * bsize - bytes);
    if (bytes > 0) return fs.ftruncateSync(ballast, Math.min(size, fs.fstatSync(ballast).size));
    try {
      for (let at = fs.fstatSync(ballast).size; ;)
        at += fs.writeSync(ballast, piece, 0, piece.length, at);
    } catch (error) {
      assert.equal(error.code, 'ENOSPC');
    }
  };
  return { how: 'a tmpfs of 400 MiB', data, wrap: [], leave };
}

const metric = (text, name) =>
  text
    .split('\n')
    .filter((line) => line.startsWith(name))
    .reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);

async function until(what, limitMs, condition) {
  const begun = Date.now();
  for (;;) {
    if (await condition()) return Date.now() - begun;
    assert.ok(Date.now() - begun < limitMs, `${what}: not within ${limitMs} ms`);
    await sleep(100);
  }
}

// Full, and for moments with some room: just enough that the engine begins what it cannot end.
async function harass(server, disk, random, untilTime) {
  while (Date.now() < untilTime) {
    disk.leave(server, 0);
    await sleep(random.between(50, 600));
    disk.leave(server, random.between(65, 130) << 20);
    await sleep(random.between(50, 600));
  }
  disk.leave(server, 0);
}

test('a disk that fills up and is emptied', { timeout: 400000 }, async (t) => {
  const disk = smallDisk(t);
  t.diagnostic(`FULL DISK SIMULATED BY: ${disk.how}`);
  const server = await startServer(t, { data: disk.data, wrap: disk.wrap });
  const links = await createLinks(server, 5);
  const traffic = new MarkedTraffic(links, 21);
  const load = new Load({ make: (k) => traffic.request(k), connections: 16, perSecond: 400 });
  const unrecorded = async () =>
    metric((await server.api.call('GET', '/metrics')).text, 'tallymark_journal_unrecorded_total');
  const ready = async () => (await server.api.call('GET', '/readyz')).json;

  load.start(server.linksPort);
  await sleep(1000);
  assert.equal(await unrecorded(), 0);
  await harass(server, disk, new Random(5), Date.now() + 30000);
  // Segments are reserved ahead, so it takes up to a minute until the journal needs more; what it
  // gives back of older ones meanwhile must not be enough.
  await until('a full disk was noticed', 150000, async () => {
    disk.leave(server, 0);
    return (await unrecorded()) > 0;
  });
  const journal = (await ready()).parts.find((part) => part.name === 'journal');
  assert.notEqual(journal.state, 'ok', JSON.stringify(journal));
  await sleep(2000);

  const emptied = Date.now();
  disk.leave(server, Infinity);
  const took = await until('recovery once there is room', kRecoveryMs, async () => {
    const stats = await server.api.call('GET', '/api/v1/stats/summary', {
      query: { range: '24h' },
    });
    const state = await ready();
    return Date.parse(stats.json.as_of) > emptied && state.parts.every(isWell);
  });
  const lost = await unrecorded();
  await sleep(1000);
  await load.stop();
  assert.equal(await unrecorded(), lost, 'recording goes on once there is room');
  assert.deepEqual(load.failures, [], 'a redirect failed');
  assert.ok([...load.answered.values()].every(({ status }) => status === 302));
  await account(server, load, lost);
  t.diagnostic(`${load.answered.size} clicks, ${lost} unrecorded, recovered after ${took} ms`);
});

const isWell = (part) => part.state === 'ok' || !kEssential.includes(part.name);

// Every click is recorded, once, or counted as unrecorded; and the stats say that some are missing.
async function account(server, load, lost) {
  const summary = await server.api.untilStored({ timeoutMs: 120000 });
  assert.equal(summary.incomplete, true, 'the stats say that something is missing');
  const query = { range: '24h', traffic: 'all', limit: 1000 };
  const rows = await server.api.all('/api/v1/clicks', query);
  assert.equal(new Set(rows.map((row) => row.content)).size, rows.length, 'nothing twice');
  assert.equal(new Set(rows.map((row) => row.click_id)).size, rows.length, 'no id twice');
  assert.equal(summary.clicks, rows.length, 'the totals are those of the rows');
  assert.equal(rows.length + lost, load.answered.size, 'recorded or counted as unrecorded');
}
