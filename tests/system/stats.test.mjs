// SPDX-License-Identifier: Apache-2.0
//
// Questions about clicks: ranges, zones, buckets, the period before, traffic classes, filters. What
// the numbers are is judged by real_input.test.mjs; here it is how they may be asked for.
import assert from 'node:assert/strict';
import test from 'node:test';

import { assertProblem } from '../lib/api.mjs';
import { assertSumsUp, untilSafeTime } from '../lib/ledger.mjs';
import { sendAll } from '../lib/load.mjs';
import { startServer } from '../lib/server.mjs';

const kDesktop = 'Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0';
const kPhone =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1';
const kBot = 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)';

const kDay = 86400000;
const iso = (ms) => new Date(ms).toISOString();

// Two links; five people's clicks, two bots', spread over known facts. All within one minute.
async function filled(t) {
  await untilSafeTime(60);
  const server = await startServer(t);
  const bodies = [
    { prefix: 'one', destination: 'https://example.com/1', tags: ['red', 'blue'], campaign: 'c1' },
    { prefix: 'two', destination: 'https://example.com/2', tags: ['blue'] },
  ];
  const links = await server.api.createLinks(bodies);
  await server.untilAtEdge(links.length);
  const get = (path, agent, address, referrer) => ({
    path,
    headers: { 'User-Agent': agent, 'X-Forwarded-For': address, Referer: referrer },
  });
  const requests = [
    get(
      '/one?utm_source=a,b&utm_medium=email',
      kDesktop,
      '93.184.216.34',
      'https://www.google.com/',
    ),
    get('/one', kPhone, '8.8.8.8', 'https://news.ycombinator.com/'),
    get('/one', kPhone, '8.8.8.8'),
    get('/two?utm_content=!x', kPhone, '8.8.8.8'),
    get('/two', kDesktop, '203.0.113.9'),
    get('/one', kBot, '66.249.66.1'),
    get('/two', kBot, '66.249.66.1'),
  ];
  await sendAll({ port: server.linksPort, requests, connections: 1 });
  await server.api.untilStored();
  return { server, api: server.api, links };
}

test('summary, filters and their negation', { timeout: 120000 }, async (t) => {
  const { api, links } = await filled(t);
  const count = async (query) => {
    const answer = await api.get('/api/v1/stats/summary', { range: '24h', ...query });
    return [answer.clicks, answer.unique_clicks, answer.visitors, answer.bots];
  };
  const rows = [
    [{}, [5, 4, 3, 2]],
    [{ traffic: 'all' }, [7, 4, 3, 2]],
    [{ traffic: 'bot' }, [2, null, null, 2]],
    [{ link: links[0].id }, [3, 2, 2, 1]],
    [{ link: `${links[0].id},${links[1].id}` }, [5, 4, 3, 2]],
    [{ link: `!${links[0].id}` }, [2, 2, 2, 1]],
    [{ tag: 'red' }, [3, 2, 2, 1]],
    [{ tag: 'blue' }, [5, 4, 3, 2]],
    [{ tag: '!red' }, [2, 2, 2, 1]],
    [{ tag: 'no-such-tag' }, [0, 0, 0, 0]],
    [{ device: 'mobile' }, [3, 2, 1, 0]],
    [{ country: 'Unknown' }, [1, 1, 1, 0]],
    [{ country: 'US,PL' }, [4, 3, 2, 2]],
    [{ country: '!US,PL' }, [1, 1, 1, 0]],
    [{ source: 'a\\,b' }, [1, 1, 1, 0]],
    [{ content: '\\!x' }, [1, 1, 1, 0]],
    [{ campaign: 'c1' }, [3, 2, 2, 1]],
    [{ campaign: '' }, [2, 2, 2, 1]],
    [{ referrer: '', device: 'mobile' }, [2, 1, 1, 0]],
    [{ referrer: 'google.com,news.ycombinator.com' }, [2, 2, 2, 0]],
    [{ device: 'mobile', link: links[1].id }, [1, 1, 1, 0]],
    [{ first: 'true' }, [4, 4, 3, 0]],
    [{ outcome: 'redirected' }, [5, 4, 3, 2]],
    [{ trigger: 'qr' }, [0, 0, 0, 0]],
  ];
  for (const [query, expected] of rows) {
    assert.deepEqual(await count(query), expected, JSON.stringify(query));
  }
});

