// SPDX-License-Identifier: Apache-2.0
//
// With default settings no visitor's address stays on the machine: not in the store, not in the
// enriched log, not in any log line. The raw journal must hold it until enrichment has run, and for
// no longer than its rotation.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';

import { request } from '../lib/client.mjs';
import { startServer } from '../lib/server.mjs';

const kAddresses = ['81.2.69.142', '2a02:8070:1234:5678:9abc:def0:1234:5678'];
const kPerson = 'Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0';

// The forms in which an address may be written down, as bytes to look for.
function traces(address) {
  const texts = [address];
  const found = texts.map((text) => ({ form: text, bytes: Buffer.from(text, 'latin1') }));
  if (address.includes(':')) {
    const groups = address.split(':').map((group) => parseInt(group, 16));
    const bytes = Buffer.from(groups.flatMap((group) => [group >> 8, group & 255]));
    found.push({ form: 'network bytes', bytes });
    found.push({ form: 'reversed bytes', bytes: Buffer.from(bytes).reverse() });
  } else {
    const bytes = Buffer.from(address.split('.').map(Number));
    found.push({ form: 'mapped bytes', bytes: Buffer.concat([Buffer.from([0xff, 0xff]), bytes]) });
    found.push({
      form: 'reversed mapped',
      bytes: Buffer.concat([Buffer.from(bytes).reverse(), Buffer.from([0xff, 0xff])]),
    });
  }
  return found;
}

const filesBelow = (folder) =>
  fs
    .readdirSync(folder, { recursive: true })
    .map((name) => path.join(folder, name))
    .filter((file) => fs.statSync(file).isFile());

async function visit(server) {
  await server.api.post('/api/v1/links', {
    prefix: 'private',
    destination: 'https://example.com/',
  });
  await server.untilAtEdge(1);
  for (const address of kAddresses) {
    for (let i = 0; i < 3; ++i) {
      await request({
        port: server.linksPort,
        path: '/private',
        headers: { 'User-Agent': kPerson, 'X-Forwarded-For': address },
      });
    }
    await request({
      port: server.linksPort,
      path: '/no-such-link',
      headers: { 'X-Forwarded-For': address },
    });
  }
  return server.api.untilStored();
}

test(
  'no address outside the raw journal, and none in it after a clean stop',
  { timeout: 120000 },
  async (t) => {
    const server = await startServer(t);
    const summary = await visit(server);
    assert.equal(summary.clicks, 6);
    assert.equal(summary.unique_clicks, 2);
    for (const row of await server.api.all('/api/v1/clicks', { range: '24h', traffic: 'all' })) {
      assert.equal(row.ip, null);
      assert.equal(row.visitor, undefined);
    }
    await server.stop();
    const held = [];
    for (const file of filesBelow(server.data)) {
      const bytes = fs.readFileSync(file);
      for (const address of kAddresses) {
        for (const { form, bytes: wanted } of traces(address)) {
          if (bytes.includes(wanted))
            held.push(`${path.relative(server.data, file)}: ${address} as ${form}`);
        }
      }
    }
    assert.deepEqual(held, []);
    const logged = server.stdout + server.stderr;
    for (const address of kAddresses) assert.ok(!logged.includes(address), 'an address in the log');
  },
);

test('privacy.ip keeps what it says', { timeout: 120000 }, async (t) => {
  const wanted = {
    truncated: ['81.2.69.0', '2a02:8070:1234::'],
    full: kAddresses,
  };
  for (const [mode, addresses] of Object.entries(wanted)) {
    const server = await startServer(t, {
      settings: { 'privacy.ip': mode },
      name: `privacy-${mode}`,
    });
    await visit(server);
    const rows = await server.api.all('/api/v1/clicks', { range: '24h', link: 'lnk_1' });
    assert.deepEqual([...new Set(rows.map((row) => row.ip))].sort(), [...addresses].sort(), mode);
    await server.stop();
  }
});

test('do_not_record keeps time, link and outcome only', { timeout: 60000 }, async (t) => {
  const server = await startServer(t, { settings: { 'privacy.signals': 'do_not_record' } });
  await server.api.post('/api/v1/links', { prefix: 'p', destination: 'https://example.com/' });
  await server.untilAtEdge(1);
  const headers = {
    'User-Agent': kPerson,
    'X-Forwarded-For': kAddresses[0],
    Referer: 'https://www.google.com/',
  };
  const get = (extra) =>
    request({ port: server.linksPort, path: '/p?utm_source=x', headers: { ...headers, ...extra } });
  assert.equal((await get({ 'Sec-GPC': '1' })).status, 302);
  assert.equal((await get({ DNT: '1' })).status, 302);
  assert.equal((await get({})).status, 302);
  const summary = await server.api.untilStored();
  assert.equal(summary.clicks, 3);
  assert.equal(summary.unique_clicks, 1, 'who asked not to be recorded is no visitor');
  const rows = await server.api.all('/api/v1/clicks', { range: '24h' });
  const hidden = rows.filter((row) => row.user_agent === '');
  assert.equal(hidden.length, 2);
  for (const row of hidden) {
    assert.deepEqual(
      [row.country, row.referrer_host, row.source, row.first, row.ip, row.outcome],
      ['Unknown', '', '', false, null, 'redirected'],
    );
  }
});
