// SPDX-License-Identifier: Apache-2.0
//
// A new process takes the place of the running one: nobody is refused, no request is lost, every
// click counts once; and a take-over that fails changes nothing.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import path from 'node:path';
import test from 'node:test';

import { request } from '../lib/client.mjs';
import { Load, quantile } from '../lib/load.mjs';
import { run, Server, sleep, startServer, temporaryFolder } from '../lib/server.mjs';

const kPerson = 'Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0';

// The k-th visitor: an address of their own, so that nobody looks like a scanner.
const make = (k) => ({
  path: '/r',
  headers: {
    'User-Agent': kPerson,
    'X-Forwarded-For': `93.${184 + (k >> 16)}.${(k >> 8) & 255}.${k & 255}`,
  },
});

async function withLink(t, name) {
  const data = path.join(temporaryFolder(t), 'data');
  const server = await startServer(t, { data, name });
  await server.api.post('/api/v1/links', { prefix: 'r', destination: 'https://example.com/' });
  await server.untilAtEdge(1);
  return server;
}

// The next process on the same folder, ready; the one before has ended.
async function takeOver(t, server, options = {}) {
  const next = new Server({
    data: server.data,
    args: ['--take-over'],
    name: `${path.basename(server.logFile, '.log')}-next`,
    ...options,
  });
  t.after(() => next.running && next.stop());
  await next.start();
  const { code } = await server.exit;
  assert.equal(code, 0, server.stderr.slice(-2000));
  assert.equal(next.linksPort, server.linksPort);
  assert.equal(next.consolePort, server.consolePort);
  return next;
}

test('take-overs under load', { timeout: 240000 }, async (t) => {
  let server = await withLink(t, 'restart-load');
  const port = server.linksPort;
  const load = new Load({ make, connections: 24, perSecond: 1500 });
  load.start(port);
  // And clients that come with a connection each.
  const single = { sent: 0, answered: 0, failures: [], running: true };
  const visit = async () => {
    while (single.running) {
      single.sent += 1;
      try {
        const answer = await request({ port, ...make(1000000 + single.sent) });
        assert.equal(answer.status, 302);
        single.answered += 1;
      } catch (error) {
        single.failures.push(error.message);
      }
      await sleep(2);
    }
  };
  const visitors = Array.from({ length: 8 }, visit);
  await sleep(1000);
  for (let i = 0; i < 3; ++i) {
    server = await takeOver(t, server, { name: `restart-load-${i + 1}` });
    await sleep(700);
  }
  single.running = false;
  await Promise.all(visitors);
  await load.stop();
  assert.deepEqual(load.failures, [], 'a keep-alive connection was lost');
  assert.deepEqual(single.failures, [], 'a connection was refused or lost');
  assert.deepEqual(load.unanswered, []);
  assert.ok([...load.answered.values()].every(({ status }) => status === 302));
  const answered = load.answered.size + single.answered;
  const took = [...load.answered.values()].map((one) => one.took);
  t.diagnostic(`${answered} answered, slowest ${Math.round(quantile(took, 1))} ms`);
  const summary = await server.api.untilStored();
  assert.equal(summary.clicks, answered);
  assert.equal(summary.unique_clicks, answered);
});

test('the next process answers what had come in part', { timeout: 120000 }, async (t) => {
  const server = await withLink(t, 'restart-part');
  const { Connection } = await import('../lib/client.mjs');
  const connection = new Connection({ port: server.linksPort });
  t.after(() => connection.close());
  await connection.open();
  connection.socket.write('GET /r HTTP/1.1\r\nHo');
  await sleep(200);
  const next = await takeOver(t, server);
  const answer = await new Promise((resolve) => {
    connection.socket.on('data', () => {});
    connection.waiting = { resolve, reject: resolve, method: 'GET' };
    connection.socket.write(`st: a\r\nUser-Agent: ${kPerson}\r\n\r\n`);
  });
  assert.equal(answer.status, 302);
  connection.close();
  assert.equal((await next.api.untilStored()).clicks, 1);
});

// Says everything that a new process says up to `ready`, then goes away.
const kFalseTaker = `
import socket, sys, time
peer = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
peer.connect(sys.argv[1])
peer.send(b"tallymark take-over 1")
message, fds, flags, address = socket.recv_fds(peer, 1000, 4)
assert message.startswith(b"lock") and len(fds) == 1
if sys.argv[2] == "ready": peer.send(b"ready")
`;

test('a new process that goes away leaves the old one at work', { timeout: 120000 }, async (t) => {
  const server = await withLink(t, 'restart-false');
  const load = new Load({ make, connections: 8, perSecond: 300 });
  load.start(server.linksPort);
  for (const how of ['hello', 'ready']) {
    const taker = spawn('python3', [
      '-c',
      kFalseTaker,
      path.join(server.data, 'hand-over.sock'),
      how,
    ]);
    assert.equal(await new Promise((done) => taker.on('exit', done)), 0);
    await sleep(1500);
  }
  await load.stop();
  assert.deepEqual(load.failures, []);
  assert.ok(server.running, server.stderr);
  let summary;
  for (const deadline = Date.now() + 30000; Date.now() < deadline;) {
    try {
      summary = await server.api.untilStored();
      break;
    } catch {
      await sleep(200); // the console comes back last
    }
  }
  assert.equal(summary?.clicks, load.answered.size);
  const next = await takeOver(t, server);
  assert.equal((await next.api.untilStored()).clicks, load.answered.size);
});

test('who may take over what', { timeout: 60000 }, async (t) => {
  const data = path.join(temporaryFolder(t), 'data');
  const server = await startServer(t, { data, args: ['--take-over'] }); // from nobody: a start
  const args = (...more) => ['serve', '--data', data, ...more];
  const plain = await run(args('--links', '127.0.0.1:0', '--console', '127.0.0.1:0'));
  assert.equal(plain.code, 1);
  assert.match(plain.stderr, /another tallymark is running/);
  const moved = await run(
    args('--take-over', '--links', '127.0.0.1:1', '--console', '127.0.0.1:0'),
  );
  assert.equal(moved.code, 1);
  assert.match(moved.stderr, /keeps the addresses/);
  process.kill(server.pid, 'SIGUSR1'); // nobody waits
  await sleep(200);
  assert.equal((await request({ port: server.linksPort, path: '/robots.txt' })).status, 200);
});
