// SPDX-License-Identifier: Apache-2.0
//
// A click limit that comes later: people who clicked before count, in whatever order limits come and
// go and over a restart; robots, HEAD and previews never do. Without the click store it is not set.
import assert from 'node:assert/strict';
import test from 'node:test';

import { assertProblem } from '../lib/api.mjs';
import { request } from '../lib/client.mjs';
import { engineOf } from '../lib/kill_check.mjs';
import { sleep, startServer } from '../lib/server.mjs';

const kDesktop = 'Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0';
const kSlackbot = 'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)';

let visitors = 0;
const ask = (server, { agent = kDesktop, path = '/p', method } = {}) =>
  request({
    port: server.linksPort,
    path,
    method,
    headers: { 'User-Agent': agent, 'X-Forwarded-For': `93.184.1.${++visitors % 250}` },
  });

// Changes the link and waits until the edge knows, told by the status.
async function patch(server, link, fields, status) {
  await server.api.patch(`/api/v1/links/${link.id}`, { ...fields, status });
  await untilStatus(server, status);
}

async function untilStatus(server, ...statuses) {
  const deadline = Date.now() + 2000;
  while (!statuses.includes((await ask(server, { method: 'HEAD' })).status)) {
    assert.ok(Date.now() < deadline, 'the edge does not know it');
    await sleep(10);
  }
}

async function clicks(server, count) {
  const statuses = [];
  for (let i = 0; i < count; ++i) statuses.push((await ask(server)).status);
  return statuses;
}

test('people who clicked before count against a limit', { timeout: 120000 }, async (t) => {
  const server = await startServer(t);
  const link = await server.api.post('/api/v1/links', {
    prefix: 'p',
    destination: 'https://example.com/',
  });
  await untilStatus(server, 302);
  assert.deepEqual(await clicks(server, 3), [302, 302, 302]);
  for (let i = 0; i < 4; ++i) await ask(server, { agent: kSlackbot });
  await ask(server, { path: '/p+' });
  await patch(server, link, { click_limit: 5 }, 307);
  assert.deepEqual(await clicks(server, 4), [307, 307, 410, 410]);

  await patch(server, link, { click_limit: 7 }, 302);
  assert.deepEqual(await clicks(server, 1), [302], 'a higher limit goes on from there');
  await server.stop();
  await server.start();
  await untilStatus(server, 302);
  assert.deepEqual(await clicks(server, 2), [302, 410], 'a restart forgets nobody');

  await patch(server, link, { click_limit: null }, 307);
  assert.deepEqual(await clicks(server, 3), [307, 307, 307]);
  await patch(server, link, { click_limit: 12 }, 302);
  assert.deepEqual(await clicks(server, 3), [302, 302, 410], 'those between two limits count too');
});

test('no limit is set while clicks cannot be counted', { timeout: 120000 }, async (t) => {
  const server = await startServer(t);
  const link = await server.api.post('/api/v1/links', {
    prefix: 'p',
    destination: 'https://example.com/',
  });
  await untilStatus(server, 302);
  const engine = await engineOf(server);
  process.kill(engine, 'SIGSTOP');
  try {
    await clicks(server, 2);
    for (;;) {
      const { parts } = (await server.api.call('GET', '/readyz')).json;
      if (parts.find(({ name }) => name === 'engine').state === 'down') break;
      await sleep(50);
    }
    const body = { click_limit: 3 };
    const refused = await server.api.call('PATCH', `/api/v1/links/${link.id}`, { body });
    assertProblem(refused, 503, 'unavailable');
    assert.match(refused.json.detail, /engine/);
    assert.equal((await server.api.get(`/api/v1/links/${link.id}`)).click_limit, null);
    assert.deepEqual(await clicks(server, 1), [302]);
  } finally {
    try {
      process.kill(engine, 'SIGCONT');
    } catch {
      // it was replaced meanwhile, which is allowed
    }
  }
  await server.api.untilStored();
  await patch(server, link, { click_limit: 4 }, 307);
  assert.deepEqual(await clicks(server, 2), [307, 410]);
});
