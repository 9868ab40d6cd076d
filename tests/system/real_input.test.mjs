// SPDX-License-Identifier: Apache-2.0
//
// Real input: 200 links and a day of traffic from published corpora. Every total, for the
// workspace, per link and per dimension, must equal the sender's own ledger, with `Unknown`, bots,
// closed links, HEAD, prefetch and unknown paths where they belong.
import assert from 'node:assert/strict';
import test from 'node:test';

import { randomV4 } from '../lib/corpus.mjs';
import {
  Ledger,
  assertBreakdown,
  assertSummary,
  assertSumsUp,
  untilSafeTime,
} from '../lib/ledger.mjs';
import { sendAll } from '../lib/load.mjs';
import { Random } from '../lib/random.mjs';
import { kFull, sleep, startServer } from '../lib/server.mjs';
import { Traffic, linkBodies } from '../lib/traffic.mjs';

const kSeed = 20260607;
const kPeople = kFull ? 100000 : 10000;
const kKnown = [
  'link',
  'prefix',
  'token',
  'domain',
  'country',
  'region',
  'city',
  'campaign',
  'medium',
  'content',
  'term',
  'src',
  'ad_click',
  'referrer',
  'trigger',
  'outcome',
  'imported',
];
const kAll = [
  ...kKnown,
  'source',
  'channel',
  'referrer_path',
  'language',
  'platform',
  'device',
  'os',
  'os_version',
  'browser',
  'browser_version',
  'in_app',
  'screen',
  'screen_source',
  'dpr',
  'variant',
  'traffic',
  'reason',
  'first',
];
const kTraffic = ['human', 'bot', 'all'];

test('a day of real traffic equals the ledger', { timeout: 1200000 }, async (t) => {
  await untilSafeTime(600);
  const server = await startServer(t);
  const { api } = server;
  const random = new Random(kSeed);
  const links = await api.createLinks(linkBodies(random, 200));
  await server.untilAtEdge(links.length);
  const byId = new Map(links.map((link) => [link.id, link]));
  const traffic = await Traffic.create(random, links);
  const ledger = new Ledger();
  let orphans = 0;
  const range = dayRange();

  const send = (requests) =>
    sendAll({
      port: server.linksPort,
      requests,
      connections: 40,
      onAnswer: ({ entry, path }, response) => {
        if (!entry) {
          orphans += 1;
          assert.equal(response.status, 404, path);
          return;
        }
        checkAnswer(byId.get(entry.link), entry, response);
        ledger.add(entry);
      },
    });

  await t.test('every request is answered as its link says', async () => {
    const [first, second, third] = traffic.people(kPeople);
    const unknown = Array.from({ length: 300 }, (_, i) => ({
      path: `/nothing-here-${i}`,
      headers: {
        'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0',
        'X-Forwarded-For': randomV4(random),
      },
    }));
    await send(random.shuffle([...first, ...traffic.bots(), ...traffic.others(200), ...unknown]));
    await sleep(1200);
    await send(second);
    await sleep(1200);
    await send(third);
    await api.untilStored({ timeoutMs: 120000 });
    assert.ok(ledger.select('human').length >= kPeople);
    assert.ok(ledger.select('bot').length >= 2100);
    assert.equal(orphans, 300);
  });

  for (const kind of kTraffic) {
    await t.test(`workspace totals and breakdowns, traffic=${kind}`, async () => {
      await checkScope(api, ledger, { ...range, traffic: kind }, kind, () => true, kAll);
    });
  }

  await t.test('devices of people, as the corpora state them', async () => {
    const answer = await api.get('/api/v1/stats/breakdown', {
      ...range,
      by: 'device',
      limit: 1000,
    });
    assertBreakdown(answer, ledger.breakdown('device', 'human'), 'device');
  });

  await t.test('sources as sent', async () => {
    for (const entry of ledger.entries) entry.facts.source ??= null;
    const answer = await api.get('/api/v1/stats/breakdown', {
      ...range,
      by: 'source',
      limit: 1000,
    });
    const sent = ledger.breakdown('source', 'human');
    sent.delete(null);
    for (const [value, row] of sent) {
      const got = answer.rows.find((one) => one.value === value);
      assert.deepEqual([got?.clicks, got?.unique_clicks], [row.clicks, row.unique_clicks], value);
    }
  });

  await t.test('what is not a click is counted apart', async () => {
    const summary = await api.get('/api/v1/stats/summary', { ...range, traffic: 'all' });
    assert.equal(summary.other_hits, ledger.entries.filter((entry) => entry.other).length);
    const outcomes = Object.fromEntries(summary.outcomes.map((row) => [row.outcome, row.clicks]));
    assert.equal(outcomes.disabled, 200);
    assert.equal(outcomes.not_found, 300);
  });

  await t.test('per link: totals, uniques, visitors, bots', async () => {
    for (const link of links) {
      for (const kind of kTraffic) {
        const answer = await api.get('/api/v1/stats/summary', {
          ...range,
          traffic: kind,
          link: link.id,
        });
        const expected = ledger.summary(kind, (entry) => entry.link === link.id);
        assertSummary(answer, expected, `${link.id} ${kind}`);
      }
    }
  });

  await t.test('per link: breakdowns', async () => {
    const chosen = kFull ? links : links.filter((_, i) => i % 8 === 0);
    for (const link of chosen) {
      const query = { ...range, traffic: 'human', link: link.id };
      await checkScope(api, ledger, query, 'human', (entry) => entry.link === link.id, [
        'country',
        'city',
        'campaign',
        'medium',
        'referrer',
        'trigger',
        'term',
      ]);
    }
  });

  await t.test("a link's own channel wins, but not over a QR code", async () => {
    for (const link of links.filter((one) => one.channel !== null)) {
      const answer = await api.get('/api/v1/stats/breakdown', {
        ...range,
        by: 'channel',
        link: link.id,
      });
      const triggers = ledger.breakdown('trigger', 'human', (entry) => entry.link === link.id);
      const expected = new Map();
      if (triggers.has('link')) expected.set('partners', triggers.get('link'));
      if (triggers.has('qr')) expected.set('qr', triggers.get('qr'));
      assertBreakdown(answer, expected, `channel of ${link.id}`);
    }
  });

  await t.test('row by row: raw clicks are what was sent', async () => {
    const rows = await api.all('/api/v1/clicks', { ...range, traffic: 'all', limit: 1000 });
    const ids = new Set(rows.map((row) => row.click_id));
    assert.equal(ids.size, rows.length, 'a click id twice');
    const got = rows
      .filter((row) => row.link_id !== null)
      .map(rawLine)
      .sort();
    const sent = ledger.entries.map(entryLine).sort();
    assert.equal(got.length, sent.length);
    assert.deepEqual(got, sent);
  });

  await t.test('in-app browsers by name', async () => {
    const rows = await api.all('/api/v1/clicks', { ...range, in_app: 'true', limit: 1000 });
    const byAgent = new Map(rows.map((row) => [row.user_agent, row]));
    for (const sample of traffic.inApp) {
      const row = byAgent.get(sample.user_agent);
      assert.ok(row, `not in-app: ${sample.user_agent}`);
      assert.deepEqual(
        [row.browser, row.platform, row.device, row.traffic],
        [sample.browser, sample.platform, sample.device, 'human'],
        sample.user_agent,
      );
    }
  });
});

