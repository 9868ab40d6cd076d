// SPDX-License-Identifier: Apache-2.0
//
// A landing page's beacon gives its click a screen: once, over a crash too, and no other click.
import assert from 'node:assert/strict';
import test from 'node:test';

import { request } from '../lib/client.mjs';
import { sleep, startServer } from '../lib/server.mjs';

const kPerson = 'Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0';

const visit = (server, path) =>
  request({ port: server.linksPort, path, headers: { Host: 'go.example', 'User-Agent': kPerson } });

function beacon(server, click_id, screen_w) {
  return request({
    port: server.linksPort,
    method: 'POST',
    path: '/_t/beacon',
    headers: { Host: 'go.example', 'Content-Type': 'text/plain' },
    body: JSON.stringify({ click_id, screen_w, screen_h: 2340, dpr: 2.5 }),
  });
}

async function metric(server, name) {
  const { text } = await server.api.call('GET', '/metrics');
  const line = text.split('\n').find((one) => one.startsWith(`${name} `));
  return Number(line?.split(' ')[1]);
}

async function until(server, name, value) {
  for (const deadline = Date.now() + 20000; Date.now() < deadline; await sleep(50))
    if ((await metric(server, name)) === value) return;
  assert.equal(await metric(server, name), value, name);
}

const screens = async (server) => {
  const { rows, total, coverage } = await server.api.get('/api/v1/stats/breakdown', {
    range: '24h',
    by: 'screen',
  });
  assert.equal(
    rows.reduce((sum, row) => sum + row.clicks, 0),
    total.clicks,
  );
  return [...rows.map((row) => [row.value, row.clicks]), ['known', coverage.known]];
};

test('a click has the screen that it told first, over a crash', async (t) => {
  const server = await startServer(t);
  const destination = 'https://example.com/';
  await server.api.post('/api/v1/links', { prefix: 'land', landing: true, destination });
  await server.api.post('/api/v1/links', { prefix: 'on', append_click_id: true, destination });
  await server.untilAtEdge(2);
  const page = await visit(server, '/land');
  const id = /data-click="([0-9A-Z]{26})"/.exec(page.text)[1];
  const other = (await visit(server, '/on')).headers.location.slice(-26);
  assert.equal((await beacon(server, id, 1080)).status, 204);
  await until(server, 'tallymark_stored_views_total', 1);
  await server.api.untilStored();
  const told = [
    ['1080x2340', 1],
    ['Unknown', 1],
    ['known', 1],
  ];
  assert.deepEqual(await screens(server), told);

  await server.kill();
  await server.start();
  assert.equal((await beacon(server, id, 1)).status, 204);
  assert.equal((await beacon(server, other, 1)).status, 204);
  assert.equal((await beacon(server, 'A1', 1)).status, 400);
  await until(server, 'tallymark_beacons_dropped_total{reason="repeated"}', 1);
  await until(server, 'tallymark_beacons_dropped_total{reason="unknown"}', 1);
  assert.equal(await metric(server, 'tallymark_edge_bad_beacons_total'), 1);
  await server.api.untilStored();
  assert.deepEqual(await screens(server), told);
  const { data } = await server.api.get('/api/v1/clicks', { range: '24h', screen: '1080x2340' });
  assert.deepEqual(
    data.map((row) => [row.click_id, row.screen_w, row.screen_source]),
    [[id, 1080, 'beacon']],
  );
});
