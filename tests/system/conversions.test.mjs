// SPDX-License-Identifier: Apache-2.0
//
// Conversions: joined to their clicks once, whatever happens meanwhile; refused when they cannot be
// right; counted with everything that is known of the click.
import assert from 'node:assert/strict';
import http from 'node:http';
import path from 'node:path';
import test from 'node:test';

import { assertProblem } from '../lib/api.mjs';
import { request } from '../lib/client.mjs';
import { sleep, startServer } from '../lib/server.mjs';

const kPath = '/api/v1/conversions';
const kDesktop = 'Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0';
const kTool = 'curl/8.5.0';

// Runs SQL on the embedded engine.
function sql(server, statement) {
  return new Promise((resolve, reject) => {
    const socketPath = path.join(server.data, 'engine.sock');
    const call = http.request({ socketPath, path: '/', method: 'POST' }, (answer) => {
      let text = '';
      answer.on('data', (bytes) => (text += bytes));
      answer.on('end', () => (answer.statusCode === 200 ? resolve(text) : reject(new Error(text))));
    });
    call.on('error', reject);
    call.end(statement);
  });
}

const rowsOf = async (server) =>
  Number(await sql(server, 'SELECT count() FROM tallymark.conversions FORMAT TabSeparated'));

// A click on a link that tells its id; the id.
async function click(server, address, agent = kDesktop, prefix = 'buy') {
  const answer = await request({
    port: server.linksPort,
    path: `/${prefix}`,
    headers: { Host: 'go.example', 'User-Agent': agent, 'X-Forwarded-For': address },
  });
  return new URL(answer.headers.location).searchParams.get('tm_cid');
}

async function started(t, options) {
  const server = await startServer(t, options);
  const link = await server.api.post('/api/v1/links', {
    prefix: 'buy',
    append_click_id: true,
    destination: 'https://shop.example/',
  });
  await server.untilAtEdge(1);
  return { server, api: server.api, link };
}

const tell = (api, body, headers) => api.call('POST', kPath, { body, headers });

async function untilCounts(api, wanted, timeoutMs = 20000) {
  let last;
  for (const deadline = Date.now() + timeoutMs; Date.now() < deadline; await sleep(50)) {
    const answer = await api.call('GET', kPath);
    last = answer.json?.counts;
    if (JSON.stringify(last) === JSON.stringify(wanted)) return;
  }
  assert.deepEqual(last, wanted);
}

const summary = (api, query) => api.get('/api/v1/stats/summary', { range: '24h', ...query });

test('a conversion counts with its click', { timeout: 120000 }, async (t) => {
  const { server, api, link } = await started(t);
  const ids = [];
  for (let i = 0; i < 4; ++i) ids.push(await click(server, `81.2.69.${i}`));
  // At once: the clicks may not be stored yet.
  const made = await tell(api, { click_id: ids[0], event: 'sale' });
  assert.equal(made.status, 201, made.text);
  assert.equal(made.json.status, 'pending');
  assert.equal((await tell(api, { click_id: ids[0], event: 'signup' })).status, 201);
  await api.untilStored();
  assert.equal((await tell(api, { click_id: ids[1] })).status, 201);
  await untilCounts(api, { pending: 0, joined: 3, unmatched: 0 });
  const shown = await api.get(`${kPath}/${made.json.id}`);
  assert.deepEqual(shown, { ...made.json, status: 'joined', link_id: link.id });
  assert.equal((await api.all(kPath, { link: link.id, limit: 1 })).length, 3);

  const now = await summary(api);
  assert.equal(now.conversions, 3);
  assert.equal(now.converted_clicks, 2);
  assert.equal(now.conversion_rate, 0.5);
  // Wilson's interval of 2 out of 4, from the textbook's formula.
  assert.ok(Math.abs(now.conversion_rate_interval.low - 0.15003899) < 1e-6);
  assert.ok(Math.abs(now.conversion_rate_interval.high - 0.84996101) < 1e-6);
  assert.equal(now.conversion_value, 0);
  for (const [query, count] of [
    [{ link: link.id }, 3],
    [{ platform: 'desktop' }, 3],
    [{ platform: 'ios' }, 0],
    [{ screen: 'Unknown' }, 3],
    [{ screen: '!Unknown' }, 0],
    [{ traffic: 'all' }, 3],
    [{ traffic: 'bot' }, 0],
  ])
    assert.equal((await summary(api, query)).conversions, count, JSON.stringify(query));

  for (const [by, rows] of [
    ['link', [[link.id, 4, 3]]],
    ['tag', [['', 4, 3]]],
    ['screen', [['Unknown', 4, 3]]],
    ['device', [['desktop', 4, 3]]],
  ]) {
    const breakdown = await api.get('/api/v1/stats/breakdown', { range: '24h', by });
    const shown = breakdown.rows.map((row) => [row.value, row.clicks, row.conversions]);
    assert.deepEqual(shown, rows, by);
  }
  const { steps } = await api.get('/api/v1/stats/funnel', { range: '24h' });
  assert.deepEqual(
    steps.map(({ step, count, rate }) => [step, count, rate]),
    [
      ['impression', null, null],
      ['click', 4, null],
      ['landing_view', null, null],
      ['store_open', null, null],
      ['app_open', null, null],
      ['conversion', 2, 0.5],
    ],
  );
  assertProblem(
    await api.call('GET', '/api/v1/stats/funnel', { query: { traffic: 'bot' } }),
    400,
    'bad_value',
    'traffic',
  );
});

