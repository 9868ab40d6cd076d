// SPDX-License-Identifier: Apache-2.0
//
// Stored clicks are judged again by the rules of now. What older rules had said is put into the
// store by hand; afterwards every number is what the sender's own count says, whatever was killed
// in between.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import test from 'node:test';

import { untilSafeTime } from '../lib/ledger.mjs';
import { sendAll } from '../lib/load.mjs';
import { sleep, startServer, temporaryFolder } from '../lib/server.mjs';

const kChrome =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36';
const kFirefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0';
const kTool = "Example's tool/1.0";
const kLong = `Mozilla/5.0 (X11; Linux x86_64; rv:130.0) ${'x'.repeat(600)} Firefox/130.0`;
const kVisitors = 40;
const kNoHead = "AND traffic != 'head'";

// Runs SQL on the embedded engine.
function sql(server, statement, settings = '') {
  return new Promise((resolve, reject) => {
    const socketPath = path.join(server.data, 'engine.sock');
    const call = http.request({ socketPath, path: `/?${settings}`, method: 'POST' }, (answer) => {
      let text = '';
      answer.on('data', (bytes) => (text += bytes));
      answer.on('end', () => (answer.statusCode === 200 ? resolve(text) : reject(new Error(text))));
    });
    call.on('error', reject);
    call.end(statement);
  });
}

const update = (server, set, agent, more = '') =>
  sql(
    server,
    `ALTER TABLE tallymark.clicks UPDATE ${set} WHERE user_agent = '${agent.replaceAll("'", "\\'")}' ${more}`,
    'mutations_sync=1',
  );

// As if older rules had taken Firefox for a robot and the tool for a person.
async function makeOld(server) {
  await update(
    server,
    "traffic = 'crawler', reason = 'old', first = 0, first_ws = 0",
    kFirefox,
    kNoHead,
  );
  await update(server, "traffic = 'human', reason = 'old'", kTool, kNoHead);
}

async function visit(server, links) {
  const requests = [];
  for (let visitor = 0; visitor < kVisitors; ++visitor) {
    const agent = [kChrome, kFirefox, kTool, kLong][visitor % 4];
    for (let k = 0; k < 6; ++k) {
      requests.push({
        method: visitor % 8 === 1 && k === 5 ? 'HEAD' : 'GET',
        path: `/${links[(visitor + k) % 3].prefix}`,
        headers: { 'User-Agent': agent, 'X-Forwarded-For': `81.2.69.${visitor}` },
      });
    }
  }
  await sendAll({ port: server.linksPort, requests, connections: 6 });
  await server.api.untilStored();
}

// What semantics.md says, from the raw rows: clicks, uniques and visitors per link and altogether.
function countByHand(rows) {
  const people = rows.filter((row) => row.traffic === 'human' && row.outcome === 'redirected');
  const who = (row) => `${row.time.slice(0, 10)} ${row.ip} ${row.user_agent}`;
  return {
    clicks: people.length,
    unique_clicks: new Set(people.map((row) => `${row.link_id} ${who(row)}`)).size,
    visitors: new Set(people.map(who)).size,
    bots: rows.filter((row) => !['human', 'head', 'prefetch'].includes(row.traffic)).length,
  };
}

const today = () => ({
  from: new Date(Date.now() - 86400000).toISOString(),
  to: new Date(Date.now() + 60000).toISOString(),
});

async function reclassify(api, body = {}) {
  const answer = await api.call('POST', '/api/v1/traffic/reclassify', {
    body: { ...today(), ...body },
  });
  assert.equal(answer.status, 202, answer.text);
  return answer.json;
}

async function untilOver(api, id) {
  for (let i = 0; i < 600; ++i) {
    const job = await api.get(`/api/v1/traffic/reclassify/${id}`);
    if (job.state === 'done' || job.state === 'failed') return job;
    await sleep(50);
  }
  throw new Error(`${id} is never over`);
}

async function look(api) {
  const rows = await api.all('/api/v1/clicks', { range: '24h', traffic: 'all', limit: 1000 });
  const summary = await api.get('/api/v1/stats/summary', { range: '24h' });
  const { clicks, unique_clicks: uniques, visitors, bots } = summary;
  const byHand = countByHand(rows);
  assert.deepEqual({ clicks, unique_clicks: uniques, visitors, bots }, byHand);
  assert.equal(new Set(rows.map((row) => row.click_id)).size, rows.length);
  const verdicts = rows.map((row) => [row.click_id, row.traffic, row.reason]).sort();
  return { rows, byHand, verdicts };
}