test(
  'breakdowns: every dimension sums up, tags say that they do not',
  { timeout: 120000 },
  async (t) => {
    const { api, links } = await filled(t);
    const openapi = await api.get('/api/v1/openapi.json');
    const headline = await api.get('/api/v1/stats/summary', { range: '24h' });
    for (const by of openapi.components.schemas.Dimension.enum) {
      const answer = await api.get('/api/v1/stats/breakdown', { range: '24h', by });
      assert.equal(answer.by, by);
      assert.equal(answer.multi_valued, by === 'tag');
      if (by !== 'tag') assertSumsUp(answer, headline, by);
    }
    const tags = await api.get('/api/v1/stats/breakdown', { range: '24h', by: 'tag' });
    const rows = Object.fromEntries(tags.rows.map((row) => [row.value, row.clicks]));
    assert.deepEqual([rows.blue, rows.red, tags.total.clicks], [5, 3, 5]);
    const byLink = await api.get('/api/v1/stats/breakdown', { range: '24h', by: 'link' });
    assert.deepEqual(
      byLink.rows.map((row) => [row.value, row.clicks]),
      [
        [links[0].id, 3],
        [links[1].id, 2],
      ],
    );
    for (const row of byLink.rows) assert.equal(typeof row.label, 'string');
    const cut = await api.get('/api/v1/stats/breakdown', { range: '24h', by: 'link', limit: 1 });
    assert.deepEqual(
      cut.rows.map((row) => [row.value, row.kind, row.clicks]),
      [
        [links[0].id, 'value', 3],
        [null, 'rest', 2],
      ],
    );
  },
);

test('timeseries: buckets in the zone asked for, zero-filled', { timeout: 120000 }, async (t) => {
  const { api } = await filled(t);
  const now = Date.now();
  const series = (query) => api.get('/api/v1/stats/timeseries', query);
  const sum = (answer) => answer.points.reduce((total, point) => total + point.clicks, 0);
  for (const tz of [
    'UTC',
    'Asia/Kathmandu',
    'America/New_York',
    'Australia/Lord_Howe',
    'Pacific/Apia',
  ]) {
    for (const range of ['24h', '7d', '30d', '12mo']) {
      const answer = await series({ range, tz });
      assert.equal(sum(answer), 5, `${tz} ${range}`);
      assert.equal(answer.tz, tz);
      const starts = answer.points.map((point) => Date.parse(point.t));
      for (let i = 1; i < starts.length; ++i) assert.ok(starts[i] > starts[i - 1]);
    }
  }
  const week = await api.get('/api/v1/stats/heatmap', { range: '24h', clock: 'visitor' });
  const placed = week.cells.filter((cell) => cell.clicks > 0);
  assert.deepEqual(week.coverage, { known: 4, share: 0.8 });
  assert.equal(
    placed.reduce((total, cell) => total + cell.clicks, 0),
    4,
  );
  const atHome = await api.get('/api/v1/stats/heatmap', { range: '24h' });
  assert.equal(atHome.coverage, undefined);
  assert.equal(
    atHome.cells.reduce((total, cell) => total + cell.clicks, 0),
    5,
  );
  const kathmandu = await series({ range: '7d', tz: 'Asia/Kathmandu', interval: 'day' });
  assert.equal(kathmandu.points.length, 7);
  for (const point of kathmandu.points) assert.match(point.t, /T00:00:00\+05:45$/);
  const days = await series({ range: '7d', interval: 'day', traffic: 'all' });
  assert.equal(days.points.length, 7);
  assert.deepEqual(days.points.at(-1), {
    t: `${iso(now).slice(0, 10)}T00:00:00+00:00`,
    clicks: 7,
    unique_clicks: 4,
    bots: 2,
  });
  const split = await series({ range: '7d', interval: 'day', by: 'device', limit: 1 });
  const last = split.points.filter((point) => point.t === days.points.at(-1).t);
  assert.deepEqual(
    last.map((point) => [point.value, point.kind, point.clicks]).sort(),
    [
      ['mobile', 'value', 3],
      [null, 'rest', 2],
    ].sort(),
  );
});

