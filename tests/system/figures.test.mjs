// SPDX-License-Identifier: Apache-2.0
//
// What people enter about their links: impressions and costs by API and by CSV, the rates that come
// of them, and input that must not be stored.
import assert from 'node:assert/strict';
import test from 'node:test';

import { assertProblem } from '../lib/api.mjs';
import { untilSafeTime } from '../lib/ledger.mjs';
import { sendAll } from '../lib/load.mjs';
import { startServer } from '../lib/server.mjs';

const kDesktop = 'Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0';
const kBot = 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)';
const kDay = 86400000;
const kImpressions = '/api/v1/impressions';
const kCosts = '/api/v1/costs';

const dayText = (ms) => new Date(ms).toISOString().slice(0, 10);
const csv = (text) => ({ raw: text, headers: { 'Content-Type': 'text/csv' } });
const near = (value, wanted, what) =>
  assert.ok(
    Math.abs(value - wanted) <= 1e-9 * Math.max(1, wanted),
    `${what}: ${value} ≠ ${wanted}`,
  );

// Wilson's interval at 95 %, in per cent, from its formula.
function wilson(successes, trials) {
  const z = 1.959963984540054;
  const p = successes / trials;
  const middle = p + (z * z) / (2 * trials);
  const spread = z * Math.sqrt((p * (1 - p)) / trials + (z * z) / (4 * trials * trials));
  const whole = 1 + (z * z) / trials;
  return { low: (100 * (middle - spread)) / whole, high: (100 * (middle + spread)) / whole };
}

function assertRates(answer, { clicks, impressions, cost }, what) {
  assert.equal(answer.impressions, impressions, what);
  assert.equal(answer.cost, cost, what);
  assert.equal(answer.more_clicks_than_impressions, impressions !== null && clicks > impressions);
  if (impressions) near(answer.ctr, (100 * clicks) / impressions, what);
  else assert.equal(answer.ctr, null, what);
  if (impressions && clicks <= impressions) {
    const interval = wilson(clicks, impressions);
    near(answer.ctr_interval.low, interval.low, what);
    near(answer.ctr_interval.high, interval.high, what);
  } else {
    assert.equal(answer.ctr_interval, null, what);
  }
  if (cost !== null && clicks > 0) near(answer.cpc, cost / clicks, what);
  else assert.equal(answer.cpc, null, what);
}

// Three links; 6 human clicks on `mail`, 3 on `post`, 1 on `plain`, and bots on `mail`.
async function filled(t) {
  await untilSafeTime(60);
  const server = await startServer(t);
  const links = await server.api.createLinks([
    { prefix: 'mail', destination: 'https://example.com/1', channel: 'email', tags: ['a'] },
    {
      prefix: 'post',
      token: 'spring sale',
      destination: 'https://example.com/2',
      channel: 'social',
      utm: { campaign: 'spring' },
    },
    { prefix: 'plain', destination: 'https://example.com/3' },
  ]);
  await server.untilAtEdge(links.length);
  const get = (path, agent, n) => ({
    path,
    headers: { 'User-Agent': agent, 'X-Forwarded-For': `93.184.${n}.34` },
  });
  const requests = [
    ...Array.from({ length: 6 }, (_, n) => get('/mail', kDesktop, n)),
    ...Array.from({ length: 3 }, (_, n) => get('/post/spring%20sale', kDesktop, 10 + n)),
    get('/plain', kDesktop, 20),
    get('/mail', kBot, 30),
    get('/mail', kBot, 30),
  ];
  await sendAll({ port: server.linksPort, requests, connections: 1 });
  await server.api.untilStored();
  return { api: server.api, links, today: dayText(Date.now()) };
}

