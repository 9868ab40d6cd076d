// SPDX-License-Identifier: Apache-2.0
//
// Exports against the list of single clicks and the counts of the stats API: every hit once, in each
// format, under the same filters; text that a spreadsheet would run; readers that leave; memory.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import test from 'node:test';

import { parquetReadObjects } from 'hyparquet';

import { residentMib } from '../../bench/lib/store.mjs';
import { assertProblem, queryString } from '../lib/api.mjs';
import { request } from '../lib/client.mjs';
import { kBootstrapKey, kSanitized, run, startServer, temporaryFolder } from '../lib/server.mjs';

const kColumns =
  'click_id,time,workspace_id,link_id,domain,prefix,token,outcome,traffic,reason,trigger,variant,' +
  'first,first_ws,country,region,city,language,platform,device,os,os_version,browser,' +
  'browser_version,in_app,screen_w,screen_h,dpr,screen_source,referrer_host,referrer_path,channel,' +
  'source,medium,campaign,content,term,src,ad_click,user_agent,ip,imported';
const kHostile = ['=HYPERLINK("https://x/";"y")', '+1,"2"', ' @SUM(A1)', "'quoted", '＝1+1', 'a;b'];
const kHeaders = { Authorization: `Bearer ${kBootstrapKey}` };

const beacon = (server, click_id) =>
  request({
    port: server.linksPort,
    method: 'POST',
    path: '/_t/beacon',
    headers: { 'Content-Type': 'text/plain' },
    body: JSON.stringify({ click_id, screen_w: 1080, screen_h: 2340, dpr: 2.625 }),
  });

// A server on a folder that `tallymark demo` has filled.
async function filled(t, ...args) {
  const folder = temporaryFolder();
  const data = path.join(folder, 'data');
  const done = await run(['demo', '--data', data, ...args.map(String)], { timeoutMs: 300000 });
  assert.equal(done.code, 0, done.stderr);
  const server = await startServer(t, { data });
  t.after(() => fs.rmSync(folder, { recursive: true, force: true })); // when it has stopped
  return server;
}

// The whole answer; `onData` sees its pieces.
function fetchExport(server, format, query, { onData, method = 'GET' } = {}) {
  const url = `${server.consoleUrl}/api/v1/export.${format}${queryString(query)}`;
  return new Promise((resolve, reject) => {
    const asked = http.request(url, { method, headers: kHeaders }, (answer) => {
      const pieces = [];
      answer.on('data', (piece) => (onData ? onData(piece, asked) : pieces.push(piece)));
      answer.on('error', reject);
      answer.on('end', () =>
        resolve({
          status: answer.statusCode,
          headers: answer.headers,
          body: Buffer.concat(pieces),
        }),
      );
    });
    asked.on('error', reject);
    asked.end();
  });
}

// RFC 4180, into objects by the header's names.
function readCsv(text) {
  const rows = [[]];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy;
  while (cell.lastIndex < text.length) {
    const at = cell.lastIndex;
    const match = cell.exec(text);
    assert.ok(match, `not CSV at ${at}: ${text.slice(at, at + 100)}`);
    rows.at(-1).push(match[1] !== undefined ? match[1].replaceAll('""', '"') : match[2]);
    if (match[3] === '\r\n') rows.push([]);
  }
  assert.equal(rows.pop().length, 0, 'the last row has no end');
  const [names, ...values] = rows;
  return values.map((row) => {
    assert.equal(row.length, names.length);
    return Object.fromEntries(names.map((name, i) => [name, row[i]]));
  });
}

const readNdjson = (text) =>
  text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line));

async function readParquet(body) {
  const file = body.buffer.slice(body.byteOffset, body.byteOffset + body.length);
  return parquetReadObjects({ file });
}

// A value as CSV spells it.
function spelled(value) {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'number' ? String(Math.round(value * 1000) / 1000) : String(value);
}

const byId = (rows) => new Map(rows.map((row) => [row.click_id, row]));

// The rows of an export are the listed clicks, each once, cell for cell.
function assertSame(rows, listed, names, what) {
  assert.equal(rows.length, listed.length, what);
  const found = byId(rows);
  assert.equal(found.size, rows.length, `${what}: an id twice`);
  for (const click of listed) {
    const row = found.get(click.click_id);
    assert.ok(row, `${what}: ${click.click_id} is missing`);
    for (const name of names)
      assert.equal(spelled(row[name]), spelled(click[name]), `${what}: ${name}`);
  }
}

