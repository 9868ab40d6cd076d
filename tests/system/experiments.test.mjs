// SPDX-License-Identifier: Apache-2.0
//
// Experiments and the questions that lay things side by side, over clicks, impressions, costs and
// conversions that were really sent: the verdicts, the reference values of the semantics page, and
// sums that have to agree with the headline.
import assert from 'node:assert/strict';
import test from 'node:test';

import { assertProblem } from '../lib/api.mjs';
import { request } from '../lib/client.mjs';
import { untilSafeTime } from '../lib/ledger.mjs';
import { sendAll } from '../lib/load.mjs';
import { sleep, startServer } from '../lib/server.mjs';

const kDesktop = 'Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0';
const kBot = 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)';
const kExperiments = '/api/v1/experiments';
const kDay = 86400000;

const today = () => new Date().toISOString().slice(0, 10);
const address = (n) => `93.${184 + (n >> 16)}.${(n >> 8) & 255}.${n & 255}`;
const get = (path, n, agent = kDesktop) => ({
  path,
  headers: { 'User-Agent': agent, 'X-Forwarded-For': address(n) },
});
const near = (value, wanted, digits, what) =>
  assert.ok(Math.abs(value - wanted) <= 0.5 * 10 ** -digits, `${what}: ${value} ≠ ${wanted}`);

async function send(server, requests) {
  await sendAll({ port: server.linksPort, requests, connections: 4 });
  await server.api.untilStored();
}

// Links that had these clicks and impressions.
async function shown(server, arms) {
  const links = await server.api.createLinks(
    arms.map(({ prefix }) => ({ prefix, destination: `https://example.com/${prefix}` })),
  );
  await server.untilAtEdge(links.length);
  let n = 0;
  await send(
    server,
    arms.flatMap(({ prefix, clicks }) =>
      Array.from({ length: clicks }, () => get(`/${prefix}`, n++)),
    ),
  );
  const entries = arms.map(({ impressions }, i) => ({
    link_id: links[i].id,
    day: today(),
    impressions,
  }));
  await server.api.call('POST', '/api/v1/impressions', { body: { entries } });
  return links;
}

test('links are compared by what they were shown', { timeout: 120000 }, async (t) => {
  await untilSafeTime(60);
  const server = await startServer(t);
  const { api } = server;
  const links = await shown(server, [
    { prefix: 'button', clicks: 520, impressions: 8000 },
    { prefix: 'banner', clicks: 612, impressions: 8000 },
    { prefix: 'few', clicks: 5, impressions: 83 },
    { prefix: 'fewer', clicks: 12, impressions: 99 },
    { prefix: 'strong', clicks: 800, impressions: 8000 },
    { prefix: 'unseen', clicks: 3, impressions: 2 },
  ]);
  const [button, banner, few, fewer, strong, unseen] = links.map(({ id }) => id);
  const result = async (ids) => {
    const { id } = await api.post(kExperiments, { name: 'E', link_ids: ids });
    const answer = await api.get(`${kExperiments}/${id}`);
    assert.equal(answer.id, id);
    return answer.result;
  };

  const reference = await result([button, banner]);
  assert.deepEqual(
    reference.arms.map(({ trials, successes }) => [trials, successes]),
    [
      [8000, 520],
      [8000, 612],
    ],
  );
  assert.deepEqual([reference.verdict, reference.winner], ['no_difference_yet', null]);
  const [variant] = reference.variants;
  near(variant.always_valid_p, 0.083904, 6, 'mSPRT p');
  near(variant.description.z, -2.836601505, 9, 'z');
  near(variant.description.p, 0.0045596482, 10, 'p');
  near(variant.description.difference_interval.low, -0.019443984, 9, 'low');
  near(variant.description.difference_interval.high, -0.003556016, 9, 'high');
  near(variant.description.chance_to_beat, 0.9977208956, 10, 'P(B > A)');
  assert.ok(variant.sequence.low < -0.0194 && variant.sequence.high > 0, 'wider than one look');
  assert.deepEqual(reference.sample_ratio, { p: null, alarm: false });
  assert.ok(reference.needs.trials_left > 0 && reference.needs.days_left >= 1);

  const small = await result([few, fewer]);
  assert.equal(small.verdict, 'not_enough_data');
  near(small.variants[0].description.z, -1.407830415, 9, 'z');
  near(small.variants[0].description.p, 0.159181292, 9, 'p');

  assert.deepEqual(
    await Promise.all(
      [
        [button, strong],
        [strong, button],
        [button, banner, strong],
        [button, unseen],
      ].map(async (ids) => {
        const { verdict, winner } = await result(ids);
        return [verdict, winner];
      }),
    ),
    [
      ['winner', 1],
      ['winner', 0],
      ['winner', 2],
      ['impossible_counts', null],
    ],
  );

  // Ended yesterday: neither today's clicks nor today's impressions count.
  const midnight = Date.parse(today());
  const early = await api.post(kExperiments, {
    name: 'Early',
    link_ids: [button, strong],
    starts_at: new Date(midnight - 3 * kDay).toISOString(),
    ends_at: new Date(midnight).toISOString(),
  });
  const ended = await api.get(`${kExperiments}/${early.id}`);
  assert.equal(ended.state, 'ended');
  assert.deepEqual(
    [ended.result.looks, ended.result.verdict, ended.result.arms[1].trials],
    [3, 'not_enough_data', 0],
  );
  await api.patch(`${kExperiments}/${early.id}`, { ends_at: null });
  const open = await api.get(`${kExperiments}/${early.id}`);
  assert.deepEqual(
    [open.state, open.result.looks, open.result.verdict, open.result.winner],
    ['running', 4, 'winner', 1],
  );
});