test('totals are dated by the conversion, rates by the click', { timeout: 120000 }, async (t) => {
  const { server, api } = await started(t);
  const id = await click(server, '81.2.69.1');
  const yesterday = new Date(Date.now() - 2 * 86400000).toISOString();
  assert.equal((await tell(api, { click_id: id, time: yesterday })).status, 201);
  await api.untilStored();
  await untilCounts(api, { pending: 0, joined: 1, unmatched: 0 });
  const recent = await summary(api);
  assert.deepEqual([recent.conversions, recent.converted_clicks], [0, 1]);
  const early = await api.get('/api/v1/stats/summary', { range: '7d' });
  assert.deepEqual([early.conversions, early.converted_clicks], [1, 1]);
});

test('values need the currency of the workspace, and click ids are real', async (t) => {
  const { server, api } = await started(t);
  const id = await click(server, '81.2.69.1');
  assertProblem(await tell(api, { click_id: id, value: 5 }), 422, 'no_currency', 'currency');
  assertProblem(
    await tell(api, { click_id: id, value: 5, currency: 'EUR' }),
    422,
    'no_currency',
    'currency',
  );
  assertProblem(await tell(api, { click_id: 'nonsense' }), 422, 'bad_click_id', 'click_id');
  assertProblem(await tell(api, {}), 422, 'required', 'click_id');
  // Well formed, and never given out.
  const unknown = id.slice(0, -1) + (id.endsWith('7') ? '8' : '7');
  assert.equal((await tell(api, { click_id: unknown })).status, 201);
  assert.equal((await tell(api, { click_id: id })).status, 201);
  await untilCounts(api, { pending: 1, joined: 1, unmatched: 0 });
  assert.equal((await api.get(kPath, { status: 'pending' })).data[0].click_id, unknown);
});

test('a repeat is the same conversion', { timeout: 120000 }, async (t) => {
  const { server, api } = await started(t);
  const id = await click(server, '81.2.69.1');
  const key = { 'Idempotency-Key': 'order-1' };
  const all = await Promise.all(
    Array.from({ length: 8 }, () => tell(api, { click_id: id, event: 'sale' }, key)),
  );
  assert.deepEqual(all.map((one) => one.status).sort(), [...Array(7).fill(200), 201]);
  assert.equal(new Set(all.map((one) => one.json.id)).size, 1);
  assertProblem(await tell(api, { click_id: id }, key), 409, 'idempotency_mismatch');
  await untilCounts(api, { pending: 0, joined: 1, unmatched: 0 });
  const again = await tell(api, { click_id: id, event: 'sale', id: 'order-1' });
  assert.deepEqual([again.status, again.json.status], [200, 'joined']);
  assert.equal(await rowsOf(server), 1);
});

test('a new judgement of the click moves its conversions', { timeout: 120000 }, async (t) => {
  const { server, api } = await started(t);
  for (const agent of [kDesktop, kTool]) {
    const id = await click(server, '81.2.69.1', agent);
    assert.equal((await tell(api, { click_id: id })).status, 201);
  }
  await api.untilStored();
  await untilCounts(api, { pending: 0, joined: 2, unmatched: 0 });
  const numbers = async () => {
    const { conversions, converted_clicks } = await summary(api);
    return [conversions, converted_clicks, (await summary(api, { first: 'true' })).conversions];
  };
  assert.deepEqual(await numbers(), [1, 1, 1]);
  // As if older rules had taken the tool for a person, and Firefox for a robot.
  for (const table of ['clicks', 'conversions'])
    for (const [agent, traffic, first] of [
      [kTool, 'human', 1],
      [kDesktop, 'crawler', 0],
    ])
      await sql(
        server,
        `ALTER TABLE tallymark.${table} UPDATE traffic = '${traffic}', reason = 'old',
         first = ${first}, first_ws = ${first} WHERE user_agent = '${agent}'
         SETTINGS mutations_sync = 1`,
      );
  const job = await api.call('POST', '/api/v1/traffic/reclassify', {
    body: { from: '2026-01-01T00:00:00Z', to: new Date(Date.now() + 60000).toISOString() },
  });
  assert.equal(job.status, 202, job.text);
  for (;;) {
    const { state } = await api.get(`/api/v1/traffic/reclassify/${job.json.id}`);
    assert.notEqual(state, 'failed');
    if (state === 'done') break;
    await sleep(50);
  }
  assert.deepEqual(await numbers(), [1, 1, 1]);
  const rows = await sql(
    server,
    'SELECT user_agent, traffic, first FROM tallymark.conversions ORDER BY first FORMAT TabSeparated',
  );
  assert.equal(rows, `${kTool}\tlibrary\t0\n${kDesktop}\thuman\t1\n`);
});