async function assertExports(server, query) {
  const what = JSON.stringify(query);
  const listed = await server.api.all('/api/v1/clicks', { ...query, limit: 1000 });
  const names = kColumns.split(',');
  const csv = await fetchExport(server, 'csv', { ...query, raw: 1 });
  assert.equal(csv.status, 200, csv.body.toString());
  assert.equal(csv.body.toString().split('\r\n')[0], kColumns);
  assertSame(readCsv(csv.body.toString()), listed, names, `csv ${what}`);
  const ndjson = await fetchExport(server, 'ndjson', query);
  const lines = readNdjson(ndjson.body.toString());
  assert.deepEqual(byId(lines), byId(listed), `ndjson ${what}`);
  const parquet = await fetchExport(server, 'parquet', query);
  assert.equal(parquet.status, 200, parquet.body.toString());
  const rows = await readParquet(parquet.body);
  assertSame(rows, listed, names, `parquet ${what}`);
  if (rows.length > 0) assert.deepEqual(Object.keys(rows[0]), names);
  return listed;
}

test('every hit once, in each format, under every filter', async (t) => {
  const server = await filled(t, '--clicks', 4000);
  const link = await server.api.post('/api/v1/links', {
    prefix: 'hostile',
    destination: 'https://example.com/',
  });
  await server.api.post('/api/v1/links', {
    prefix: 'landing',
    destination: 'https://example.com/',
    landing: true,
  });
  await server.untilAtEdge((await server.api.all('/api/v1/links')).length);
  for (const text of kHostile) {
    const path = `/hostile?utm_campaign=${encodeURIComponent(text)}`;
    const agent = 'Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0';
    await request({ port: server.linksPort, path, headers: { 'User-Agent': agent } });
  }
  const page = await request({ port: server.linksPort, path: '/landing' });
  const [, viewed] = /data-click="([0-9A-Z]{26})"/.exec(page.text);
  await beacon(server, viewed);
  await server.api.untilStored();
  const day = (ms) => new Date(ms).toISOString().slice(0, 10);
  const now = Date.now();
  const from = day(now - 20 * 86400000);
  const to = day(now - 5 * 86400000);
  const all = await assertExports(server, { range: 'all', traffic: 'all' });
  assert.ok(all.length > 4000, String(all.length));
  assert.equal(byId(all).get(viewed).screen_source, 'beacon');
  for (const query of [
    { range: '30d' },
    { range: 'all', traffic: 'bot' },
    { from, to, tz: 'Asia/Kathmandu', traffic: 'all' },
    { from, to, tz: 'Pacific/Chatham', country: '!DE,US' },
    { range: 'all', platform: 'ios,android', outcome: 'redirected' },
    { range: 'all', screen_source: 'beacon,user_agent' },
    { range: 'all', link: link.id },
    { range: 'all', country: 'ZZ' },
  ]) {
    await assertExports(server, query);
  }

  await t.test('text that a spreadsheet would run', async () => {
    const query = { range: 'all', link: link.id };
    const guarded = readCsv((await fetchExport(server, 'csv', query)).body.toString());
    const campaigns = (rows) => rows.map((row) => row.campaign).sort();
    const listed = await server.api.all('/api/v1/clicks', query);
    assert.equal(listed.length, kHostile.length);
    const risky = /^[\s]*[=+\-@＝＋－＠]/;
    const expected = campaigns(listed).map((text) => (risky.test(text) ? `'${text}` : text));
    assert.deepEqual(campaigns(guarded), expected.sort());
    assert.ok(expected.filter((text) => text.startsWith("'=")).length > 0);
  });

  await t.test('counts', async () => {
    for (const by of ['country', 'link', 'tag', 'channel', 'referrer_path']) {
      const query = { range: 'all', by };
      const { rows } = await server.api.get('/api/v1/stats/breakdown', { ...query, limit: 1000 });
      const wanted = rows.map(({ value, kind, clicks, unique_clicks }) =>
        [value, kind, clicks, unique_clicks].map(spelled).join('|'),
      );
      const got = (list) => list.map((row) => Object.values(row).map(spelled).join('|'));
      const csv = await fetchExport(server, 'csv', { ...query, raw: 1 });
      assert.deepEqual(got(readCsv(csv.body.toString())), wanted, by);
      const ndjson = await fetchExport(server, 'ndjson', query);
      assert.deepEqual(got(readNdjson(ndjson.body.toString())), wanted, by);
      const parquet = await fetchExport(server, 'parquet', query);
      assert.deepEqual(got(await readParquet(parquet.body)), wanted, by);
    }
    const query = { from, to, tz: 'Pacific/Chatham', interval: 'day' };
    const { points } = await server.api.get('/api/v1/stats/timeseries', query);
    const csv = readCsv((await fetchExport(server, 'csv', query)).body.toString());
    assert.deepEqual(
      csv.map(({ local, clicks, bots }) => [local, Number(clicks), Number(bots)]),
      points.map(({ t: local, clicks, bots }) => [local, clicks, bots]),
    );
    for (const [i, row] of csv.entries()) assert.equal(Date.parse(row.t), Date.parse(points[i].t));
    const parquet = await readParquet((await fetchExport(server, 'parquet', query)).body);
    assert.deepEqual(
      parquet.map((row) => Number(row.clicks)),
      points.map(({ clicks }) => clicks),
    );
  });

  await t.test('wrong questions', async () => {
    for (const [query, code, field] of [
      [{ colour: 'red' }, 'unknown_parameter', 'colour'],
      [{ raw: 'yes' }, 'bad_value', 'raw'],
      [{ by: 'country', interval: 'day' }, 'bad_value', 'interval'],
      [{ range: '90d', interval: 'minute' }, 'too_many_points', 'interval'],
      [{ tz: 'Mars/Phobos' }, 'bad_value', 'tz'],
    ]) {
      for (const format of ['csv', 'ndjson', 'parquet'])
        assertProblem(
          await server.api.call('GET', `/api/v1/export.${format}`, { query }),
          400,
          code,
          field,
        );
    }
    const head = await fetchExport(server, 'csv', { range: 'all' }, { method: 'HEAD' });
    assert.equal(head.status, 200);
    assert.equal(head.body.length, 0);
    const stranger = await request({ port: server.consolePort, path: '/api/v1/export.csv' });
    assert.equal(stranger.status, 401);
  });

  await t.test('tallymark export', async () => {
    const args = ['export', '--api', server.consoleUrl, '--key', kBootstrapKey];
    const file = path.join(temporaryFolder(t), 'clicks.csv');
    const done = await run([...args, '-o', file, 'range=all', 'traffic=all']);
    assert.equal(done.code, 0, done.stderr);
    assert.equal(readCsv(fs.readFileSync(file, 'utf8')).length, all.length);
    const lines = await run([...args, '--format', 'ndjson', 'range=all', 'by=country']);
    assert.equal(lines.code, 0, lines.stderr);
    assert.ok(readNdjson(lines.stdout).length > 1);
    const wrong = await run([...args, '-o', `${file}2`, 'colour=red']);
    assert.equal(wrong.code, 1);
    assert.match(wrong.stderr, /colour/);
    assert.deepEqual(fs.readdirSync(path.dirname(file)), ['clicks.csv']);
  });
});

