// SPDX-License-Identifier: Apache-2.0
//
// Scheduled exports on a real server: a file says what an export of its period says, it follows an
// erase and the retention, and whenever serve is killed there is one whole file and one event a
// period.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';

import { parquetReadObjects } from 'hyparquet';

import { assertProblem, queryString } from '../lib/api.mjs';
import { request } from '../lib/client.mjs';
import { namesOf, readFile, runsOf, sha256 } from '../lib/export_files.mjs';
import { Random } from '../lib/random.mjs';
import {
  kBootstrapKey,
  kFull,
  Server,
  sleep,
  startServer,
  temporaryFolder,
} from '../lib/server.mjs';
import { storeClicks, until } from '../lib/stored_clicks.mjs';

const kExports = '/api/v1/exports';
const kDay = 86400000;
const kWorkspace = 'ws_1';

const dayOf = (ms) => new Date(ms).toISOString().slice(0, 10);

const untilWritten = (api, id) =>
  until(
    () => api.get(`${kExports}/${id}`),
    ({ files, waiting }) => files > 0 && waiting === 0,
  );

const sorted = (text) => text.split('\n').sort();

async function parquetRows(bytes) {
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
  const rows = await parquetReadObjects({ file });
  return rows.map((row) => Object.values(row).map(String).join('|')).sort();
}

const download = (server, target) =>
  request({
    port: server.consolePort,
    path: target,
    headers: { Authorization: `Bearer ${kBootstrapKey}` },
  });

const kAsked = [
  { format: 'csv', traffic: 'all' },
  { format: 'ndjson', filters: { country: '!FR', link: 'lnk_2' } },
  { format: 'csv', by: 'country', raw: true },
  { format: 'ndjson', interval: 'hour' },
  { format: 'parquet', filters: { country: 'DE,AT' } },
  { format: 'parquet', by: 'link', traffic: 'bot' },
];

test('a file says what an export of its period says', { timeout: 120000 }, async (t) => {
  const data = storeClicks(temporaryFolder(t, 'schedules'), 9, 300);
  const server = new Server({ data, name: 'schedules' });
  t.after(() => server.kill());
  await server.start();
  const { api } = server;
  for (const prefix of ['one', 'two'])
    await api.post('/api/v1/links', { prefix, destination: 'https://x.example/' });
  await api.patch('/api/v1/settings', { time_zone: 'Asia/Kathmandu' });
  const made = [];
  for (const [i, asked] of kAsked.entries()) {
    const from = dayOf(Date.now() - 2 * kDay);
    made.push(await api.post(kExports, { name: `Nr. ${i}`, period: 'daily', from, ...asked }));
  }
  const week = await api.post(kExports, { name: 'Week', period: 'weekly' });

  // An export in Parquet has the only place for one: first all are written, then they are compared.
  for (const { id } of [...made, week]) await untilWritten(api, id);
  for (const { id, format, by, interval, traffic, filters, raw } of [...made, week]) {
    const { files, error } = await untilWritten(api, id);
    assert.equal(error, null);
    const runs = await api.all(`${kExports}/${id}/runs`, { limit: 2 });
    assert.equal(runs.length, files);
    assert.ok(id === week.id ? files === 1 : files === 2 || files === 3, `${files} files`);
    for (const run of runs) {
      assert.equal(run.state, 'ready');
      assert.equal(new Date(run.from).toISOString().slice(11, 16), '18:15');
      const onDisk = readFile(data, kWorkspace, id, run.file);
      assert.equal(run.file, `${run.of}.${format}`);
      assert.equal(sha256(onDisk), run.sha256);
      assert.equal(onDisk.length, run.bytes);
      const target = `${kExports}/${id}/runs/${run.of}/file`;
      const answer = await download(server, target);
      assert.equal(answer.status, 200);
      assert.equal(sha256(answer.body), run.sha256);
      const query = { from: run.from, to: run.to, tz: 'Asia/Kathmandu', traffic, ...filters };
      if (by) query.by = by;
      if (interval) query.interval = interval;
      if (raw) query.raw = 1;
      const wanted = await download(server, `/api/v1/export.${format}${queryString(query)}`);
      assert.equal(wanted.status, 200, wanted.text);
      assert.equal(answer.headers['content-type'], wanted.headers['content-type']);
      if (format === 'parquet') {
        assert.deepEqual(await parquetRows(onDisk), await parquetRows(wanted.body));
      } else {
        const lines = sorted(onDisk.toString());
        assert.deepEqual(lines, sorted(wanted.body.toString()));
        assert.equal(run.rows, lines.length - 1 - (format === 'csv' ? 1 : 0));
      }
    }
  }
  const { text: metrics } = await api.call('GET', '/metrics');
  assert.match(metrics, /^tallymark_exports_failed_total 0$/m);
  assert.ok(Number(/^tallymark_exports_written_total (\d+)$/m.exec(metrics)[1]) > 10);

  await t.test('erased clicks are in no file', async () => {
    const [all] = made;
    const path = `${kExports}/${all.id}/runs`;
    const [newest, before] = (await api.get(path)).data;
    const job = await api.call('POST', '/api/v1/erase', {
      body: { link: 'lnk_2', from: newest.from, to: newest.to },
    });
    assert.equal(job.status, 202);
    const anew = await until(
      () => api.get(`${path}/${newest.of}`),
      (run) => run.anew && run.state === 'ready',
    );
    assert.ok(anew.rows > 0 && anew.rows < newest.rows, `${anew.rows} of ${newest.rows}`);
    const bytes = readFile(data, kWorkspace, all.id, anew.file).toString();
    assert.ok(!bytes.includes('lnk_2') && bytes.includes('lnk_1'));
    assert.equal(sha256(readFile(data, kWorkspace, all.id, before.file)).length, 64);
  });

  await t.test('a schedule goes with its files', async () => {
    await api.delete(`${kExports}/${week.id}`);
    assert.deepEqual(namesOf(data, kWorkspace, week.id), []);
    assertProblem(await api.call('GET', `${kExports}/${week.id}/runs`), 404);
  });

  await t.test('a file goes with its clicks', async () => {
    const [{ id }] = made;
    assert.ok(namesOf(data, kWorkspace, id).length >= 2);
    await api.patch('/api/v1/settings', { retention_days: 2 });
    await server.kill(); // a start looks at once
    await server.start();
    const { data: runs } = await until(
      () => server.api.get(`${kExports}/${id}/runs`),
      ({ data: all }) => all.some(({ reason }) => reason === 'past_retention'),
    );
    const kept = Math.floor(Date.now() / kDay) * kDay - 2 * kDay;
    for (const run of runs)
      assert.equal(run.state, Date.parse(run.from) < kept ? 'removed' : 'ready', run.of);
    assert.deepEqual(
      namesOf(data, kWorkspace, id),
      runs
        .filter(({ state }) => state === 'ready')
        .map(({ file }) => file)
        .sort(),
    );
    assert.ok(runs.some(({ state }) => state === 'ready'));
    const gone = runs.find(({ state }) => state === 'removed');
    assertProblem(await server.api.call('GET', `${kExports}/${id}/runs/${gone.of}/file`), 404);
  });
});

