// SPDX-License-Identifier: Apache-2.0
//
// What is erased is nowhere any more: no row, no count, no line of a log, no conversion, and nothing
// that comes later brings it back. All else is as it was. And what is past a workspace's retention
// goes by itself.
import assert from 'node:assert/strict';
import test from 'node:test';

import { assertProblem } from '../lib/api.mjs';
import {
  addressOf,
  agentOf,
  Crowd,
  logsWith,
  rowsOf,
  sql,
  startErase,
  untilErased,
} from '../lib/crowd.mjs';
import { untilSafeTime } from '../lib/ledger.mjs';
import { sleep, startServer } from '../lib/server.mjs';

const range = (from, to) => Array.from({ length: to - from }, (_, i) => from + i);

test('erasing', { timeout: 420000 }, async (t) => {
  await untilSafeTime(300);
  const server = await startServer(t);
  const { api } = server;
  const crowd = new Crowd(server);
  await crowd.makeLinks();
  await crowd.visit(range(0, 24));
  await crowd.look('before anything is erased');
  const [alpha, beta, gamma] = crowd.links;

  await t.test('a visitor, by a click', async () => {
    const [one] = crowd.clicks.filter(({ visitor }) => visitor === 12);
    assert.deepEqual(logsWith(server, agentOf(12)).length > 0, true);
    const job = await untilErased(
      api,
      (await startErase(api, { visitor: { click_id: one.id } })).id,
    );
    assert.deepEqual(
      [job.of, job.link, job.clicks, job.landing_views, job.conversions],
      ['visitor', null, 6, 2, 3],
    );
    assert.doesNotMatch(JSON.stringify(job), /\d{15}/, 'no number of a visitor');
    const [page] = crowd.clicks.filter(({ visitor, viewed }) => visitor === 12 && viewed);
    crowd.erased(({ visitor }) => visitor === 12);
    await crowd.look('one visitor less');
    assert.deepEqual(logsWith(server, agentOf(12)), []);
    assert.ok(logsWith(server, agentOf(13)).length > 0, 'others stay in the log');
    // A page that is still open somewhere, and a sale of yesterday's visitor.
    await crowd.tellLate(page);
    await api.post('/api/v1/conversions', { click_id: one.id, event: 'late' });
    crowd.waiting = 1;
    await crowd.settle();
    await crowd.look('nothing comes back');
  });

  await t.test('a visitor, by address and user agent', async () => {
    const visitor = { ip: addressOf(5), user_agent: agentOf(5) };
    const stranger = { ip: addressOf(6), user_agent: agentOf(5) };
    const none = await untilErased(api, (await startErase(api, { visitor: stranger })).id);
    assert.equal(none.clicks, 0);
    const job = await untilErased(api, (await startErase(api, { visitor })).id);
    assert.equal(job.clicks, 6);
    crowd.erased((click) => click.visitor === 5);
    await crowd.look('by address');
    assert.deepEqual(logsWith(server, agentOf(5)), []);
  });

  await t.test('a link, and what is clicked meanwhile stays', async () => {
    const begun = await startErase(api, { link: beta.id });
    await sleep(20);
    const before = crowd.made;
    const visits = crowd.visit([100, 101]);
    const job = await untilErased(api, begun.id);
    await visits;
    const gone = ({ link, at }) => link === beta.id && at < before;
    assert.equal(job.clicks, crowd.clicks.filter(gone).length);
    crowd.erased(gone);
    await crowd.look('one link less');
    await server.stop();
    await server.start();
    await crowd.look('after a restart');
    // Who clicked before is still known, and who comes for the first time is new.
    await crowd.visit([1, 2, 102]);
    crowd.waiting = 1;
    const { rows } = await server.api.get('/api/v1/stats/breakdown', {
      range: '24h',
      by: 'link',
    });
    const people = (id) =>
      new Set(crowd.clicks.filter(({ link }) => link === id).map(({ visitor }) => visitor)).size;
    for (const { value, unique_clicks: unique } of rows)
      if (value !== beta.id) assert.equal(unique, people(value));
    // Those of today that were erased are not known to be new again until the day is over.
    assert.equal(rows.find(({ value }) => value === beta.id).unique_clicks, 3);
  });

  await t.test('a range of a removed link', async () => {
    const { api: now } = server;
    await now.delete(`/api/v1/links/${gamma.id}`);
    const rows = await now.all('/api/v1/clicks', {
      range: '24h',
      link: gamma.id,
      limit: 1000,
    });
    const times = rows.map((row) => row.time).sort();
    const from = times[Math.floor(times.length / 2)];
    const job = await untilErased(now, (await startErase(now, { link: gamma.id, from })).id);
    const gone = new Set(rows.filter((row) => row.time >= from).map((row) => row.click_id));
    assert.equal(job.clicks, gone.size);
    const left = await now.all('/api/v1/clicks', {
      range: '24h',
      link: gamma.id,
      limit: 1000,
    });
    assert.equal(left.length, rows.length - gone.size);
    crowd.erased(({ id }) => gone.has(id));
    const known = await now.get(`/api/v1/links/${gamma.id}/history`);
    assert.deepEqual(
      known.data.map(({ kind }) => kind),
      ['created'],
      'its deletion was in the range',
    );
    assert.ok((await now.get(`/api/v1/links/${beta.id}/history`)).data.length > 0, 'it is there');
  });

  await t.test('history, and nonsense is refused', async () => {
    const { api: now } = server;
    const { data } = await now.get('/api/v1/erase');
    assert.deepEqual(
      data.map(({ id, state }) => [id, state]),
      [5, 4, 3, 2, 1].map((n) => [`ers_${n}`, 'done']),
    );
    for (const [code, body] of [
      ['bad_value', {}],
      ['bad_value', { link: alpha.id, visitor: { click_id: crowd.clicks[0].id } }],
      ['bad_value', { link: 'x' }],
      ['bad_value', { visitor: {} }],
      ['bad_value', { visitor: { ip: '1.2.3.4' } }],
      ['bad_value', { visitor: { click_id: 'x', ip: '1.2.3.4', user_agent: '' } }],
      ['bad_value', { visitor: { click_id: 'x' } }],
      ['bad_value', { visitor: { ip: 'x', user_agent: '' } }],
      ['unknown_click', { visitor: { click_id: '0'.repeat(26) } }],
      [
        'bad_range',
        {
          link: alpha.id,
          from: '2027-01-02T00:00:00Z',
          to: '2027-01-01T00:00:00Z',
        },
      ],
      [
        'bad_range',
        {
          visitor: { click_id: crowd.clicks[0].id },
          to: '2020-01-01T00:00:00Z',
        },
      ],
    ]) {
      assertProblem(await now.call('POST', '/api/v1/erase', { body }), 422, code);
    }
    assertProblem(await now.call('GET', '/api/v1/erase/ers_99'), 404);
    assert.deepEqual((await now.get('/api/v1/erase')).data.length, 5, 'none of them began');
  });

  await t.test('retention', async () => {
    const { api: now } = server;
    const young = await rowsOf(server, 'clicks');
    const columns = (
      await sql(
        server,
        "SELECT name FROM system.columns WHERE database = 'tallymark' AND table = 'clicks'" +
          " AND default_kind = '' AND name NOT IN ('time', 'epoch') FORMAT TSV",
      )
    )
      .trim()
      .split('\n')
      .join(',');
    for (const days of [3, 40])
      await sql(
        server,
        `INSERT INTO tallymark.clicks (time, epoch, ${columns}) SELECT time - ${days} * 86400000,` +
          ` epoch + 1000 * ${days}, ${columns} FROM tallymark.clicks WHERE epoch < 1000`,
      );
    assert.equal(await rowsOf(server, 'clicks'), 3 * young);
    for (const retention_days of [0, 36526, 'x', 1.5])
      assert.ok(
        [400, 422].includes(
          (
            await now.call('PATCH', '/api/v1/settings', {
              body: { retention_days },
            })
          ).status,
        ),
      );
    const settings = await now.patch('/api/v1/settings', { retention_days: 2 });
    assert.equal(settings.retention_days, 2);
    for (const end = Date.now() + 100000; Date.now() < end; await sleep(200))
      if ((await rowsOf(server, 'clicks')) === young) break;
    assert.equal(await rowsOf(server, 'clicks'), young);
    assert.equal(await rowsOf(server, 'clicks', 'epoch >= 1000'), 0);
    const { text } = await now.call('GET', '/metrics');
    assert.match(text, /^tallymark_retention_partitions_total [1-9]/m);
    const { parts } = await now.get('/readyz');
    assert.equal(parts.find(({ name }) => name === 'retention').state, 'ok');
    assert.equal((await now.patch('/api/v1/settings', { name: 'x' })).retention_days, 2);
    assert.equal(
      (await now.patch('/api/v1/settings', { retention_days: null })).retention_days,
      null,
    );
  });
});