test('variants are compared by who converted', { timeout: 180000 }, async (t) => {
  await untilSafeTime(90);
  const server = await startServer(t);
  const { api } = server;
  const variants = [
    { name: 'old', weight: 1, destination: 'https://shop.example/old' },
    { name: 'new', weight: 1, destination: 'https://shop.example/new' },
  ];
  const link = await api.post('/api/v1/links', {
    prefix: 'split',
    destination: 'https://shop.example/',
    append_click_id: true,
    variants,
  });
  await server.untilAtEdge(1);
  const made = await api.post(kExperiments, { name: 'Pages', link_id: link.id });
  const path = `${kExperiments}/${made.id}`;
  assert.equal((await api.get(path)).result.verdict, 'not_enough_data');

  // Every visitor comes twice; the second click of one in three of the new page's converts.
  const wanted = { old: [0, 0], new: [0, 0] };
  const visit = async (n) => {
    const answer = await request({ port: server.linksPort, ...get('/split', n) });
    const url = new URL(answer.headers.location);
    return { arm: url.pathname.slice(1), click_id: url.searchParams.get('tm_cid') };
  };
  const clicks = [];
  for (let round = 0; round < 2; ++round) {
    if (round === 1) await sleep(1100); // hits on two threads within a second may both be first
    for (let n = 0; n < 600; n += 20)
      clicks.push(...(await Promise.all(Array.from({ length: 20 }, (_, i) => visit(n + i)))));
  }
  for (let n = 0; n < 600; ++n) {
    const { arm, click_id } = clicks[600 + n];
    assert.equal(arm, clicks[n].arm, 'a visitor keeps the variant');
    wanted[arm][0] += 1;
    if (arm === 'new' && n % 3 === 0) {
      wanted[arm][1] += 1;
      await api.post('/api/v1/conversions', { click_id });
      await api.post('/api/v1/conversions', { click_id, event: 'again' });
    }
  }
  await api.untilStored();
  let report;
  for (const deadline = Date.now() + 30000; Date.now() < deadline; await sleep(100)) {
    report = await api.get(path);
    if (report.result.arms[1].successes === wanted.new[1]) break;
  }
  const { result } = report;
  assert.deepEqual(
    result.arms.map(({ trials, successes }) => [trials, successes]),
    [wanted.old, wanted.new],
  );
  assert.deepEqual([result.verdict, result.winner], ['winner', 1]);
  assert.ok(result.sample_ratio.p > 0.001 && !result.sample_ratio.alarm);
  assert.equal(result.setup_changed, false);
  await api.patch(`/api/v1/links/${link.id}`, { variants: [{ ...variants[0], weight: 3 }] });
  const changed = await api.get(path);
  assert.equal(changed.result.setup_changed, true);
  assert.deepEqual(changed.arms, made.arms, 'the question stays');

  // The same divided by other weights than were promised.
  const { status } = await api.call('PATCH', `/api/v1/links/${link.id}`, {
    body: {
      variants: variants.map((one) => ({ ...one, weight: one.name === 'new' ? 1 : 3 })),
    },
  });
  assert.equal(status, 200);
  const other = await api.post(kExperiments, {
    name: 'Broken',
    link_id: link.id,
    starts_at: new Date(Date.parse(today())).toISOString(),
  });
  const broken = await api.get(`${kExperiments}/${other.id}`);
  assert.equal(broken.result.verdict, 'sample_ratio_broken');
  assert.equal(broken.result.sample_ratio.alarm, true);

  await api.delete(`/api/v1/links/${link.id}`);
  const gone = await api.get(path);
  assert.deepEqual(gone.result.arms, result.arms, 'clicks and experiment outlive the link');
});