test('stored clicks are judged again', { timeout: 300000 }, async (t) => {
  await untilSafeTime(240);
  const rules = temporaryFolder(t, 'rules');
  const server = await startServer(t, { settings: { 'privacy.ip': 'full', 'rules.path': rules } });
  const { api } = server;
  const links = await api.createLinks([
    { prefix: 'a', destination: 'https://example.com/a' },
    { prefix: 'b', destination: 'https://example.com/b' },
    { prefix: 'limited', destination: 'https://example.com/c', click_limit: 1000 },
  ]);
  await server.untilAtEdge(links.length);
  await visit(server, links);
  const truth = await look(api);
  assert.equal(truth.rows.length, kVisitors * 6);
  const [, , limited] = links;

  await t.test('a dry run reports and changes nothing', async () => {
    await makeOld(server);
    const job = await untilOver(api, (await reclassify(api, { dry_run: true })).id);
    assert.equal(job.state, 'done', job.error);
    const open = truth.rows.filter((row) => row.link_id !== limited.id && row.traffic !== 'head');
    const of = (agent) => open.filter((row) => row.user_agent === agent).length;
    assert.deepEqual(
      job.by
        .map(({ from, to, count }) => [from.traffic, from.reason, to.traffic, to.reason, count])
        .sort(),
      [
        ['crawler', 'old', 'human', 'browser', of(kFirefox)],
        ['human', 'old', 'library', 'no_browser', of(kTool)],
      ],
    );
    assert.equal(job.changed, of(kFirefox) + of(kTool));
    assert.equal(job.examined, of(kChrome) + job.changed, 'no HEAD, none cut, none limited');
    assert.equal(job.total, job.examined);
    const rows = await api.all('/api/v1/clicks', { range: '24h', traffic: 'all', limit: 1000 });
    assert.ok(rows.some((row) => row.reason === 'old' && row.traffic === 'crawler'));
  });

  await t.test('the same without changes everything but a limited link', async () => {
    const job = await untilOver(api, (await reclassify(api)).id);
    assert.equal(job.state, 'done', job.error);
    const now = await look(api);
    const old = now.rows.filter((row) => row.reason === 'old');
    assert.ok(old.length > 0 && old.every((row) => row.link_id === limited.id));
    const again = await untilOver(api, (await reclassify(api)).id);
    assert.equal(again.changed, 0);
  });

  await t.test('one link, and without its limit', async () => {
    await api.patch(`/api/v1/links/${limited.id}`, { click_limit: null });
    const [first] = links;
    assert.equal((await untilOver(api, (await reclassify(api, { link: first.id })).id)).changed, 0);
    const job = await untilOver(api, (await reclassify(api, { link: limited.id })).id);
    assert.ok(job.changed > 0);
    const now = await look(api);
    assert.deepEqual(now.verdicts, truth.verdicts);
    assert.deepEqual(now.byHand, truth.byHand);
  });

  await t.test('suspects are kept until they are released', async () => {
    const set = "traffic = 'scanner_suspect', reason = 'burst', first = 0, first_ws = 0";
    await update(server, set, kChrome);
    assert.equal((await untilOver(api, (await reclassify(api)).id)).changed, 0);
    const job = await untilOver(api, (await reclassify(api, { suspects: 'release' })).id);
    assert.ok(job.changed > 0);
    assert.deepEqual((await look(api)).byHand, truth.byHand);
  });

  await t.test('a killed server leaves rows old or new, and its next start finishes', async () => {
    let resumed = 0;
    for (const wait of [0, 40, 120, 250, 500]) {
      await makeOld(server);
      const { id } = await reclassify(server.api);
      await sleep(wait);
      await server.kill();
      await server.start();
      const job = await untilOver(server.api, id);
      assert.equal(job.state, 'done', job.error);
      if (job.resumed) resumed += 1;
      const now = await look(server.api);
      assert.deepEqual(now.verdicts, truth.verdicts, `killed after ${wait} ms`);
      assert.deepEqual(now.byHand, truth.byHand);
    }
    assert.ok(resumed > 0, 'none was cut off');
  });

  await t.test("an operator's rule reaches back, and goes again", async () => {
    const file = path.join(rules, 'bots_monitor.txt');
    const until = async (wanted) => {
      for (let i = 0; i < 200; ++i) {
        const job = await untilOver(
          server.api,
          (await reclassify(server.api, { dry_run: true })).id,
        );
        if (job.changed > 0 === wanted) return;
        await sleep(100);
      }
      throw new Error('the rules are not taken up');
    };
    fs.writeFileSync(file, 'monitor our_probe Firefox/130\\.0$\n');
    await until(true);
    const there = await untilOver(server.api, (await reclassify(server.api)).id);
    assert.deepEqual(
      there.by.map(({ to }) => to),
      [{ traffic: 'monitor', reason: 'our_probe' }],
    );
    const now = await look(server.api);
    const probes = now.rows.filter((row) => row.reason === 'our_probe');
    assert.equal(probes.length, there.changed);
    assert.ok(probes.every((row) => row.user_agent === kFirefox && !row.first));
    fs.rmSync(file);
    await until(true);
    await untilOver(server.api, (await reclassify(server.api)).id);
    assert.deepEqual((await look(server.api)).verdicts, truth.verdicts);
  });

  await t.test('only one at a time, and nonsense is refused', async () => {
    await makeOld(server);
    const { api: now } = server;
    const answers = await Promise.all(
      [1, 2, 3, 4].map(() =>
        now.call('POST', '/api/v1/traffic/reclassify', { body: { ...today(), dry_run: true } }),
      ),
    );
    const begun = answers.filter(({ status }) => status === 202);
    assert.ok(begun.length >= 1);
    for (const { status, json } of answers) {
      assert.ok(status === 202 || (status === 409 && json.code === 'reclassify_running'), status);
    }
    await untilOver(now, begun.at(-1).json.id);
    for (const [status, body] of [
      [422, {}],
      [422, { from: today().to, to: today().from }],
      [422, { ...today(), link: 'x' }],
      [422, { ...today(), suspects: 'hang' }],
      [422, { ...today(), nonsense: 1 }],
    ]) {
      const answer = await now.call('POST', '/api/v1/traffic/reclassify', { body });
      assert.equal(answer.status, status, answer.text);
    }
    assert.equal((await now.call('GET', '/api/v1/traffic/reclassify/rcl_999')).status, 404);
    assert.equal((await now.call('GET', '/api/v1/traffic/reclassify/x')).status, 404);
  });
});
