// SPDX-License-Identifier: Apache-2.0
//
// Where clicks come from, through the running service. The rules themselves are a table of cases
// beside the code (src/enrich/data/channel_cases.inc); here it is what they need of the rest: which
// hosts are our own while domains come and go.
import assert from 'node:assert/strict';
import test from 'node:test';

import { request } from '../lib/client.mjs';
import { untilSafeTime } from '../lib/ledger.mjs';
import { sleep, startServer } from '../lib/server.mjs';

const kDesktop = 'Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0';

test('domains that are added and removed later are our own meanwhile', async (t) => {
  await untilSafeTime(30);
  const server = await startServer(t, { settings: { 'links.base_url': 'http://go.example' } });
  const { api } = server;
  await api.createLinks([{ prefix: 'one', destination: 'https://example.com/' }]);
  await server.untilAtEdge(1);
  const ask = (path, headers) =>
    request({ port: server.linksPort, path, headers: { 'User-Agent': kDesktop, ...headers } });
  // One click from `referrer`, and how the clicks so far are spread over channels and referrers.
  const click = async (referrer) => {
    const sent = Date.now();
    const { status } = await ask('/one', { Host: 'go.example', Referer: referrer });
    assert.equal(status, 302);
    await api.untilStored({ since: sent + 1000 });
    const spread = async (by) => {
      const { rows } = await api.get('/api/v1/stats/breakdown', { range: '24h', by });
      return Object.fromEntries(rows.map((row) => [row.value, row.clicks]));
    };
    return { channels: await spread('channel'), referrers: await spread('referrer') };
  };
  // The edge answers for a host as soon as the domain is known there, which is when its referrers
  // begin to be ours.
  const until = async (status) => {
    const deadline = Date.now() + 5000;
    while ((await ask('/', { Host: 'short.example' })).status !== status) {
      assert.ok(Date.now() < deadline, `short.example does not answer ${status}`);
      await sleep(10);
    }
  };

  assert.deepEqual((await click('https://go.example/page')).channels, { direct: 1 });
  let seen = await click('https://short.example/page');
  assert.deepEqual(seen.channels, { direct: 1, referral: 1 });
  const domain = await api.post('/api/v1/domains', {
    host: 'short.example',
    root_redirect: 'https://example.com/',
  });
  await until(302);
  seen = await click('https://www.short.example/page');
  assert.deepEqual(seen.channels, { direct: 2, referral: 1 });
  assert.equal(seen.referrers['short.example'], 1);
  seen = await click('https://blog.short.example/page');
  assert.deepEqual(seen.channels, { direct: 2, referral: 2 });
  await api.call('DELETE', `/api/v1/domains/${domain.id}`);
  await until(404);
  seen = await click('https://short.example/page');
  assert.deepEqual(seen.channels, { direct: 2, referral: 3 });
  assert.equal(seen.referrers['short.example'], 2);
});