function dayRange() {
  const day = Math.floor(Date.now() / 86400000) * 86400000;
  return { from: new Date(day).toISOString(), to: new Date(day + 86400000).toISOString() };
}

function checkAnswer(link, entry, response) {
  if (entry.outcome === 'redirected') {
    assert.equal(response.status, 302, entry.userAgent);
    assert.equal(response.headers.location, link.destination);
    assert.equal(response.headers['cache-control'], 'private, no-store');
    assert.equal(response.headers['set-cookie'], undefined);
    assert.equal(response.headers.server, undefined);
  } else if (entry.outcome === 'prefetch') {
    assert.equal(response.status, 503);
    assert.match(response.headers['cache-control'], /no-store/);
  } else {
    assert.ok(response.status >= 400 && response.status < 500, `${response.status}`);
  }
}

async function checkScope(api, ledger, query, kind, filter, dimensions) {
  const what = JSON.stringify(query);
  const expected = ledger.summary(kind, filter);
  assertSummary(await api.get('/api/v1/stats/summary', query), expected, what);
  for (const by of dimensions) {
    for (const limit of [1000, 3]) {
      const answer = await api.get('/api/v1/stats/breakdown', { ...query, by, limit });
      assert.equal(answer.multi_valued, false);
      assertSumsUp(answer, expected, `${by} limit ${limit} ${what}`);
      if (kKnown.includes(by)) {
        assertBreakdown(answer, ledger.breakdown(by, kind, filter), `${by} limit ${limit} ${what}`);
      }
    }
  }
}

const kRawNames = [
  'country',
  'region',
  'city',
  'medium',
  'campaign',
  'content',
  'term',
  'src',
  'ad_click',
  'trigger',
  'outcome',
];

function rawLine(row) {
  const special = ['human', 'head', 'prefetch'].includes(row.traffic) ? row.traffic : 'bot';
  return JSON.stringify([
    row.link_id,
    special,
    row.user_agent,
    row.referrer_host,
    row.token ?? '',
    row.first,
    ...kRawNames.map((name) => row[name]),
  ]);
}

function entryLine(entry) {
  return JSON.stringify([
    entry.link,
    entry.other ?? (entry.bot ? 'bot' : 'human'),
    entry.userAgent,
    entry.facts.referrer,
    entry.facts.token,
    entry.first,
    ...kRawNames.map((name) => entry.facts[name]),
  ]);
}
