// SPDX-License-Identifier: Apache-2.0
//
// The read port, as ClickHouse's own client for Node and hostile guests see it: what it says is what
// the API says; nothing can be written, reached or found out there that is not meant for guests; and
// nothing that guests ask holds up the product.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';

import { sql as askEngine } from '../lib/crowd.mjs';
import { ask, guestOf, kReadToken, readPortOf, startWithGuests } from '../lib/guests.mjs';
import { run, sleep, startServer, temporaryFolder } from '../lib/server.mjs';

const kRange = { range: '90d', tz: 'UTC' };
const kOfWorkspace = 'workspace_id = 1';

const rowsOf = async (client, query, more = {}) => {
  const answer = await client.query({ query, format: 'JSONEachRow', ...more });
  return answer.json();
};

const fileBeside = (name) => path.join(os.tmpdir(), `tallymark-guest-${process.pid}-${name}`);

test('what guests read', { timeout: 180000 }, async (t) => {
  const server = await startWithGuests(t);
  const client = guestOf(t, server);
  const { api } = server;

  await t.test('totals and breakdowns are those of the API', async () => {
    const summary = await api.get('/api/v1/stats/summary', kRange);
    const [totals] = await rowsOf(
      client,
      `SELECT toUInt32(sum(is_click)) AS clicks, toUInt32(sum(first)) AS unique_clicks,
         toUInt32(sum(is_bot)) AS bots FROM clicks WHERE ${kOfWorkspace}`,
    );
    assert.ok(totals.clicks > 500 && totals.bots > 50);
    const { clicks, unique_clicks, bots } = summary;
    assert.deepEqual(totals, { clicks, unique_clicks, bots });
    const columns = { referrer: 'referrer_host' };
    const dimensions =
      'country city language platform device os os_version browser browser_version channel source ' +
      'medium campaign content referrer token prefix trigger outcome';
    for (const by of dimensions.split(' ')) {
      const { rows } = await api.get('/api/v1/stats/breakdown', { ...kRange, by, limit: 1000 });
      const found = await rowsOf(
        client,
        `SELECT toString(${columns[by] ?? by}) AS value, toUInt32(sum(is_click)) AS clicks,
           toUInt32(sum(first)) AS unique_clicks
         FROM clicks WHERE ${kOfWorkspace} GROUP BY value HAVING clicks > 0`,
      );
      const sorted = (all) => new Map(all.map((row) => [row.value, row]).toSorted());
      const expected = rows.map((row) => ({
        value: row.value,
        clicks: row.clicks,
        unique_clicks: row.unique_clicks,
      }));
      assert.deepEqual(sorted(found), sorted(expected), by);
    }
  });

  await t.test('columns are those of the stored click, to the millisecond', async () => {
    const { data } = await api.get('/api/v1/clicks', { ...kRange, limit: 100 });
    const rows = await rowsOf(
      client,
      `SELECT *, concat('lnk_', link_id) AS link FROM clicks WHERE ${kOfWorkspace}
       AND traffic = 'human'
       ORDER BY time DESC LIMIT 100`,
      { clickhouse_settings: { date_time_output_format: 'iso' } },
    );
    const times = (all) => all.map(({ time }) => Date.parse(time));
    assert.equal(rows.length, 100);
    assert.deepEqual(times(rows), times(data));
    const names = Object.keys(data[0]).filter((name) => !['click_id', 'visitor'].includes(name));
    assert.deepEqual(
      Object.keys(rows[0])
        .filter((name) => !['is_click', 'is_bot', 'link'].includes(name))
        .toSorted(),
      names.toSorted(),
    );
  });

  await t.test('in every format that clients ask for, and as a stream', async () => {
    const query = 'SELECT number AS n, toString(number) AS s FROM system.numbers LIMIT 3';
    const json = await (await client.query({ query, format: 'JSON' })).json();
    assert.deepEqual(json.data, [
      { n: 0, s: '0' },
      { n: 1, s: '1' },
      { n: 2, s: '2' },
    ]);
    const text = async (format) => (await client.query({ query, format })).text();
    assert.equal(await text('CSVWithNames'), '"n","s"\n0,"0"\n1,"1"\n2,"2"\n');
    assert.equal(await text('TabSeparated'), '0\t0\n1\t1\n2\t2\n');
    assert.equal(await text('JSONCompactEachRow'), '[0, "0"]\n[1, "1"]\n[2, "2"]\n');
    const raw = await client.exec({ query: `${query} FORMAT RowBinaryWithNamesAndTypes` });
    const bytes = Buffer.concat(await raw.stream.toArray());
    assert.equal(
      bytes.toString('latin1'),
      '\x02\x01n\x01s\x06UInt64\x06String' +
        [0, 1, 2].map((n) => `${String.fromCharCode(n)}${'\0'.repeat(7)}\x01${n}`).join(''),
    );
    const parquet = await client.exec({ query: `${query} FORMAT Parquet` });
    assert.match(Buffer.concat(await parquet.stream.toArray()).toString('latin1'), /^PAR1.*PAR1$/s);
    const stream = (
      await client.query({
        query: 'SELECT number FROM system.numbers LIMIT {n:UInt32}',
        query_params: { n: 20000 },
        format: 'JSONEachRow',
      })
    ).stream();
    let rows = 0;
    for await (const chunk of stream) rows += chunk.length;
    assert.equal(rows, 20000);
  });

  await t.test('what programs look up before they show a table', async () => {
    assert.deepEqual(await rowsOf(client, 'SHOW DATABASES'), [{ name: 'stats' }]);
    assert.deepEqual(await rowsOf(client, 'SHOW TABLES'), [{ name: 'clicks' }]);
    assert.deepEqual(
      await rowsOf(client, "SELECT database, name FROM system.tables WHERE database != 'system'"),
      [{ database: 'stats', name: 'clicks' }],
    );
    const described = await rowsOf(client, 'DESCRIBE TABLE clicks');
    assert.deepEqual([described[0].name, described[0].type], ['time', "DateTime64(3, 'UTC')"]);
    const columns = await rowsOf(
      client,
      "SELECT DISTINCT database FROM system.columns WHERE database != 'system'",
    );
    assert.deepEqual(columns, [{ database: 'stats' }]);
    const [hello] = await rowsOf(client, 'SELECT version() AS version, timezone() AS zone');
    assert.match(hello.version, /^\d+\.\d+/);
    assert.equal((await client.ping()).success, true);
    assert.equal((await client.ping({ select: true })).success, true);
  });

  await t.test('a range of time reads no more than it must', async () => {
    const plan = await ask(
      server,
      'EXPLAIN indexes = 1 SELECT count() FROM clicks WHERE time < toDateTime(86400)',
    );
    assert.match(plan.text, /Parts: 0\/\d/);
  });
});

