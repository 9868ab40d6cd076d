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
import { sleep, startServer } from '../lib/server.mjs';

// A data folder whose disk can be filled and emptied.
function smallDisk(t) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tallymark-small-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=400m', 'tmpfs', folder]);
  t.after(() => {
    if (mounted.status === 0) spawnSync('umount', ['-l', folder]);
    fs.rmSync(folder, { recursive: true, force: true });
  });
  const data = path.join(folder, 'data');
  if (mounted.status !== 0) {
    const limit = (server, bytes) => {
      const { status } = spawnSync('prlimit', [
        '--pid',
        String(server.pid),
        `--fsize=${bytes}:unlimited`,
      ]);
      assert.equal(status, 0, 'neither mount nor prlimit worked');
    };
    const wrap = ['sh', '-c', 'trap "" XFSZ; exec "$@"', 'sh'];
    return {
      how: 'prlimit --fsize (mount was refused)',
      data,
      wrap,
      fill: (server) => limit(server, 1),
      empty: (server) => limit(server, 'unlimited'),
    };
  }
  const ballast = path.join(folder, 'ballast');
  const fill = () => {
    const file = fs.openSync(ballast, 'w');
    try {
      for (;;) fs.writeSync(file, Buffer.alloc(1 << 16, 1));
    } catch (error) {
      assert.equal(error.code, 'ENOSPC');
    }
    fs.closeSync(file);
  };
  return { how: 'a tmpfs of 400 MiB', data, wrap: [], fill, empty: () => fs.rmSync(ballast) };
}

const metric = (text, name) =>
  text
    .split('\n')
    .filter((line) => line.startsWith(name))
    .reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);

test('a disk that fills up and is emptied', { timeout: 240000 }, async (t) => {
  const disk = smallDisk(t);
  t.diagnostic(`FULL DISK SIMULATED BY: ${disk.how}`);
  const server = await startServer(t, { data: disk.data, wrap: disk.wrap });
  const links = await createLinks(server, 5);
  const traffic = new MarkedTraffic(links, 21);
  const load = new Load({ make: (k) => traffic.request(k), connections: 16, perSecond: 400 });
  const unrecorded = async () =>
    metric((await server.api.call('GET', '/metrics')).text, 'tallymark_journal_unrecorded_total');

  load.start(server.linksPort);
  await sleep(1000);
  assert.equal(await unrecorded(), 0);
  disk.fill(server);
  let degraded = false;
  for (let i = 0; i < 600 && !degraded; ++i) {
    await sleep(100);
    degraded = (await unrecorded()) > 0;
  }
  assert.ok(degraded, 'a full disk was never noticed');
  const ready = await server.api.call('GET', '/readyz');
  const journal = ready.json.parts.find((part) => part.name === 'journal');
  assert.notEqual(journal.state, 'ok', JSON.stringify(ready.json));
  await sleep(1000);
  disk.empty(server);
  await sleep(3000);
  const before = await unrecorded();
  await sleep(1000);
  await load.stop();
  assert.equal(await unrecorded(), before, 'recording goes on once there is room');
  assert.deepEqual(load.failures, [], 'a redirect failed');
  assert.ok([...load.answered.values()].every(({ status }) => status === 302));

  const summary = await server.api.untilStored({ timeoutMs: 120000 });
  assert.equal(summary.incomplete, true, 'the stats say that something is missing');
  const rows = await server.api.all('/api/v1/clicks', {
    range: '24h',
    traffic: 'all',
    limit: 1000,
  });
  const counts = new Set(rows.map((row) => row.content));
  assert.equal(counts.size, rows.length, 'nothing twice');
  const missing = load.answered.size - rows.length;
  assert.ok(missing <= before, `${missing} missing, ${before} said to be unrecorded`);
  t.diagnostic(`${load.answered.size} clicks, ${rows.length} recorded, ${before} unrecorded`);
});
