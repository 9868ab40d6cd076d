// SPDX-License-Identifier: Apache-2.0
//
// Every n-th disk call of the server fails, for n = 1, 2, …: with EIO, with ENOSPC, as a write that
// takes half, or several calls in a row, so that the repair of a failure fails too. It happens while
// clicks come in, while the server starts, while it stops, and right before a kill -9.
//
//   every click is answered
//   every click is recorded, or counted as unrecorded; none twice
//   a start that cannot work says why in one line and ends with 1; the next one works
//
// The calls are made to fail by a small library that is preloaded (io_faults.c). Refused writes of
// the engine are the matter of tests/cases/engine_crash_test.cc.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';

import { request } from '../lib/client.mjs';
import { createLinks, MarkedTraffic } from '../lib/kill_check.mjs';
import { kFull, kRoot, Server, sleep, temporaryFolder } from '../lib/server.mjs';

const kKinds = { eio: 1, enospc: 2, short: 3, torn: 4 };
const kRequests = 3; // of the script, one after another

// The first `calls` calls; of them each in a full run, else every `stride`-th.
const numbers = (calls, stride) =>
  Array.from({ length: calls }, (_, i) => i + 1).filter((n) => kFull || n % stride === 1);

class Faults {
  constructor(folder, data) {
    this.library = path.join(folder, 'io_faults.so');
    const source = path.join(kRoot, 'tests/crash/io_faults.c');
    const flags = ['-O1', '-Wall', '-Wextra', '-Werror', '-shared', '-fPIC'];
    const built = spawnSync('cc', [...flags, '-o', this.library, source, '-ldl'], {
      encoding: 'utf8',
    });
    assert.equal(built.status, 0, `cc ${source}: ${built.error ?? built.stderr}`);
    this.control = path.join(folder, 'io_faults.control');
    fs.writeFileSync(this.control, Buffer.alloc(4096));
    this.env = {
      LD_PRELOAD: this.library,
      IO_FAULTS_CONTROL: this.control,
      IO_FAULTS_FOLDER: data,
    };
    this.file = fs.openSync(this.control, 'r+');
  }

  #read(index) {
    const bytes = Buffer.alloc(4);
    fs.readSync(this.file, bytes, 0, 4, index * 4);
    return bytes.readInt32LE();
  }

  #set(from, to, kind) {
    const bytes = Buffer.alloc(12);
    [from, to, kind].forEach((value, i) => bytes.writeInt32LE(value, i * 4));
    fs.writeSync(this.file, bytes, 0, 12, 4);
  }

  // The n-th call from now on fails, and `length` calls in all.
  arm(n, kind, length = 1) {
    const from = this.seen + n;
    this.#set(from, from + length, kKinds[kind]);
  }

  disarm() {
    this.#set(0, 0, 0);
  }

  get seen() {
    return this.#read(0);
  }

  get failed() {
    return this.#read(4);
  }

  async untilSeen(number, timeoutMs) {
    const deadline = Date.now() + timeoutMs;
    while (this.seen < number && Date.now() < deadline) await sleep(5);
  }

  close() {
    fs.closeSync(this.file);
  }
}

// One data folder, its server, and the books over all of its starts.
class Subject {
  static async create(t, name) {
    const subject = new Subject();
    const folder = temporaryFolder(t);
    subject.data = path.join(folder, 'data');
    subject.faults = new Faults(folder, subject.data);
    subject.server = new Server({ data: subject.data, name, env: subject.faults.env });
    t.after(async () => {
      if (subject.server.running) await subject.server.kill();
      subject.faults.close();
    });
    await subject.start();
    subject.traffic = new MarkedTraffic(await createLinks(subject.server, 5), 77);
    subject.sent = 0;
    subject.counted = 0;
    return subject;
  }

  async start() {
    await this.server.start();
    this.before = await this.#unrecorded();
  }

