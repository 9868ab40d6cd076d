// SPDX-License-Identifier: Apache-2.0
//
// packaging/grafana against a server: every question of the dashboard runs at the read port as
// Grafana's data source sends it, and comes to what the stats API says. Grafana itself is not here:
// its macros are written out by the rules that the plugin documents, and the requests are those that
// its client (Go, HTTP, Native blocks) makes.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';

import { ask, readNative, startWithGuests } from '../lib/guests.mjs';
import { kRoot } from '../lib/server.mjs';

const kFolder = path.join(kRoot, 'packaging/grafana');
const kDashboard = JSON.parse(fs.readFileSync(path.join(kFolder, 'dashboards/tallymark.json')));
const kStep = 6 * 3600;

// What the plugin makes of a question.
function written(sql, { from, to, workspace, link }) {
  const all = link === undefined;
  const out = sql
    .replaceAll(/\$__conditionalAll\((.*?\)), \$link\)/g, all ? '1=1' : '$1')
    .replaceAll(
      /\$__timeFilter_ms\((\w+)\)/g,
      `$1 >= fromUnixTimestamp64Milli(${from}) AND $1 <= fromUnixTimestamp64Milli(${to})`,
    )
    .replaceAll(
      /\$__timeInterval\((\w+)\)/g,
      `toStartOfInterval(toDateTime($1), INTERVAL ${kStep} second)`,
    )
    .replaceAll('${workspace:csv}', workspace)
    .replaceAll('${link:csv}', link);
  assert.ok(!out.includes('$'), out);
  return out;
}

// As Go's client does.
async function rowsOf(server, sql) {
  const { status, text, body } = await ask(server, sql, {
    path: '/?client_protocol_version=54470&database=stats&default_format=Native&enable_http_compression=1',
    headers: { 'Accept-Encoding': 'gzip' },
  });
  assert.equal(status, 200, `${sql}: ${text}`);
  return readNative(body);
}

const sum = (rows, name) => rows.reduce((total, row) => total + row[name], 0);

test('Grafana reads what the dashboard shows', { timeout: 180000 }, async (t) => {
  const server = await startWithGuests(t);
  const { api } = server;
  const [hello] = await rowsOf(server, 'SELECT displayName(), version(), revision(), timezone()');
  assert.equal(hello['timezone()'], 'UTC');
  assert.ok(hello['revision()'] > 54454);

  const to = Date.now();
  const from = to - 60 * 86400000;
  const variables = kDashboard.templating.list.map(({ query }) => query);
  const workspaces = await rowsOf(server, written(variables[0], { from, to }));
  assert.deepEqual(workspaces, [{ workspace_id: 1 }]);
  const links = await rowsOf(server, written(variables[1], { from, to, workspace: 1 }));
  assert.ok(links.length > 5 && links.every(({ __text }) => __text.startsWith('/')));

  const iso = (ms) => new Date(ms).toISOString();
  const range = { from: iso(from), to: iso(to + 1) };
  for (const link of [undefined, links[0].__value]) {
    const of = link === undefined ? range : { ...range, link: `lnk_${link}` };
    const said = await api.get('/api/v1/stats/summary', of);
    assert.ok(said.clicks > 0);
    for (const { title, targets } of kDashboard.panels) {
      assert.equal(targets.length, 1);
      const sql = written(targets[0].rawSql, { from, to, workspace: 1, link });
      const rows = await rowsOf(server, sql);
      const names = Object.keys(rows[0] ?? {});
      for (const name of names.filter((one) => ['clicks', 'unique_clicks', 'bots'].includes(one)))
        assert.equal(sum(rows, name), said[name], `${title}: ${name}`);
      if (names.includes('orphans')) {
        const query = { ...range, outcome: 'not_found', limit: 1000 };
        const orphans = await api.all('/api/v1/clicks', query);
        assert.equal(rows[0].orphans, orphans.length, title);
      }
      assert.ok(names.length > 0 || title.includes('ots'), `${title}: ${sql}`);
    }
  }
});

test('dashboard and provisioning belong together', () => {
  const source = fs.readFileSync(
    path.join(kFolder, 'provisioning/datasources/tallymark.yml'),
    'utf8',
  );
  assert.match(source, /^ {4}uid: tallymark$/m);
  assert.match(source, /^ {4}type: grafana-clickhouse-datasource$/m);
  assert.match(source, /^ {6}protocol: http$/m);
  const used = [...JSON.stringify(kDashboard).matchAll(/"datasource":(\{.*?\})/g)];
  assert.ok(used.length > kDashboard.panels.length);
  for (const [, text] of used)
    assert.deepEqual(JSON.parse(text), { type: 'grafana-clickhouse-datasource', uid: 'tallymark' });
  const ids = kDashboard.panels.map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length);
});