test('what guests are refused', { timeout: 180000 }, async (t) => {
  const server = await startWithGuests(t, { clicks: 200 });
  const secret = fileBeside('secret');
  const written = fileBeside('written');
  fs.writeFileSync(secret, 'secret\n');
  t.after(() => [secret, written].forEach((file) => fs.rmSync(file, { force: true })));

  await t.test('without the token, everything', async () => {
    const without = await ask(server, 'SELECT 1', { headers: { 'X-ClickHouse-Key': '' } });
    assert.equal(without.status, 401);
    assert.match(without.headers['www-authenticate'], /^Basic/);
    const wrong = await ask(server, 'SELECT 1', {
      headers: { 'X-ClickHouse-Key': kReadToken.replace('a', 'b') },
    });
    assert.equal(wrong.status, 403);
    assert.equal(wrong.headers['x-clickhouse-exception-code'], '516');
    assert.match(wrong.text, /^Code: 516\. DB::Exception: .*\(AUTHENTICATION_FAILED\)$/m);
    await assert.rejects(
      rowsOf(guestOf(t, server, { password: 'x'.repeat(34) }), 'SELECT 1'),
      (error) => error.code === '516' && error.type === 'AUTHENTICATION_FAILED',
    );
    for (const headers of [
      { 'X-ClickHouse-Key': '', Authorization: `Bearer ${kReadToken}` },
      { 'X-ClickHouse-Key': '', Authorization: `Basic ${btoa(`any:${kReadToken}`)}` },
    ])
      assert.equal((await ask(server, 'SELECT 1', { headers })).text, '1\n');
  });

  await t.test('writing, files, hosts, settings, other tables', async () => {
    const statements = [
      'INSERT INTO clicks (country) VALUES (1)',
      'ALTER TABLE tallymark.clicks DELETE WHERE 1',
      'CREATE TABLE stats.mine (a UInt8) ENGINE = Memory',
      'CREATE TEMPORARY TABLE mine (a UInt8)',
      'DROP VIEW stats.clicks',
      'TRUNCATE TABLE tallymark.clicks',
      'SYSTEM SHUTDOWN',
      'KILL QUERY WHERE 1',
      'SET readonly = 0',
      'SET ROLE owner',
      'SELECT 1; SET ROLE owner',
      'SELECT 1 SETTINGS readonly = 0',
      'SELECT 1 SETTINGS max_execution_time = 0',
      `SELECT 1 INTO OUTFILE '${written}'`,
      `SELECT * FROM file('${secret}', LineAsString)`,
      `SELECT file('${secret}')`,
      `SELECT * FROM \`default\`.\`${secret}\``,
      `SELECT * FROM '${secret}'`,
      `INSERT INTO FUNCTION file('${written}', CSV) SELECT 1`,
      `SELECT * FROM url('http://127.0.0.1:${server.consolePort}/healthz', LineAsString)`,
      "SELECT * FROM remote('127.0.0.1', tallymark.clicks)",
      "SELECT hasColumnInTable('127.0.0.1', '', '', 'a', 'b', 'c')",
      "SELECT * FROM executable('id', TSV, 'a String')",
      "SELECT * FROM merge('tallymark', '.*')",
      "SELECT * FROM mergeTreeIndex('tallymark', 'clicks')",
      'SELECT count() FROM tallymark.clicks',
      'SELECT visitor FROM clicks',
      'SELECT count() FROM tallymark.conversions',
      'DESCRIBE tallymark.clicks',
      'SHOW CREATE TABLE tallymark.clicks',
      'EXPLAIN QUERY TREE SELECT * FROM tallymark.clicks',
      'EXPLAIN SYNTAX run_query_tree_passes = 1 SELECT * FROM tallymark.clicks',
      'EXPLAIN SELECT * FROM tallymark.clicks',
      'EXPLAIN AST optimize = 1 SELECT * FROM tallymark.clicks',
      'SELECT * FROM (EXPLAIN QUERY TREE SELECT * FROM tallymark.clicks)',
      "SELECT max(editDistance(repeat('a', 60000), toString(number))) FROM numbers(1500)",
      'SELECT query FROM system.processes',
      'SELECT * FROM "system.processes"',
      'SELECT * FROM system.users',
      'SELECT * FROM system.stack_trace',
      `\\i ${secret}`,
      'SELECT 1 FORMAT Template',
    ];
    for (const statement of statements) {
      const answer = await ask(server, statement);
      assert.ok(answer.status >= 400, `${statement}: ${answer.status} ${answer.text}`);
      assert.match(answer.text, /^Code: \d+\. DB::Exception: /, statement);
      assert.ok(!answer.text.includes('secret\n'), statement);
    }
    assert.ok(!fs.existsSync(written));
    for (const to of ['/?readonly=0&max_execution_time=0&allow_ddl=1', '/?database=tallymark']) {
      const answer = await ask(server, 'SELECT 1', { path: to });
      assert.ok(answer.status >= 400, to);
    }
    const named = await ask(server, 'SELECT * FROM {t:Identifier}', {
      path: '/?param_t=system.processes',
    });
    assert.equal(named.status, 403);
  });

  await t.test('whether there is a file, or a column of another table', async () => {
    const nothing = `${secret}-not`;
    const words = async (statement) => (await ask(server, statement)).text;
    assert.equal(
      await words(`SELECT * FROM default.\`${secret}\``),
      await words(`SELECT * FROM default.\`${nothing}\``),
    );
    assert.equal(
      await words('SELECT visitor FROM tallymark.clicks'),
      await words('SELECT nothing FROM tallymark.clicks'),
    );
    for (const kind of ['PLAN', 'PIPELINE', 'SYNTAX', 'AST', 'ESTIMATE', 'indexes = 1,header=1'])
      assert.equal(
        (await ask(server, `EXPLAIN ${kind} SELECT time FROM clicks`)).status,
        200,
        kind,
      );
  });

  await t.test('every function that reads elsewhere, whatever the library has', async () => {
    const harmless =
      'SQLStandardValues fuzzJSON generateRandom generateSeries generate_series null numbers ' +
      'numbers_mt primes values view viewIfPermitted';
    const all = (await askEngine(server, 'SELECT name FROM system.table_functions'))
      .trim()
      .split('\n')
      .filter((name) => !harmless.split(' ').includes(name));
    assert.ok(all.length > 40);
    for (const name of all) {
      const { status, text } = await ask(server, `SELECT * FROM ${name}('a', 'b', 'c') LIMIT 1`);
      assert.ok(status >= 400, `${name}: ${text}`);
      // Refused for what it is, and not for its arguments.
      assert.match(text, /ACCESS_DENIED|READONLY/, name);
    }
  });

  await t.test('the token is in no list of processes and in no log', async () => {
    const seen = fs.readFileSync(`/proc/${server.enginePid()}/cmdline`, 'utf8');
    assert.match(seen, /--read-listen\0fd:3/);
    assert.ok(!seen.includes(kReadToken));
    assert.ok(!server.stderr.includes(kReadToken));
  });

  await t.test('heavy questions are bounded, and the product answers meanwhile', async () => {
    const endless = Array.from({ length: 4 }, () =>
      ask(server, 'SELECT sum(sipHash64(number)) FROM system.numbers', {
        path: '/?max_execution_time=1',
      }),
    );
    let over = false;
    const all = Promise.all(endless).finally(() => (over = true));
    let answered = 0;
    while (!over) {
      const summary = await server.api.get('/api/v1/stats/summary', kRange);
      assert.ok(summary.clicks > 0);
      ++answered;
    }
    assert.ok(answered > 3);
    for (const answer of await all) assert.match(answer.text, /^Code: 159\. .*TIMEOUT_EXCEEDED/);
    const large = await ask(server, 'SELECT groupArray(number) FROM system.numbers');
    assert.match(large.text, /^Code: (241|173)\. /, large.text);
    const long = await ask(server, 'SELECT number FROM system.numbers LIMIT 2000000');
    assert.match(long.text, /^Code: 396\. /, long.text);
    const many = await Promise.all(
      Array.from({ length: 48 }, () =>
        ask(server, 'SELECT sum(sipHash64(number)) FROM numbers(3000000)'),
      ),
    );
    assert.ok(many.some(({ text }) => text.startsWith('Code: 202. ')));
    assert.ok(many.some(({ status }) => status === 200));
  });

  await t.test('answers that nobody reads are bounded', async (one) => {
    const query = `SELECT 1 AS ${'a'.repeat(120000)} FROM system.numbers LIMIT 1050 FORMAT JSONEachRow`;
    const head = `POST / HTTP/1.1\r\nHost: x\r\nX-ClickHouse-Key: ${kReadToken}\r\n`;
    const silent = Array.from({ length: 8 }, () => {
      const socket = net.connect(server.readPort, '127.0.0.1');
      socket.on('error', () => {});
      socket.pause();
      socket.write(`${head}Content-Length: ${query.length}\r\n\r\n${query}`);
      return socket;
    });
    one.after(() => silent.forEach((socket) => socket.destroy()));
    // Behind them in the queue.
    const answer = await ask(server, 'SELECT 1');
    assert.equal(answer.text, '1\n');
    const refused = await ask(server, query);
    assert.match(refused.text.slice(0, 100), /^Code: 202\. /);
    const more = await ask(server, query.replace('LIMIT 1050', 'LIMIT 100000'));
    assert.match(more.text.slice(0, 100), /^Code: 396\. /);
    const status = fs.readFileSync(`/proc/${server.enginePid()}/status`, 'utf8');
    const peak = Number(/VmHWM:\s+(\d+)/.exec(status)[1]) / 1024;
    one.diagnostic(`the engine had ${Math.round(peak)} MB at most`);
    assert.ok(peak < 2500, `${peak} MB`);
  });

  await t.test('guests of an engine that dies are those of the next', async () => {
    const engine = server.enginePid();
    process.kill(engine, 'SIGKILL');
    for (const until = Date.now() + 20000; ; await sleep(50)) {
      const answer = await ask(server, 'SELECT count() > 0 FROM clicks').catch(() => undefined);
      if (answer?.text === '1\n') break;
      assert.ok(Date.now() < until, answer?.text);
    }
    assert.notEqual(server.enginePid(), engine);
  });
});