  async #unrecorded() {
    const { text } = await this.server.api.call('GET', '/metrics');
    return text
      .split('\n')
      .filter((line) => line.startsWith('tallymark_journal_unrecorded_total'))
      .reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
  }

  // What the server says it could not record; to be asked before it ends.
  async count() {
    const now = await this.#unrecorded();
    this.counted += now - this.before;
    this.before = now;
  }

  async script() {
    for (let i = 0; i < kRequests; ++i) {
      const answer = await request({
        port: this.server.linksPort,
        ...this.traffic.request(this.sent++),
      });
      assert.equal(answer.status, 302, 'a click was not answered');
      await sleep(10);
    }
  }

  async kill() {
    await this.count();
    await this.server.kill();
  }

  // exact: what was counted as unrecorded is not there, either.
  async account(exact) {
    await this.count();
    await this.server.api.untilStored({ timeoutMs: 120000 });
    const query = { range: '7d', traffic: 'all', limit: 1000 };
    const rows = await this.server.api.all('/api/v1/clicks', query);
    const markers = new Set(rows.map((row) => Number(row.content)));
    assert.deepEqual(repeated(rows.map((row) => row.click_id)), [], 'no id twice');
    assert.deepEqual(repeated(rows.map((row) => row.content)), [], 'no click twice');
    assert.ok(
      [...markers].every((k) => k < this.sent),
      'no click that was not sent',
    );
    const missing = this.sent - markers.size;
    assert.ok(missing <= this.counted, `${missing} missing, ${this.counted} counted as unrecorded`);
    if (exact) assert.equal(missing, this.counted, 'counted as unrecorded, and recorded');
    const summary = await this.server.api.get('/api/v1/stats/summary', { range: '7d' });
    assert.equal(summary.clicks, rows.length, 'the totals are those of the rows');
    return `${this.sent} clicks, ${missing} missing, ${this.counted} counted as unrecorded`;
  }
}

const repeated = (values) => values.filter((value, i) => values.indexOf(value) !== i);

// The last one makes the repair of a failure fail too.
const kSeries = [
  { kind: 'eio', length: 1 },
  { kind: 'enospc', length: 1 },
  { kind: 'short', length: 1 },
  { kind: 'torn', length: 2 },
  { kind: 'eio', length: 4 },
];

test('the n-th disk call fails under way', { timeout: kFull ? 3600000 : 600000 }, async (t) => {
  const subject = await Subject.create(t, 'io-errors-under-way');
  const { faults, server } = subject;
  for (const { kind, length } of kSeries) {
    for (const n of numbers(kFull ? 45 : 27, 3)) {
      faults.arm(n, kind, length);
      const target = faults.seen + n + length;
      await subject.script();
      await faults.untilSeen(target, 300);
      faults.disarm();
      assert.ok(server.running, `the server ended at call ${n}, ${kind}: ${server.stderr}`);
    }
    await server.api.untilStored({ timeoutMs: 60000 });
  }
  assert.ok(faults.failed > (kFull ? 100 : 18), `only ${faults.failed} calls failed`);
  t.diagnostic(`${faults.failed} failed calls; ${await subject.account(true)}`);
});

test('killed right after a failure', { timeout: kFull ? 3600000 : 600000 }, async (t) => {
  const subject = await Subject.create(t, 'io-errors-killed');
  const { faults } = subject;
  for (const { kind, length } of kFull ? kSeries : [kSeries[0], kSeries[3], kSeries[4]]) {
    for (const n of numbers(25, 6)) {
      faults.arm(n, kind, length);
      await Promise.all([subject.script(), faults.untilSeen(faults.seen + n + length, 1000)]);
      faults.disarm();
      await subject.kill();
      await subject.start();
    }
  }
  t.diagnostic(`${faults.failed} failed calls; ${await subject.account(false)}`);
});

test('the n-th disk call fails at the start', { timeout: kFull ? 3600000 : 600000 }, async (t) => {
  const subject = await Subject.create(t, 'io-errors-start');
  const { faults, server } = subject;
  await subject.script();
  await subject.kill();
  const begun = faults.seen;
  await subject.start();
  const calls = faults.seen - begun;
  let refused = 0;
  for (const n of numbers(calls, 12)) {
    await subject.kill();
    faults.arm(n, n % 2 ? 'eio' : 'enospc');
    server.stderr = '';
    const ended = await subject.start().then(
      () => undefined,
      () => server.exit,
    );
    faults.disarm();
    if (ended) {
      refused += 1;
      assert.equal((await ended).code, 1, `call ${n}: ${server.stderr}`);
      assert.match(server.stderr, /^tallymark: .+: .*(error|space)/im, `call ${n}`);
      await subject.start();
    }
    await subject.script();
  }
  t.diagnostic(`${calls} calls, ${refused} refused starts; ${await subject.account(false)}`);
});

test('the n-th disk call fails at the stop', { timeout: kFull ? 3600000 : 600000 }, async (t) => {
  const subject = await Subject.create(t, 'io-errors-stop');
  const { faults, server } = subject;
  for (const n of numbers(30, 6)) {
    await subject.script();
    await subject.count();
    faults.arm(n, n % 2 ? 'eio' : 'enospc');
    await server.stop();
    faults.disarm();
    await subject.start();
  }
  t.diagnostic(`${faults.failed} failed calls; ${await subject.account(false)}`);
});