test('200,000 rows in constant memory, and readers that leave', async (t) => {
  const server = await filled(t, '--clicks', 200000, '--links', 300, '--days', 20);
  const query = { range: 'all', traffic: 'all' };
  const count = async (format, asked = query) => {
    let bytes = 0;
    let lines = 0;
    const onData = (piece) => {
      bytes += piece.length;
      for (let at = piece.indexOf(10); at >= 0; at = piece.indexOf(10, at + 1)) ++lines;
    };
    const answer = await fetchExport(server, format, asked, { onData });
    assert.equal(answer.status, 200);
    return { bytes, lines };
  };
  // Pages of rows and some chunks are held, of a third of the rows as of all: as JSON they are 185 MB.
  for (const format of ['csv', 'ndjson', 'parquet'])
    assert.ok((await count(format, { ...query, range: '7d' })).bytes > 1e6);
  const { peak } = residentMib(server.pid);
  const first = await count('csv');
  assert.equal(first.lines, 200001);
  assert.deepEqual(await count('csv'), first);
  const json = await count('ndjson');
  assert.equal(json.lines, 200000);
  assert.ok(json.bytes > 150e6, String(json.bytes));
  assert.ok((await count('parquet')).bytes > 1e6);
  const grown = residentMib(server.pid).peak - peak;
  t.diagnostic(`resident memory grew by ${grown} MiB`);
  // Whether one page more is held at some moment is a matter of scheduling. A sanitizer's allocator
  // keeps what is freed, so there is nothing to learn from it.
  if (!kSanitized) assert.ok(grown < 60, `resident memory grew by ${grown} MiB`);

  // More than there are places for: each gives its own back when its reader is gone.
  for (let i = 0; i < 6; ++i) {
    const leave = (_, asked) => asked.destroy();
    await assert.rejects(fetchExport(server, i % 2 ? 'ndjson' : 'csv', query, { onData: leave }));
  }
  let last;
  for (let i = 0; i < 50 && last?.status !== 200; ++i) {
    last = await fetchExport(server, 'csv', { ...query, link: 'lnk_1' });
    if (last.status !== 200) await new Promise((done) => setTimeout(done, 100));
  }
  assert.equal(last.status, 200);
});
