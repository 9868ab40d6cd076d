// SPDX-License-Identifier: Apache-2.0
//
// Clients that take their time on purpose, and more of them than there is room for: everybody else
// is served as before, and the loop does not spin.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import { describe, test } from 'node:test';

import { Connection, request } from '../lib/client.mjs';
import { kFull, sleep, startServer } from '../lib/server.mjs';

const kConnections = kFull ? 1000 : 400;
const kSeconds = kFull ? 60 : 14;

async function withLink(t, options) {
  const server = await startServer(t, options);
  await server.api.post('/api/v1/links', { prefix: 'w', destination: 'https://example.com/' });
  await server.untilAtEdge(1);
  return server;
}

async function openConnections(server) {
  const { text } = await server.api.call('GET', '/metrics');
  return Number(/^tallymark_edge_connections (\d+)/m.exec(text)[1]);
}

function slowhttptest(t, args) {
  return new Promise((resolve, reject) => {
    const child = spawn('slowhttptest', args, { stdio: ['ignore', 'pipe', 'pipe'] });
    t.after(() => child.kill('SIGKILL'));
    let out = '';
    child.stdout.on('data', (bytes) => (out += bytes));
    child.stderr.on('data', (bytes) => (out += bytes));
    child.on('error', reject);
    child.on('close', () => resolve(out));
  });
}

const kModes = {
  'slow headers': ['-H', '-x', '24'],
  'slow bodies': ['-B', '-s', '8192', '-x', '10'],
  'slow reading': ['-X', '-k', '10', '-w', '1', '-y', '8', '-n', '5', '-z', '1'],
};

// User and system time of the process so far, in seconds.
function cpuSeconds(pid) {
  const stat = fs.readFileSync(`/proc/${pid}/stat`, 'latin1');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

// Mostly they wait, each beside a server of its own; the longest begins first.
describe('slow clients', { concurrency: 3 }, () => {
  test('a body that does not end, and a client that never reads', { timeout: 90000 }, async (t) => {
    const server = await withLink(t);
    const connection = new Connection({ port: server.linksPort, timeoutMs: 45000 });
    t.after(() => connection.close());
    await connection.open();
    const begun = Date.now();
    const drip = setInterval(() => connection.usable && connection.socket.write('x'), 1000);
    t.after(() => clearInterval(drip));
    const answered = connection.request({
      method: 'POST',
      path: '/w',
      headers: { 'Content-Length': '1000' },
    });
    // Answers to these fill every buffer on the way.
    const deaf = net.connect({ port: server.linksPort, host: '127.0.0.1' });
    t.after(() => deaf.destroy());
    const cut = new Promise((resolve) => {
      deaf.on('close', () => resolve((Date.now() - begun) / 1000));
      deaf.on('error', () => {});
    });
    deaf.pause();
    deaf.write('GET /w HTTP/1.1\r\nHost: a\r\n\r\n'.repeat(200000));
    const answer = await answered;
    clearInterval(drip);
    assert.equal(answer.status, 408);
    const seconds = (Date.now() - begun) / 1000;
    assert.ok(seconds > 25 && seconds < 35, `after ${seconds} s`);
    connection.close();
    const deadline = setTimeout(() => deaf.resume(), 45000 - seconds * 1000);
    t.after(() => clearTimeout(deadline));
    const after = await cut;
    clearTimeout(deadline);
    assert.ok(after > 25 && after < 44, `cut off after ${after} s`);
    const { text } = await server.api.call('GET', '/metrics');
    const answers = Number(/^tallymark_edge_requests_total (\d+)/m.exec(text)[1]);
    assert.ok(answers < 150000, `${answers} requests were answered to somebody who does not read`);
  });

  for (const [name, mode] of Object.entries(kModes)) {
    test(`${name}: ${kConnections} of them`, { timeout: (kSeconds + 60) * 1000 }, async (t) => {
      const server = await withLink(t);
      const port = server.linksPort;
      const attack = slowhttptest(t, [
        ...mode,
        ...['-c', kConnections, '-r', 200, '-i', 2, '-l', kSeconds, '-p', 3].map(String),
        ...['-u', `http://127.0.0.1:${port}/w`],
      ]);
      let over = false;
      attack.then(() => (over = true));
      const took = [];
      let most = 0;
      while (!over) {
        const begun = performance.now();
        const answer = await request({ port, path: '/w', timeoutMs: 5000 });
        assert.equal(answer.status, 302);
        took.push(performance.now() - begun);
        most = Math.max(most, await openConnections(server));
        await sleep(50);
      }
      const said = (await attack).replace(/\x1b\[[0-9;]*m/g, '');
      assert.match(said, /service available:\s+YES/, said.slice(-1500));
      assert.ok(most >= kConnections / 2, `no attack: at most ${most} connections`);
      assert.ok(Math.max(...took) < 2000, `a redirect took ${Math.max(...took)} ms`);
      t.diagnostic(`${took.length} redirects beside ${most} slow connections`);
      for (const deadline = Date.now() + 20000; ; await sleep(200)) {
        if ((await openConnections(server)) === 0) break;
        assert.ok(Date.now() < deadline, 'connections of clients that are gone stay open');
      }
    });
  }

  test('more connections than descriptors', { timeout: 90000 }, async (t) => {
    const server = await withLink(t, { wrap: ['prlimit', '--nofile=256:256'] });
    const port = server.linksPort;
    const connections = Array.from(
      { length: 300 },
      () => new Connection({ port, timeoutMs: 60000 }),
    );
    const closeAll = () => connections.forEach((connection) => connection.close());
    t.after(closeAll);
    const asks = Promise.all(
      connections.map(async (connection) => {
        await connection.open();
        assert.equal((await connection.request({ path: '/w' })).status, 302);
      }),
    );
    asks.catch(() => {}); // looked at below
    await sleep(1500);
    const full = await openConnections(server);
    assert.ok(full >= 100 && full < 256, `${full} are open`);
    const before = cpuSeconds(server.pid);
    await sleep(2000);
    const used = cpuSeconds(server.pid) - before;
    assert.ok(used < 0.6, `${used} s of CPU in 2 s of waiting`);
    assert.match(server.stderr, /no descriptors left/);
    // Those who said nothing for 5 s make room.
    await asks;
    closeAll();
    assert.equal((await request({ port, path: '/w' })).status, 302);
  });
});