test('figures and clicks give rates', { timeout: 120000 }, async (t) => {
  const { api, links, today } = await filled(t);
  const [mail, post] = links;
  const yesterday = dayText(Date.parse(today) - kDay);
  const summary = (query) => api.get('/api/v1/stats/summary', { range: '7d', ...query });

  const before = await summary();
  assertRates(before, { clicks: 10, impressions: null, cost: null }, 'nothing entered');
  assert.equal(before.currency, null);

  await api.patch('/api/v1/settings', { currency: 'EUR' });
  const entered = await api.call('POST', kImpressions, {
    body: {
      entries: [
        { link_id: mail.id, day: today, impressions: 90 },
        { link_id: mail.id, day: yesterday, impressions: 110 },
      ],
    },
  });
  assert.deepEqual([entered.status, entered.json], [200, { entries: 2 }]);
  const file = `link,day,impressions\r\n/post/spring%20sale,${today},40\r\n${links[2].id},${today},0\r\n`;
  assert.deepEqual((await api.call('POST', kImpressions, csv(file))).json, { entries: 2 });
  const costs = `day,link,amount\n${today},/mail,12.30\n${today},${post.id},0.70\n`;
  for (let i = 0; i < 2; ++i)
    assert.deepEqual((await api.call('POST', kCosts, csv(costs))).json, { entries: 2 });

  const rows = [
    [{}, { clicks: 10, impressions: 240, cost: 13 }],
    [{ traffic: 'all' }, { clicks: 10, impressions: 240, cost: 13 }],
    [{ traffic: 'bot' }, { clicks: 10, impressions: 240, cost: 13 }],
    [{ range: 'all' }, { clicks: 10, impressions: 240, cost: 13 }],
    [{ link: mail.id }, { clicks: 6, impressions: 200, cost: 12.3 }],
    [{ link: `!${mail.id}` }, { clicks: 4, impressions: 40, cost: 0.7 }],
    [{ tag: 'a' }, { clicks: 6, impressions: 200, cost: 12.3 }],
    [{ campaign: 'spring' }, { clicks: 3, impressions: 40, cost: 0.7 }],
    [{ channel: 'email' }, { clicks: 6, impressions: 200, cost: 12.3 }],
    [{ link: links[2].id }, { clicks: 1, impressions: 0, cost: null }],
    [{ device: 'desktop' }, { clicks: 10, impressions: null, cost: null }],
    [{ range: '24h' }, { clicks: 10, impressions: null, cost: null }],
    [{ tz: 'Asia/Kathmandu' }, { clicks: 10, impressions: null, cost: null }],
  ];
  for (const [query, wanted] of rows)
    assertRates(await summary(query), wanted, JSON.stringify(query));
  assert.equal((await summary()).currency, 'EUR');

  const begins = async (query) =>
    (await api.get('/api/v1/stats/funnel', { range: '7d', ...query })).steps.slice(0, 2);
  for (const [query, impressions, clicks] of [
    [{}, 240, 10],
    [{ link: mail.id }, 200, 6],
    [{ link: links[2].id }, 0, 1],
    [{ device: 'desktop' }, null, 10],
    [{ range: '24h' }, null, 10],
  ]) {
    const [impression, click] = await begins(query);
    const what = JSON.stringify(query);
    assert.deepEqual(
      [impression.count, impression.rate, click.count],
      [impressions, null, clicks],
      what,
    );
    if (impressions) near(click.rate, clicks / impressions, what);
    else assert.equal(click.rate, null, what);
  }

  const tomorrow = dayText(Date.parse(today) + kDay);
  const compared = await summary({ range: undefined, from: today, to: tomorrow });
  assertRates(compared, { clicks: 10, impressions: 130, cost: 13 }, 'today');
  assertRates(compared.previous, { clicks: 0, impressions: 110, cost: null }, 'yesterday');
  near(compared.change.impressions, (130 - 110) / 110, 'change');
  assert.equal(compared.change.ctr, null);

  // An entry replaces what was there.
  await api.call('POST', kImpressions, csv(`link,day,impressions\n/mail,${today},2\n`));
  const fewer = await summary({ range: undefined, from: today, to: tomorrow, link: mail.id });
  assertRates(fewer, { clicks: 6, impressions: 2, cost: 12.3 }, 'more clicks than impressions');
  assert.equal(fewer.more_clicks_than_impressions, true);
  await api.delete(`${kImpressions}/${mail.id}/${today}`);
  const listed = await api.all(kImpressions, { limit: 1 });
  const number = (row) => Number(row[0].slice('lnk_'.length));
  const ofToday = [
    [post.id, today, 40],
    [links[2].id, today, 0],
  ].sort((one, other) => number(one) - number(other));
  assert.deepEqual(
    listed.map((one) => [one.link_id, one.day, one.impressions]),
    [[mail.id, yesterday, 110], ...ofToday],
  );
  assert.deepEqual(await api.all(kCosts, { link: mail.id, from: today }), [
    { link_id: mail.id, day: today, amount: '12.3' },
  ]);
});