test('days of 23 and 25 hours, weeks, months, half-hour zones', { timeout: 60000 }, async (t) => {
  const { api } = await startServer(t);
  const rows = [
    // tz, from, to, interval, points, first, last
    [
      'Europe/Berlin',
      '2026-03-29',
      '2026-03-30',
      'hour',
      23,
      '2026-03-28T23:00:00.000Z',
      '2026-03-29T21:00:00.000Z',
    ],
    [
      'Europe/Berlin',
      '2026-10-25',
      '2026-10-26',
      'hour',
      25,
      '2026-10-24T22:00:00.000Z',
      '2026-10-25T22:00:00.000Z',
    ],
    [
      'Europe/Berlin',
      '2026-03-28',
      '2026-03-31',
      'day',
      3,
      '2026-03-27T23:00:00.000Z',
      '2026-03-29T22:00:00.000Z',
    ],
    [
      'America/New_York',
      '2026-11-01',
      '2026-11-02',
      'hour',
      25,
      '2026-11-01T04:00:00.000Z',
      '2026-11-02T04:00:00.000Z',
    ],
    [
      'Asia/Kathmandu',
      '2026-05-01',
      '2026-05-03',
      'day',
      2,
      '2026-04-30T18:15:00.000Z',
      '2026-05-01T18:15:00.000Z',
    ],
    [
      'Asia/Kolkata',
      '2026-05-01',
      '2026-05-02',
      'hour',
      24,
      '2026-04-30T18:30:00.000Z',
      '2026-05-01T17:30:00.000Z',
    ],
    [
      'UTC',
      '2026-06-01',
      '2026-06-15',
      'week',
      2,
      '2026-06-01T00:00:00.000Z',
      '2026-06-08T00:00:00.000Z',
    ],
    [
      'UTC',
      '2026-06-03',
      '2026-06-15',
      'week',
      2,
      '2026-06-01T00:00:00.000Z',
      '2026-06-08T00:00:00.000Z',
    ],
    [
      'UTC',
      '2026-01-01',
      '2027-01-01',
      'month',
      12,
      '2026-01-01T00:00:00.000Z',
      '2026-12-01T00:00:00.000Z',
    ],
    [
      'UTC',
      '2026-05-01T10:00:00Z',
      '2026-05-01T11:00:00Z',
      'minute',
      60,
      '2026-05-01T10:00:00.000Z',
      '2026-05-01T10:59:00.000Z',
    ],
    [
      'UTC',
      '2026-05-01T10:00:00Z',
      '2026-05-01T11:00:00Z',
      '15m',
      4,
      '2026-05-01T10:00:00.000Z',
      '2026-05-01T10:45:00.000Z',
    ],
  ];
  for (const [tz, from, to, interval, length, first, last] of rows) {
    const { points } = await api.get('/api/v1/stats/timeseries', { tz, from, to, interval });
    const what = `${tz} ${from} ${interval}`;
    assert.equal(points.length, length, what);
    if (!(interval === 'week' && from === '2026-06-03'))
      assert.equal(iso(Date.parse(points[0].t)), first, what);
    assert.equal(iso(Date.parse(points.at(-1).t)), last, what);
    assert.ok(
      points.every((point) => point.clicks === 0 && point.unique_clicks === 0),
      what,
    );
  }
});

test('ranges, the period before, and change', { timeout: 60000 }, async (t) => {
  const { api } = await filled(t);
  const summary = (query) => api.get('/api/v1/stats/summary', query);
  const week = await summary({ range: '7d', tz: 'Asia/Kathmandu' });
  assert.match(week.from, /T18:15:00\.000Z$/);
  assert.equal(week.clicks, 5);
  assert.equal(Date.parse(week.from) - Date.parse(week.previous.from), 7 * kDay);
  assert.equal(week.previous.clicks, 0);
  const compared = ['clicks', 'unique_clicks', 'visitors', 'bots'];
  const figures = ['impressions', 'ctr', 'cost', 'cpc', 'conversions'];
  assert.deepEqual(
    week.change,
    Object.fromEntries([...compared, ...figures].map((name) => [name, null])),
  );
  assert.deepEqual([week.conversions, week.impressions, week.ctr], [0, null, null]);
  const all = await summary({ range: 'all' });
  assert.deepEqual([all.clicks, all.previous, all.change], [5, null, null]);

  const day = Math.floor(Date.now() / kDay) * kDay;
  const today = { from: iso(day), to: iso(day + kDay) };
  assert.equal((await summary(today)).clicks, 5);
  assert.equal((await summary({ from: iso(day - kDay), to: iso(day) })).clicks, 0, 'half-open');
  const tomorrow = await summary({ from: iso(day + kDay), to: iso(day + 2 * kDay) });
  assert.equal(tomorrow.clicks, 0);
  const plain = iso(day).slice(0, 10);
  const local = await summary({
    from: plain,
    to: iso(day + kDay).slice(0, 10),
    tz: 'America/New_York',
  });
  assert.match(local.from, new RegExp(`^${plain}T0[45]:00:00\\.000Z$`), 'a date is in tz');
  const offset = await summary({ from: `${plain}T00:00:00+05:45`, to: `${plain}T01:00:00+05:45` });
  assert.equal(offset.from, iso(day - 5.75 * 3600000));
  assert.ok(Date.parse(all.as_of) <= Date.now() + 1000);
});