test('a question of guests holds up no end and no start', { timeout: 120000 }, async (t) => {
  const endless = 'SELECT sum(sipHash64(number)) FROM system.numbers';
  const server = await startWithGuests(t, { clicks: 200 });
  const underWay = async (to) => {
    ask(to, endless).catch(() => {});
    for (const until = Date.now() + 10000; ; await sleep(20)) {
      const seen = await askEngine(server, `SELECT count() FROM system.processes`).catch(() => '');
      if (Number(seen) >= 2) return;
      assert.ok(Date.now() < until, 'the question does not run');
    }
  };
  await underWay(server);
  await server.kill(); // throws when the engine stays
  server.stderr = '';
  const started = Date.now();
  await server.start();
  server.readPort = readPortOf(server);
  assert.equal((await ask(server, 'SELECT count() > 0 FROM clicks')).text, '1\n');
  t.diagnostic(`ready again after ${Date.now() - started} ms`);
  await underWay(server);
  await server.stop({ timeoutMs: 12000 });
});

test('off by default, and refused where it does not fit', { timeout: 60000 }, async (t) => {
  const server = await startServer(t);
  assert.doesNotMatch(server.stderr, /read port/);
  const cmdline = fs.readFileSync(`/proc/${server.enginePid()}/cmdline`, 'utf8');
  assert.doesNotMatch(cmdline, /read-listen/);
  const data = path.join(temporaryFolder(t), 'data');
  const tried = async (settings, env = {}) => {
    const sets = Object.entries(settings).flatMap(([key, value]) => ['--set', `${key}=${value}`]);
    const ports = ['--links', '127.0.0.1:0', '--console', '127.0.0.1:0'];
    return run(['serve', '--data', data, ...ports, ...sets], { env });
  };
  const token = { TALLYMARK_CLICKS_READ_TOKEN: kReadToken };
  const rows = [
    [{ 'clicks.read_listen': '127.0.0.1:0' }, {}, /needs clicks\.read_token/],
    [
      { 'clicks.read_listen': '127.0.0.1:0' },
      { TALLYMARK_CLICKS_READ_TOKEN: 'short-secret' },
      /clicks\.read_token: a token has at least 32 printable characters/,
    ],
    [{ 'clicks.read_listen': 'here' }, token, /clicks\.read_listen: 'here' is not an address/],
    [
      { 'clicks.read_listen': '127.0.0.1:0', 'clicks.url': 'http://127.0.0.1:1' },
      token,
      /clicks\.url names another one/,
    ],
    [{ 'clicks.read_listen': `127.0.0.1:${server.consolePort}` }, token, /in use/],
  ];
  for (const [settings, env, message] of rows) {
    const { code, stderr } = await tried(settings, env);
    assert.equal(code, 1, stderr);
    assert.match(stderr, message);
    assert.ok(!stderr.includes('short-secret') && !stderr.includes(kReadToken));
  }
});