test('values side by side, markets and channels', { timeout: 120000 }, async (t) => {
  await untilSafeTime(60);
  const server = await startServer(t);
  const { api } = server;
  await api.patch('/api/v1/settings', { currency: 'EUR' });
  const destination = 'https://shop.example/';
  const [mail, ads] = await api.createLinks([
    { prefix: 'mail', destination, channel: 'email', append_click_id: true, tags: ['a'] },
    { prefix: 'ads', destination, channel: 'display', append_click_id: true, tags: ['a', 'b'] },
  ]);
  await server.untilAtEdge(2);
  const ids = { mail: [], ads: [] };
  for (let n = 0; n < 120; ++n) {
    for (const name of ['mail', 'ads']) {
      const agent = n % 40 === 39 ? kBot : kDesktop;
      const answer = await request({
        port: server.linksPort,
        ...get(`/${name}`, 2 * n + (name === 'ads'), agent),
      });
      if (agent === kDesktop)
        ids[name].push(new URL(answer.headers.location).searchParams.get('tm_cid'));
    }
  }
  await api.untilStored();
  for (const click_id of ids.mail.slice(0, 60)) await api.post('/api/v1/conversions', { click_id });
  for (const click_id of ids.ads.slice(0, 5)) await api.post('/api/v1/conversions', { click_id });
  for (const deadline = Date.now() + 30000; Date.now() < deadline; await sleep(100))
    if ((await api.get('/api/v1/conversions', { limit: 1 })).counts.joined === 65) break;
  const entries = [
    { link_id: mail.id, day: today(), amount: '60' },
    { link_id: ads.id, day: today(), amount: '900' },
  ];
  assert.equal((await api.call('POST', '/api/v1/costs', { body: { entries } })).status, 200);

  const values = `${mail.id},${ads.id}`;
  const compared = await api.get('/api/v1/stats/compare', { values, range: '7d' });
  assert.deepEqual(
    compared.columns.map((c) => [c.value, c.label, c.clicks, c.bots, c.conversions, c.cpa]),
    [
      [mail.id, '/mail', 117, 3, 60, 1],
      [ads.id, '/ads', 117, 3, 5, 180],
    ],
  );
  for (const column of compared.columns) {
    const alone = await api.get('/api/v1/stats/summary', { link: column.value, range: '7d' });
    for (const [name, value] of Object.entries(column))
      if (name in alone && name !== 'change') assert.deepEqual(value, alone[name], name);
  }
  const [difference] = compared.differences;
  assert.equal(difference.rate, 'conversion_rate');
  near(difference.difference, 5 / 117 - 60 / 117, 12, 'difference');
  assert.ok(difference.p < 1e-6 && difference.interval.high < 0);
  const tags = await api.get('/api/v1/stats/compare', { by: 'tag', values: 'b,a', range: '7d' });
  assert.deepEqual([tags.columns.map((c) => c.clicks), tags.differences], [[117, 234], []]);
  const narrowed = await api.get('/api/v1/stats/compare', { values, channel: 'email' });
  assert.deepEqual(
    narrowed.columns.map((c) => c.clicks),
    [117, 0],
  );

  const geo = await api.get('/api/v1/stats/geo', { range: '7d' });
  const summary = await api.get('/api/v1/stats/summary', { range: '7d' });
  const sum = (rows, name) => rows.reduce((all, row) => all + row[name], 0);
  for (const name of ['clicks', 'unique_clicks']) {
    assert.equal(geo.total[name], summary[name], name);
    assert.equal(sum(geo.rows, name), summary[name], name);
  }
  assert.equal(geo.total.previous_clicks, summary.previous.clicks);
  assert.equal(sum(geo.rows, 'previous_clicks'), summary.previous.clicks);

  const channels = await api.get('/api/v1/stats/channels', { range: '7d' });
  const of = (name) => channels.rows.find(({ channel }) => channel === name);
  assert.deepEqual([of('email').conversions, of('email').cpa], [60, 1]);
  assert.deepEqual([of('display').conversions, of('display').cpa], [5, 180]);
  assert.equal(channels.total.conversions, summary.conversions);
  assert.equal(sum(channels.rows, 'conversions'), summary.conversions);
  assert.ok(of('email').cpa_range.high < of('display').cpa_range.low);
  assert.deepEqual(
    [channels.shift.from, channels.shift.to, channels.shift.by],
    ['display', 'email', 'average'],
  );
  // Without whole days there are no costs, but conversions all the same.
  const rolling = await api.get('/api/v1/stats/channels', { range: '24h' });
  assert.deepEqual(
    [rolling.total.conversions, rolling.shift_reason, rolling.rows[0].cpa],
    [65, 'no_figures', null],
  );

  const best = await api.get('/api/v1/stats/best_time', { link: mail.id });
  assert.deepEqual([best.enough_evidence, best.hours], [false, []]);
  assert.ok(['no_clicks', 'no_hour_stands_out'].includes(best.reason), best.reason);
});

