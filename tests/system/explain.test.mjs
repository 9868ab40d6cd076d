// SPDX-License-Identifier: Apache-2.0
//
// `tallymark explain` and the pipeline are the same code: for the same requests they say the same,
// field by field. And explain answers bad lines in their place.
import assert from 'node:assert/strict';
import test from 'node:test';

import {
  randomV4,
  kReferrers,
  loadBrowsers,
  loadCrawlers,
  loadInAppBrowsers,
} from '../lib/corpus.mjs';
import { sendAll } from '../lib/load.mjs';
import { Random } from '../lib/random.mjs';
import { run, startServer } from '../lib/server.mjs';

const kSame = [
  'traffic',
  'reason',
  'trigger',
  'country',
  'region',
  'city',
  'language',
  'platform',
  'device',
  'os',
  'os_version',
  'browser',
  'browser_version',
  'in_app',
  'screen_w',
  'screen_h',
  'screen_source',
  'referrer_host',
  'referrer_path',
  'channel',
  'source',
  'medium',
  'campaign',
  'content',
  'term',
  'src',
  'ad_click',
  'user_agent',
  'prefix',
];

const kHints = {
  'Sec-CH-UA': '"Chromium";v="153", "Google Chrome";v="153", "Not?A_Brand";v="99"',
  'Sec-CH-UA-Mobile': '?0',
  'Sec-CH-UA-Platform': '"Windows"',
  'Sec-CH-UA-Platform-Version': '"15.0.0"',
};

function samples(random) {
  const agents = [
    ...random
      .shuffle(loadBrowsers().all)
      .slice(0, 120)
      .map(({ userAgent }) => userAgent),
    ...loadInAppBrowsers().map(({ user_agent: agent }) => agent),
    ...random.shuffle(loadCrawlers()).slice(0, 120),
    '',
    'x',
    'Mozilla/5.0',
  ];
  return agents.map((agent, k) => ({
    ip: randomV4(random),
    user_agent: agent,
    referrer: k % 3 ? random.pick(kReferrers).url : '',
    url: `https://go.example.com/explained?utm_term=k${k}${k % 5 ? '&utm_source=ig&utm_medium=cpc' : '&qr=1&gclid=abc'}`,
    headers: {
      'Accept-Language': random.pick(['de-DE,de;q=0.9', 'fr', 'pt-BR']),
      ...(k % 7 ? {} : kHints),
    },
  }));
}

test('explain says what the pipeline stores', { timeout: 120000 }, async (t) => {
  const server = await startServer(t);
  await server.api.post('/api/v1/links', {
    prefix: 'explained',
    destination: 'https://example.com/',
  });
  await server.untilAtEdge(1);
  const asked = samples(new Random(77));
  const requests = asked.map((one) => ({
    path: new URL(one.url).pathname + new URL(one.url).search,
    headers: {
      ...one.headers,
      'X-Forwarded-For': one.ip,
      Host: 'go.example.com',
      'User-Agent': one.user_agent,
      Referer: one.referrer || undefined,
    },
  }));
  await sendAll({ port: server.linksPort, requests, connections: 8 });
  await server.api.untilStored();
  const rows = await server.api.all('/api/v1/clicks', {
    range: '24h',
    traffic: 'all',
    limit: 1000,
  });
  assert.equal(rows.length, asked.length);
  const stored = new Map(rows.map((row) => [row.term, row]));

  const input = asked.map((one) => JSON.stringify(one)).join('\n');
  const result = await run(['explain'], { input });
  assert.equal(result.code, 0, result.stderr);
  const explained = result.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  assert.equal(explained.length, asked.length);
  for (const one of explained) {
    const row = stored.get(one.term);
    const pick = (from) => Object.fromEntries(kSame.map((name) => [name, from[name] ?? 0]));
    assert.deepEqual(pick(one), pick(row), one.user_agent);
    assert.equal(one.visitor, undefined);
    assert.ok(Object.keys(one.why).length > 0, 'reasons are given');
  }
});

test('explain answers bad lines in their place', async () => {
  const lines = [
    '{"user_agent":"curl/8.0"}',
    'nonsense',
    '[]',
    '{"ip":"300.1.1.1"}',
    '{"nonsense":"x"}',
    '{}',
  ];
  const result = await run(['explain'], { input: lines.join('\n') });
  assert.equal(result.code, 1);
  const answers = result.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  assert.deepEqual(
    answers.map((answer) => answer.line ?? null),
    [null, 2, 3, 4, 5, null],
  );
  assert.equal(answers[0].traffic, 'library');
});