test('raw clicks: newest first, paged, filtered', { timeout: 60000 }, async (t) => {
  const { api, links } = await filled(t);
  const all = await api.all('/api/v1/clicks', { range: '24h', traffic: 'all', limit: 2 });
  assert.equal(all.length, 7);
  assert.equal(new Set(all.map((row) => row.click_id)).size, 7);
  for (let i = 1; i < all.length; ++i) assert.ok(all[i].time <= all[i - 1].time, 'newest first');
  for (const row of all) assert.match(row.click_id, /^[0-9A-HJKMNP-TV-Z]{26}$/);
  assert.equal((await api.all('/api/v1/clicks', { range: '24h' })).length, 5);
  assert.equal((await api.all('/api/v1/clicks', { range: '24h', traffic: 'bot' })).length, 2);
  assert.equal((await api.all('/api/v1/clicks', { range: '24h', link: links[1].id })).length, 2);
  const phone = await api.all('/api/v1/clicks', { range: '24h', device: 'mobile', referrer: '!' });
  assert.equal(phone.length, 1);
  assert.deepEqual(
    [phone[0].referrer_host, phone[0].country, phone[0].first, phone[0].os],
    ['news.ycombinator.com', 'US', true, 'iOS'],
  );
});

test('what cannot be asked is refused by name', { timeout: 60000 }, async (t) => {
  const { api } = await startServer(t);
  const paths = ['summary', 'timeseries', 'breakdown'].map((name) => `/api/v1/stats/${name}`);
  const rows = [
    [{ nonsense: '1' }, 'unknown_parameter', 'nonsense'],
    [{ traffic: 'people' }, 'bad_value', 'traffic'],
    [{ range: '8d' }, 'bad_value', 'range'],
    [{ tz: 'Mars/Olympus' }, 'bad_value', 'tz'],
    [{ tz: '../../etc/passwd' }, 'bad_value', 'tz'],
    [{ tz: '' }, 'bad_value', 'tz'],
    [{ from: '2026-13-01', to: '2027-01-01' }, 'bad_value', 'from'],
    [{ from: '2026-02-30', to: '2027-01-01' }, 'bad_value', 'from'],
    [{ from: 'yesterday', to: '2027-01-01' }, 'bad_value', 'from'],
    [{ from: '2026-01-02', to: '2026-01-01' }, 'bad_range'],
    [{ from: '2026-01-01', to: '2026-01-01' }, 'bad_range'],
    [{ from: '2026-01-01' }, undefined, 'to'],
    [{ to: '2026-01-01' }, undefined, 'from'],
    [{ from: '2026-01-01', to: '2026-01-02', range: '7d' }, 'bad_range'],
    [{ device: 'toaster' }, 'bad_value', 'device'],
    [{ platform: 'Windows' }, 'bad_value', 'platform'],
    [{ outcome: 'lost' }, 'bad_value', 'outcome'],
    [{ trigger: 'push' }, 'bad_value', 'trigger'],
    [{ in_app: 'yes' }, 'bad_value', 'in_app'],
    [{ link: 'one' }, 'bad_value', 'link'],
    [{ screen: 'wide' }, 'bad_value', 'screen'],
  ];
  for (const path of paths) {
    const by = path.endsWith('breakdown') ? { by: 'country' } : {};
    for (const [query, code, field] of rows) {
      const answer = await api.call('GET', path, { query: { ...by, ...query } });
      assertProblem(answer, 400, code, field);
    }
    const twice = await api.call('GET', `${path}?by=country&traffic=human&traffic=bot`);
    assertProblem(twice, 400, 'repeated_parameter', 'traffic');
    for (const query of ['%', '%zz', 'country=%ff', 'a=b&&', '%00=1']) {
      const answer = await api.call('GET', `${path}?by=country&${query}`);
      assert.ok(answer.status === 400 || (query === 'a=b&&' && answer.status === 400), query);
    }
  }
  const more = [
    ['/api/v1/stats/breakdown', {}, 'by'],
    ['/api/v1/stats/breakdown', { by: 'nothing' }, 'by'],
    ['/api/v1/stats/breakdown', { by: 'country', limit: '0' }, 'limit'],
    ['/api/v1/stats/breakdown', { by: 'country', limit: '1001' }, 'limit'],
    ['/api/v1/stats/breakdown', { by: 'country', limit: '1e3' }, 'limit'],
    ['/api/v1/stats/timeseries', { interval: 'second' }, 'interval'],
    ['/api/v1/stats/timeseries', { by: 'tag' }, 'by'],
    ['/api/v1/clicks', { limit: '-1' }, 'limit'],
    ['/api/v1/clicks', { limit: '99999999999999999999' }, 'limit'],
  ];
  for (const [path, query, field] of more) {
    assertProblem(await api.call('GET', path, { query }), 400, undefined, field);
  }
  const points = { from: '2000-01-01', to: '2026-01-01', interval: 'minute' };
  assertProblem(
    await api.call('GET', '/api/v1/stats/timeseries', { query: points }),
    400,
    'too_many_points',
  );
  assertProblem(
    await api.call('GET', '/api/v1/clicks', { query: { cursor: 'x' } }),
    400,
    'bad_cursor',
  );
});