test('channels side by side', { timeout: 120000 }, async (t) => {
  const { api, links, today } = await filled(t);
  await api.patch('/api/v1/settings', { currency: 'EUR' });
  await api.call('POST', kImpressions, {
    body: {
      entries: [
        { link_id: links[0].id, day: today, impressions: 200 },
        { link_id: links[2].id, day: today, impressions: 50 },
      ],
    },
  });
  await api.call('POST', kCosts, {
    body: {
      entries: [
        { link_id: links[0].id, day: today, amount: '3.00' },
        { link_id: links[1].id, day: today, amount: 1.5, currency: 'EUR' },
      ],
    },
  });
  const answer = await api.get('/api/v1/stats/channels', { range: '7d' });
  assert.equal(answer.currency, 'EUR');
  assert.deepEqual(answer.total, { clicks: 10, unique_clicks: 10, conversions: 0 });
  assert.deepEqual(
    answer.rows.map((row) => [row.channel, row.clicks, row.share]),
    [
      ['email', 6, 0.6],
      ['social', 3, 0.3],
      ['direct', 1, 0.1],
      ['', 0, 0],
    ],
  );
  const [email, social, direct, none] = answer.rows;
  assertRates(email, { clicks: 6, impressions: 200, cost: 3 }, 'email');
  assertRates(social, { clicks: 3, impressions: null, cost: 1.5 }, 'social');
  assertRates(direct, { clicks: 1, impressions: null, cost: null }, 'direct');
  assert.deepEqual([none.impressions, none.ctr], [50, null]);
  assert.deepEqual(email.benchmarks, [
    { placement: 'dedicated link', ctr: { low: 2, high: 5 }, standing: 'unclear' },
  ]);
  assert.deepEqual([answer.shift, answer.shift_reason], [null, 'too_few_conversions']);

  const all = await api.get('/api/v1/stats/channels', { range: '7d', traffic: 'all' });
  assert.equal(all.rows[0].clicks, 8);
  near(all.rows[0].ctr, 3, 'people only');
  const filtered = await api.get('/api/v1/stats/channels', { range: '7d', device: 'desktop' });
  assert.equal(filtered.rows[0].impressions, null);
  assert.equal(filtered.shift_reason, 'no_figures');
});