// What is told of is there and whole; what has its name is whole, told of or not.
function assertTrue(data, whole) {
  const runs = runsOf(data);
  for (const run of runs) {
    const what = JSON.stringify(run);
    const names = namesOf(data, run.workspace, run.export);
    const [name] = names.filter(
      (each) => each.startsWith(`${run.period}.`) && !each.endsWith('.part'),
    );
    if (run.state === 'ready') assert.equal(name, run.file, what);
    assert.equal(run.events, run.state === 'ready' ? 1 : 0, what);
    if (name === undefined) continue;
    const bytes = readFile(data, run.workspace, run.export, name);
    if (run.state === 'ready') assert.equal(sha256(bytes), run.sha256, what);
    const lines = sorted(bytes.toString());
    const known = whole.get(run.id);
    if (known) assert.deepEqual(lines, known, what);
    whole.set(run.id, lines);
  }
  return runs;
}

test('killed at any moment: one file and one event a period', { timeout: 600000 }, async (t) => {
  const data = storeClicks(temporaryFolder(t, 'schedules'), 32, 600);
  const server = new Server({ data, name: 'schedules-kill' });
  t.after(() => server.kill());
  const random = new Random(20260301);
  const whole = new Map(); // by run: the lines that its file had when it was first seen
  let cutOff = 0;
  const kinds = [{ format: 'csv', traffic: 'all' }, { format: 'ndjson' }, { by: 'campaign' }];
  const rounds = kFull ? 60 : 4;
  for (let round = 0; round < rounds; ++round) {
    await server.start();
    const from = dayOf(Date.now() - 30 * kDay);
    const body = { name: `Nr. ${round}`, period: 'daily', from, keep: 40 };
    const { id } = await server.api.post(kExports, { ...body, ...kinds[round % kinds.length] });
    await until(
      () => server.api.get(`${kExports}/${id}`),
      ({ files, waiting }) => files + waiting > 0,
    );
    await sleep(random.between(0, 150));
    await server.kill();
    const runs = assertTrue(data, whole);
    if (runs.some(({ state }) => state === 'waiting' || state === 'writing')) ++cutOff;
  }
  assert.ok(cutOff > rounds / 2, `only ${cutOff} kills came in between`);
  await server.start();
  for (let id = 1; id <= rounds; ++id) await untilWritten(server.api, `exp_${id}`);
  await server.stop();
  const runs = assertTrue(data, whole);
  for (let id = 1; id <= rounds; ++id) {
    const mine = runs.filter((run) => run.export === `exp_${id}`);
    assert.ok(mine.length >= 29 && mine.every(({ state }) => state === 'ready'));
    assert.deepEqual(namesOf(data, kWorkspace, `exp_${id}`), mine.map(({ file }) => file).sort());
  }
});

test('a folder of its own, and one that cannot be written', { timeout: 60000 }, async (t) => {
  const folder = temporaryFolder(t, 'schedules');
  const data = storeClicks(folder, 2, 10);
  const elsewhere = path.join(folder, 'reports');
  fs.writeFileSync(elsewhere, 'in the way');
  const { api } = await startServer(t, { data, settings: { 'exports.path': elsewhere } });
  const { id } = await api.post(kExports, { name: 'A', period: 'daily' });
  const { error, files } = await until(
    () => api.get(`${kExports}/${id}`),
    (schedule) => schedule.error !== null,
  );
  assert.match(error, /reports/);
  assert.equal(files, 0);
  const [run] = (await api.get(`${kExports}/${id}/runs`)).data;
  assert.deepEqual([run.state, run.failures, run.file], ['waiting', 1, null]);
  assert.ok(Date.parse(run.next_try_at) > Date.parse(run.finished_at));
  assertProblem(await api.call('GET', `${kExports}/${id}/runs/${run.of}/file`), 409, 'not_ready');
});