test('nothing is lost or doubled over crashes', { timeout: 240000 }, async (t) => {
  const { server } = await started(t);
  let told = 0;
  const clicks = [];
  for (let round = 0; round < 5; ++round) {
    for (let i = 0; i < 20; ++i) clicks.push(await click(server, `81.2.69.${i}`));
    // Two of each click, while they are being stored and joined.
    const answers = await Promise.all(
      clicks
        .slice(-20)
        .flatMap((id) => [
          tell(server.api, { click_id: id, event: 'sale' }),
          tell(server.api, { click_id: id, event: 'signup' }),
        ]),
    );
    told += answers.filter((one) => one.status === 201).length;
    await sleep(round * 60);
    await server.kill();
    await server.start();
  }
  assert.equal(told, 200);
  await server.api.untilStored();
  await untilCounts(server.api, { pending: 0, joined: told, unmatched: 0 }, 60000);
  assert.equal(await rowsOf(server), told);
  const counted = await summary(server.api);
  assert.deepEqual([counted.conversions, counted.converted_clicks], [told, 100]);
  // The engine alone.
  const id = await click(server, '81.2.69.77');
  process.kill(server.enginePid(), 'SIGKILL');
  assert.equal((await tell(server.api, { click_id: id })).status, 201);
  await untilCounts(server.api, { pending: 0, joined: told + 1, unmatched: 0 }, 60000);
  assert.equal(await rowsOf(server), told + 1);
});

// As a page of another origin tells of it, with sendBeacon.
const tellFromPage = (server, body, headers = {}, method = 'POST') =>
  request({
    port: server.linksPort,
    method,
    path: '/_t/convert',
    headers: {
      Host: 'go.example',
      Origin: 'https://shop.example',
      'Content-Type': 'text/plain;charset=UTF-8',
      ...headers,
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  });

test('a page tells of a conversion, once, with a key for nothing else', async (t) => {
  const { server, api } = await started(t);
  const made = await api.post('/api/v1/keys', { name: 'pages', scopes: ['convert:public'] });
  const { key } = made;
  assert.equal((await api.all('/api/v1/keys')).find((one) => one.id === made.id).public_key, key);
  const id = await click(server, '81.2.69.1');
  const preflight = await tellFromPage(server, undefined, {}, 'OPTIONS');
  assert.deepEqual(
    [preflight.status, preflight.headers['access-control-allow-methods']],
    [204, 'POST'],
  );
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => tellFromPage(server, { key, click_id: id, event: 'signup' })),
  );
  for (const one of answers) {
    assert.deepEqual([one.status, one.text], [204, '']);
    assert.equal(one.headers['access-control-allow-origin'], '*');
    assert.equal(one.headers['set-cookie'], undefined);
  }
  for (const [body, status] of [
    [{ key, click_id: id, event: 'signup', value: 1e6 }, 422],
    [{ key, click_id: '0'.repeat(26) }, 422],
    [{ key: `${key}x`, click_id: id }, 403],
    [{ key: api.key, click_id: id }, 403],
    ['nothing', 422],
  ]) {
    const answer = await tellFromPage(server, body);
    assert.equal(answer.status, status, JSON.stringify(body));
    assert.equal(answer.headers['access-control-allow-origin'], '*');
  }
  await api.untilStored();
  await untilCounts(api, { pending: 0, joined: 1, unmatched: 0 });
  assert.equal((await summary(api)).converted_clicks, 1);

  // What was answered is there after a crash, and is still the same.
  const told = [];
  for (let i = 0; i < 10; ++i) told.push(await click(server, `81.2.69.${i}`));
  const taken = await Promise.all(told.map((one) => tellFromPage(server, { key, click_id: one })));
  assert.deepEqual(new Set(taken.map((one) => one.status)), new Set([204]));
  await server.kill();
  await server.start();
  for (const one of told)
    assert.equal((await tellFromPage(server, { key, click_id: one })).status, 204);
  await server.api.untilStored();
  await untilCounts(server.api, { pending: 0, joined: 11, unmatched: 0 }, 60000);

  await server.api.delete(`/api/v1/keys/${made.id}`);
  assert.equal((await tellFromPage(server, { key, click_id: id, event: 'x' })).status, 403);
});

test('the currency stays while there are values', async (t) => {
  const { server, api } = await started(t);
  await api.patch('/api/v1/settings', { currency: 'EUR' });
  await api.patch('/api/v1/settings', { currency: 'USD' });
  const id = await click(server, '81.2.69.1');
  assert.equal((await tell(api, { click_id: id, value: 5 })).status, 201);
  for (const currency of ['EUR', null])
    assertProblem(
      await api.call('PATCH', '/api/v1/settings', { body: { currency } }),
      409,
      'currency_in_use',
      'currency',
    );
  await api.patch('/api/v1/settings', { currency: 'USD', name: 'renamed' });
});