test('what cannot be right is refused and nothing is stored', { timeout: 120000 }, async (t) => {
  const server = await startServer(t);
  const { api } = server;
  const [link] = await api.createLinks([{ prefix: 'a', destination: 'https://example.com/' }]);
  const day = '2026-03-01';
  const entry = { link_id: link.id, day, impressions: 1 };
  const post = (path, options) => api.call('POST', path, options);
  const items = async (path, options, wanted) => {
    const answer = await post(path, options);
    assertProblem(answer, 422, 'invalid_items', 'entries');
    assert.deepEqual(
      answer.json.errors.map((one) => [one.line ?? one.index, one.code, one.field]),
      wanted,
    );
  };

  assertProblem(
    await post(kCosts, csv(`link,day,amount\n/a,${day},1\n`)),
    409,
    'no_currency',
    'currency',
  );
  await api.patch('/api/v1/settings', { currency: 'EUR' });

  await items(
    kImpressions,
    {
      body: {
        entries: [
          entry,
          { ...entry, link_id: 'lnk_99' },
          { ...entry, impressions: 2 },
          { ...entry, link_id: 'lnk_98' },
        ],
      },
    },
    [
      [1, 'unknown_link', 'link_id'],
      [2, 'repeated_entry', 'day'],
      [3, 'unknown_link', 'link_id'],
    ],
  );
  await items(
    kImpressions,
    { body: { entries: [{ ...entry, day: '2026-02-29' }, { ...entry, impressions: -1 }, entry] } },
    [
      [0, 'bad_value', 'day'],
      [1, 'wrong_type', 'impressions'],
    ],
  );
  await items(
    kImpressions,
    csv(`link,day,impressions\n/a,${day},1\n\n/b,${day},1\n/a,${day},1\n`),
    [
      [4, 'unknown_link', 'link'],
      [5, 'repeated_entry', 'day'],
    ],
  );
  await items(
    kCosts,
    csv(`link,day,amount,currency\n/a,${day},-1,EUR\n/a,1 March,1,EUR\n/a,${day},1.0000001,\n`),
    [
      [2, 'bad_value', 'amount'],
      [3, 'bad_value', 'day'],
      [4, 'bad_value', 'amount'],
    ],
  );
  await items(kCosts, csv(`link,day,amount,currency\n/a,${day},1,USD\n`), [
    [2, 'wrong_currency', 'currency'],
  ]);

  const bodies = [
    ['link,day,impressions\n/a\0,2026-03-01,1\n', 400, 'bad_csv'],
    ['link,day,impressions\n"/a,2026-03-01,1\n', 400, 'bad_csv'],
    [Buffer.from([0xff, 0xfe, 0x00]), 400, 'not_utf8'],
    ['link,day\n', 400, 'bad_header'],
    ['link,day,impressions\n', 422, 'required'],
    ['', 400, 'bad_header'],
  ];
  for (const [body, status, code] of bodies)
    assertProblem(await post(kImpressions, csv(body)), status, code);
  assertProblem(await post(kImpressions, { raw: '{"entries":[' }), 400, 'bad_json');
  assertProblem(await post(kImpressions, { body: { entries: [] } }), 422, 'required', 'entries');
  const huge = Buffer.alloc(33 * 1024 * 1024, 'x');
  assertProblem(await post(kImpressions, csv(huge)), 413);
  assertProblem(
    await post(kImpressions, { raw: 'x', headers: { 'Content-Type': 'text/plain' } }),
    415,
    'unsupported_media_type',
  );

  assert.deepEqual(await api.all(kImpressions), []);
  assert.deepEqual(await api.all(kCosts), []);

  // Many lines at once, with a fault in the last: none of them; without it: all.
  const lines = Array.from(
    { length: 20000 },
    (_, n) => `/a,${dayText(Date.parse('1980-01-01') + n * kDay)},${n}`,
  );
  const many = `link,day,impressions\n${lines.join('\n')}\n`;
  await items(kImpressions, csv(`${many}/b,${day},1\n`), [[20002, 'unknown_link', 'link']]);
  assert.deepEqual(await api.all(kImpressions), []);
  assert.deepEqual((await post(kImpressions, csv(many))).json, { entries: 20000 });
  assert.equal((await api.all(kImpressions, { limit: 1000 })).length, 20000);
});

test('the currency stays while there are costs', { timeout: 60000 }, async (t) => {
  const { api } = await startServer(t);
  const [link] = await api.createLinks([{ prefix: 'a', destination: 'https://example.com/' }]);
  const change = (body) => api.call('PATCH', '/api/v1/settings', { body });
  assert.equal((await change({ currency: 'USD' })).json.currency, 'USD');
  assert.equal((await change({ currency: 'EUR' })).json.currency, 'EUR');
  await api.call('POST', kCosts, csv('link,day,amount\n/a,2026-03-01,1\n'));
  assertProblem(await change({ currency: 'USD' }), 409, 'currency_in_use', 'currency');
  assertProblem(await change({ currency: null }), 409, 'currency_in_use', 'currency');
  await api.delete(`${kCosts}/${link.id}/2026-03-01`);
  assert.equal((await change({ currency: null })).json.currency, null);
  assertProblem(await change({ currency: 'euro' }), 422, 'bad_value', 'currency');
  assertProblem(await change({ time_zone: 'Nowhere' }), 422, 'bad_value', 'time_zone');
});