test('input that is no experiment is refused by name', { timeout: 60000 }, async (t) => {
  const { api } = await startServer(t);
  const link = await api.post('/api/v1/links', { destination: 'https://example.com/' });
  const rows = [
    ['POST', kExperiments, { body: { name: 'E', link_ids: [link.id] } }, 422, 'link_ids'],
    [
      'POST',
      kExperiments,
      { body: { name: 'E', link_ids: [link.id, 'lnk_9'] } },
      422,
      'link_ids[1]',
    ],
    ['POST', kExperiments, { body: { name: 'E', link_id: link.id } }, 422, 'link_id'],
    ['POST', kExperiments, { body: { name: 'E', link_id: link.id, odds: 1 } }, 422, 'odds'],
    ['GET', `${kExperiments}/plan`, { query: { base: 'NaN' } }, 400, 'base'],
    ['GET', '/api/v1/stats/compare', { query: { values: 'x,y' } }, 400, 'values'],
    ['GET', '/api/v1/stats/compare', { query: { values: 'lnk_1' } }, 400, 'values'],
    ['GET', '/api/v1/stats/geo', { query: { by: 'os' } }, 400, 'by'],
    ['GET', '/api/v1/stats/best_time', { query: { limit: 0 } }, 400, 'limit'],
  ];
  for (const [method, path, options, status, field] of rows)
    assertProblem(await api.call(method, path, options), status, undefined, field);
});
