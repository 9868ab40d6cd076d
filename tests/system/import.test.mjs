// SPDX-License-Identifier: Apache-2.0
//
// Clicks of the past: what one server exported is what another one counts; a file is stored whole or
// not at all, and once, whatever dies meanwhile.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';

import { queryString } from '../lib/api.mjs';
import { request } from '../lib/client.mjs';
import { kBootstrapKey, run, sleep, startServer, temporaryFolder } from '../lib/server.mjs';

const kEverything = { range: 'all', traffic: 'all' };

// Imports a file through the command line.
const importFile = (server, file, format = 'ndjson') =>
  run(
    [
      'import',
      'clicks',
      '--api',
      server.consoleUrl,
      '--key',
      kBootstrapKey,
      '--format',
      format,
      file,
    ],
    { timeoutMs: 120000 },
  );

function folderOf(t) {
  const folder = temporaryFolder();
  t.after(() => fs.rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const nothingNew = (rows) =>
  `${rows} clicks: 0 added, ${rows} were there already: the file was imported before\n`;

const stored = async (server) =>
  (await server.api.get('/api/v1/stats/breakdown', { ...kEverything, by: 'outcome' })).total.clicks;

test('what was exported is counted the same elsewhere', { timeout: 300000 }, async (t) => {
  const folder = folderOf(t);
  const data = path.join(folder, 'data');
  const demo = await run(['demo', '--data', data, '--clicks', '1500'], { timeoutMs: 300000 });
  assert.equal(demo.code, 0, demo.stderr);
  const from = await startServer(t, { data });
  const into = await startServer(t);
  const links = await from.api.all('/api/v1/links');
  const made = await into.api.call('POST', '/api/v1/links/bulk', {
    body: {
      links: links.map(({ prefix, token, destination, tags, title }) => ({
        prefix,
        token,
        destination,
        tags,
        title,
      })),
    },
  });
  assert.equal(made.status, 201, made.text);
  const files = {};
  for (const format of ['ndjson', 'csv']) {
    const answer = await request({
      port: from.consolePort,
      path: `/api/v1/export.${format}${queryString({ ...kEverything, raw: 1 })}`,
      headers: { Authorization: `Bearer ${kBootstrapKey}` },
      timeoutMs: 60000,
    });
    assert.equal(answer.status, 200, answer.text.slice(0, 300));
    files[format] = path.join(folder, `clicks.${format}`);
    fs.writeFileSync(files[format], answer.body);
  }
  const rows = fs.readFileSync(files.ndjson, 'utf8').trim().split('\n').length;
  const first = await importFile(into, files.ndjson);
  assert.equal(first.code, 0, first.stderr);
  assert.equal(first.stdout, `${rows} clicks: ${rows} added, 0 were there already\n`);
  const progress = (done) => `${done} ${rows} clicks \\(100 %\\), \\d+ a second\\n`;
  assert.match(first.stderr, new RegExp(`${progress('checked')}${progress('imported')}$`));
  // Again, and as the other format: the same clicks.
  for (const format of ['ndjson', 'csv']) {
    const again = await importFile(into, files[format], format);
    assert.equal(again.code, 0, again.stderr);
    assert.equal(again.stdout, nothingNew(rows));
  }
  const both = (question) => Promise.all([from, into].map((one) => question(one.api)));
  for (const traffic of ['human', 'bot', 'all']) {
    const [was, is] = await both((api) =>
      api.get('/api/v1/stats/summary', { range: 'all', traffic }),
    );
    for (const name of ['clicks', 'unique_clicks', 'visitors', 'bots'])
      if (name !== 'visitors') assert.equal(is[name], was[name], `${traffic} ${name}`);
    for (const by of [
      ...['country', 'city', 'language', 'platform', 'device', 'os', 'os_version', 'browser'],
      ...['browser_version', 'channel', 'source', 'campaign', 'referrer', 'tag', 'token'],
      ...['screen', 'trigger', 'outcome', 'reason', 'in_app'],
    ]) {
      const [was, is] = await both(async (api) => {
        const { rows, total } = await api.get('/api/v1/stats/breakdown', {
          range: 'all',
          traffic,
          by,
          limit: 1000,
        });
        const plain = rows.map(({ value, clicks, unique_clicks }) => [
          value,
          clicks,
          unique_clicks,
        ]);
        return { plain, total };
      });
      assert.deepEqual(is, was, `${traffic} by ${by}`);
    }
    const [series, same] = await both(async (api) => {
      const query = { from: '2026-01-01', to: '2027-12-31', interval: 'day', traffic };
      return (await api.get('/api/v1/stats/timeseries', query)).points;
    });
    assert.deepEqual(same, series);
  }
  const shown = (await into.api.get('/api/v1/clicks', kEverything)).data;
  assert.ok(shown.every((click) => click.imported));
  const told = await into.api.call('POST', '/api/v1/conversions', {
    body: { click_id: shown[0].click_id },
  });
  assert.equal(told.status, 201, told.text);
  for (let i = 0; ; ++i) {
    const { status } = await into.api.get(`/api/v1/conversions/${told.json.id}`);
    if (status === 'joined') break;
    assert.ok(i < 200, status);
    await sleep(50);
  }
});

// A file of clicks without ids, a second apart.
// Five minutes between two, so that many of them lie in several partitions of the store.
const manyClicks = (count) =>
  Array.from({ length: count }, (_, i) =>
    JSON.stringify({
      time: new Date(Date.UTC(2026, 0, 1) + i * 300_000),
      prefix: 'old',
      first: i % 2 === 0,
    }),
  ).join('\n');

test('a file is stored whole or not at all', { timeout: 120000 }, async (t) => {
  const folder = folderOf(t);
  const server = await startServer(t);
  await server.api.post('/api/v1/links', {
    prefix: 'old',
    destination: 'https://example.com/',
    click_limit: 1,
  });
  await server.untilAtEdge(1);
  const file = path.join(folder, 'clicks');
  fs.writeFileSync(
    file,
    `${manyClicks(50)}\n{"time":"2026-01-01","prefix":"none"}\n{"prefix":1}\n`,
  );
  const refused = await importFile(server, file);
  assert.equal(refused.code, 1);
  assert.match(refused.stderr, /^line 51: prefix: there is no such link/m);
  assert.match(refused.stderr, /^line 52: time: is needed/m);
  assert.equal(await stored(server), 0);
  fs.writeFileSync(
    file,
    'time,prefix,first\n2026-03-01T10:00:00+02:00,old,true\n2026-03-01,old,\n',
  );
  for (const wanted of ['2 clicks: 2 added, 0 were there already\n', nothingNew(2)]) {
    const done = await importFile(server, file, 'csv');
    assert.equal(done.code, 0, done.stderr);
    assert.equal(done.stdout, wanted);
  }
  const [click] = (await server.api.get('/api/v1/clicks', { range: 'all', first: 'true' })).data;
  assert.deepEqual([click.time, click.country], ['2026-03-01T08:00:00.000Z', 'Unknown']);
  const passed = await request({
    port: server.linksPort,
    path: '/old',
    headers: {
      'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0',
    },
  });
  assert.equal(passed.status, 302, 'what was imported does not use up the limit');
});

// What semantics.md says of first clicks, by hand: of clicks in any order.
function countFirsts(clicks) {
  const onLink = new Set();
  const inWorkspace = new Set();
  for (const { time, prefix, visitor } of clicks) {
    const day = time.slice(0, 10);
    onLink.add(`${day} ${visitor} ${prefix}`);
    inWorkspace.add(`${day} ${visitor}`);
  }
  return [onLink.size, inWorkspace.size];
}

test('who came first is worked out from all clicks there are', { timeout: 240000 }, async (t) => {
  const folder = folderOf(t);
  const server = await startServer(t);
  for (const prefix of ['a', 'b'])
    await server.api.post('/api/v1/links', { prefix, destination: 'https://example.com/' });
  await server.untilAtEdge(2);
  // Latest first, and what the file says of first clicks is wrong throughout.
  const clicks = Array.from({ length: 600 }, (_, i) => ({
    time: new Date(Date.UTC(2026, 0, 20) - i * 3_000_000).toISOString(),
    prefix: 'ab'[(i * 7) % 3 & 1],
    visitor: `v${(i * 11) % 13}`,
    first: true,
    first_ws: i % 2 === 0,
  }));
  const files = [clicks.slice(0, 200), clicks.slice(200)].map((some, i) => {
    const file = path.join(folder, `${i}.ndjson`);
    fs.writeFileSync(file, some.map((one) => JSON.stringify(one)).join('\n'));
    return file;
  });
  const counted = async () => {
    const now = await server.api.get('/api/v1/stats/summary', { range: 'all' });
    return [now.unique_clicks, now.visitors];
  };
  for (const [i, file] of files.entries()) {
    const done = await importFile(server, file);
    assert.equal(done.code, 0, done.stderr);
    assert.deepEqual(await counted(), countFirsts(i === 0 ? clicks.slice(0, 200) : clicks));
  }
  const shown = await server.api.all('/api/v1/clicks', { range: 'all', first: 'true' });
  for (const { time, prefix } of shown) {
    const earlier = clicks.filter(
      (one) => one.time.slice(0, 10) === time.slice(0, 10) && one.prefix === prefix,
    );
    const one = earlier.find((click) => click.time === time);
    assert.ok(
      earlier.every((other) => other.visitor !== one.visitor || other.time >= time),
      'the earliest has the flag',
    );
  }
  // A live click, and an imported one of the same person before it, that day and on that link.
  const before = await counted();
  const agent = 'Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0';
  const passed = await request({
    port: server.linksPort,
    path: '/a',
    headers: { 'User-Agent': agent },
  });
  assert.equal(passed.status, 302);
  await server.api.untilStored();
  assert.deepEqual(await counted(), [before[0] + 1, before[1] + 1]);
  const [live] = (await server.api.get('/api/v1/clicks', { range: 'all', limit: 1 })).data;
  const file = path.join(folder, 'live.ndjson');
  const time = new Date(Date.parse(live.time) - 1).toISOString();
  fs.writeFileSync(
    file,
    JSON.stringify({ time, prefix: 'a', ip: '127.0.0.1', user_agent: agent, first: true }),
  );
  const done = await importFile(server, file);
  assert.equal(done.code, 0, done.stderr);
  if (time.slice(0, 10) === live.time.slice(0, 10))
    assert.deepEqual(await counted(), [before[0] + 1, before[1] + 1]);
  const now = await server.api.get('/api/v1/clicks', { range: 'all', limit: 2 });
  assert.deepEqual(
    now.data.map((one) => [one.time, one.imported, one.first, one.ip]),
    [
      [live.time, false, time.slice(0, 10) !== live.time.slice(0, 10), null],
      [time, true, true, null],
    ],
  );
});

test('a link that does not record keeps no more of the past', { timeout: 120000 }, async (t) => {
  const folder = folderOf(t);
  const server = await startServer(t);
  await server.api.post('/api/v1/links', {
    prefix: 'quiet',
    destination: 'https://example.com/',
    privacy: 'do_not_record',
  });
  const told = { country: 'DE', os: 'iOS', browser: 'Safari', source: 'news', visitor: 'anna' };
  const file = path.join(folder, 'told.ndjson');
  const bot = { traffic: 'crawler', reason: 'word:bot' };
  const lines = [told, { ...told, ...bot }].map((facts, i) =>
    JSON.stringify({ time: `2026-02-03T00:00:0${i}Z`, prefix: 'quiet', first: true, ...facts }),
  );
  fs.writeFileSync(file, lines.join('\n'));
  const done = await importFile(server, file);
  assert.equal(done.code, 0, done.stderr);
  const rows = await server.api.all('/api/v1/clicks', kEverything);
  assert.deepEqual(
    rows.map((row) => [row.traffic, row.reason, row.country, row.os, row.browser, row.source]),
    [
      ['crawler', 'word:bot', 'Unknown', 'Unknown', 'Unknown', ''],
      ['human', '', 'Unknown', 'Unknown', 'Unknown', ''],
    ],
  );
  assert.deepEqual(
    rows.map((row) => [row.imported, row.first, row.time]),
    [
      [true, false, '2026-02-03T00:00:01.000Z'],
      [true, false, '2026-02-03T00:00:00.000Z'],
    ],
  );
  const summary = await server.api.get('/api/v1/stats/summary', { range: 'all' });
  assert.deepEqual([summary.clicks, summary.unique_clicks, summary.bots], [1, 0, 1]);
});

test("a server's own clicks are not there twice", { timeout: 120000 }, async (t) => {
  const folder = folderOf(t);
  const server = await startServer(t);
  await server.api.post('/api/v1/links', {
    prefix: 'a',
    destination: 'https://example.com/',
    append_click_id: true,
  });
  await server.untilAtEdge(1);
  const file = path.join(folder, 'own.ndjson');
  for (let round = 1; round <= 3; ++round) {
    const passed = await request({ port: server.linksPort, path: '/a' });
    const click_id = new URL(passed.headers.location).searchParams.get('tm_cid');
    // At once, and with a time that was edited.
    fs.writeFileSync(file, JSON.stringify({ click_id, time: '2026-02-03', prefix: 'a' }));
    const done = await importFile(server, file);
    assert.equal(done.code, 0, done.stderr);
    assert.equal(done.stdout, nothingNew(1));
    assert.equal(await stored(server), round);
  }
});

test(
  'nothing is lost or doubled when the server dies meanwhile',
  { timeout: 240000 },
  async (t) => {
    const folder = folderOf(t);
    const server = await startServer(t);
    await server.api.post('/api/v1/links', { prefix: 'old', destination: 'https://example.com/' });
    const file = path.join(folder, 'clicks.ndjson');
    fs.writeFileSync(file, manyClicks(20000));
    // Killed as soon as some more of it is there.
    let there = 0;
    const seen = [];
    for (let round = 0; round < 3 && there < 20000; ++round) {
      const running = importFile(server, file);
      const deadline = Date.now() + 20000;
      while (there === (seen.at(-1) ?? 0) && Date.now() < deadline) {
        await sleep(5);
        there = await stored(server);
      }
      await server.kill();
      await running;
      await server.start();
      there = await stored(server);
      seen.push(there);
    }
    assert.ok(seen[0] > 0 && seen[0] < 20000, `killed in its middle: ${seen}`);
    const last = await importFile(server, file);
    assert.equal(last.code, 0, last.stderr);
    assert.equal(await stored(server), 20000);
    const { unique_clicks } = await server.api.get('/api/v1/stats/summary', { range: 'all' });
    assert.equal(unique_clicks, 10000);
  },
);
