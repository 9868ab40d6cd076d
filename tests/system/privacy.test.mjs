// SPDX-License-Identifier: Apache-2.0
//
// What stays of visitors on the machine, for every setting of privacy.ip and privacy.signals: the
// whole data folder is searched for their addresses. With default settings none stays: not in the
// store, not in the enriched log, not in any log line. The raw journal must hold it until enrichment has run, and for
// no longer than its rotation.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';

import { request } from '../lib/client.mjs';
import { sleep, startServer } from '../lib/server.mjs';

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
    .filter((file) => fs.statSync(file, { throwIfNoEntry: false })?.isFile());

// Which files below `folder` hold one of the addresses, in which form.
function heldIn(folder, addresses) {
  const held = [];
  for (const file of filesBelow(folder)) {
    let bytes;
    try {
      bytes = fs.readFileSync(file);
    } catch {
      continue; // it went while we looked
    }
    for (const address of addresses)
      for (const { form, bytes: wanted } of traces(address))
        if (bytes.includes(wanted))
          held.push(`${path.relative(folder, file)}: ${address} as ${form}`);
  }
  return held;
}

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

// Everybody is asked for twice: with an IPv4 address and with an IPv6 one.
const kPlain = kAddresses;
const kAsked = ['198.18.77.201', '2a02:8071:4321:8765:cba9:def0:8765:4321'];
const kOnPrivateLink = ['198.19.91.166', '2a02:8072:1357:9bdf:2468:ace0:1357:9bdf'];
const kTruncated = { '81.2.69.142': '81.2.69.0', '198.18.77.201': '198.18.77.0' };
kTruncated[kPlain[1]] = '2a02:8070:1234::';
kTruncated[kAsked[1]] = '2a02:8071:4321::';

const kStoredIp = {
  none: () => null,
  truncated: (address) => kTruncated[address],
  full: (address) => address,
};

async function visitAllKinds(server) {
  const get = (path, address, headers = {}) =>
    request({
      port: server.linksPort,
      path,
      headers: {
        'User-Agent': kPerson,
        'X-Forwarded-For': address,
        Referer: 'https://www.google.com/',
        ...headers,
      },
    });
  const destination = 'https://example.com/';
  await server.api.post('/api/v1/links', { prefix: 'plain', destination });
  await server.api.post('/api/v1/links', { prefix: 'asked', destination });
  await server.api.post('/api/v1/links', {
    prefix: 'private',
    destination,
    privacy: 'do_not_record',
  });
  await server.untilAtEdge(3);
  for (const address of kPlain) assert.equal((await get('/plain', address)).status, 302);
  assert.equal((await get('/asked', kAsked[0], { DNT: '1' })).status, 302);
  assert.equal((await get('/asked', kAsked[1], { 'Sec-GPC': '1' })).status, 302);
  for (const address of kOnPrivateLink) assert.equal((await get('/private', address)).status, 302);
}

// One waits for the minute while the others work.
describe('what stays of visitors', { concurrency: 2 }, () => {
  test(
    'a running server keeps no address longer than the minute',
    { timeout: 180000 },
    async (t) => {
      const server = await startServer(t);
      await visit(server);
      const held = () => heldIn(server.data, kAddresses);
      assert.notDeepEqual(held(), [], 'the journal holds it, or this test sees nothing');
      for (let i = 0; i < 100 && held().length > 0; ++i) await sleep(1000);
      assert.deepEqual(held(), []);
    },
  );

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
      assert.deepEqual(heldIn(server.data, kAddresses), []);
      const logged = server.stdout + server.stderr;
      for (const address of kAddresses)
        assert.ok(!logged.includes(address), 'an address in the log');
    },
  );

  for (const ip of ['none', 'truncated', 'full']) {
    for (const signals of ['ignore', 'anonymise', 'do_not_record']) {
      test(`privacy.ip ${ip}, privacy.signals ${signals}`, { timeout: 120000 }, async (t) => {
        const server = await startServer(t, {
          settings: { 'privacy.ip': ip, 'privacy.signals': signals },
          name: `privacy-${ip}-${signals}`,
        });
        await visitAllKinds(server);
        const summary = await server.api.untilStored();
        assert.equal(summary.clicks, 6, 'everybody counts');
        assert.equal(summary.unique_clicks, signals === 'do_not_record' ? 2 : 4);
        const rows = await server.api.all('/api/v1/clicks', { range: '24h', traffic: 'all' });
        const of = (prefix) => rows.filter((row) => row.prefix === prefix);
        const ips = (prefix) =>
          of(prefix)
            .map((row) => row.ip)
            .sort();
        assert.deepEqual(ips('plain'), kPlain.map(kStoredIp[ip]).sort());
        const asked = signals === 'ignore' ? kAsked.map(kStoredIp[ip]) : [null, null];
        assert.deepEqual(ips('asked'), asked.sort());
        assert.deepEqual(ips('private'), [null, null]);
        const silent = [...of('private'), ...(signals === 'do_not_record' ? of('asked') : [])];
        for (const row of silent) {
          assert.deepEqual(
            [row.country, row.os, row.browser, row.language, row.channel],
            Array(5).fill('Unknown'),
          );
          assert.deepEqual(
            [row.referrer_host, row.source, row.user_agent, row.reason],
            Array(4).fill(''),
          );
          assert.equal(row.variant, null);
          assert.equal(row.first, false);
        }
        if (signals === 'anonymise')
          for (const row of of('asked')) assert.equal(row.user_agent, '');
        await server.stop();

        const mayStay = [
          ...(ip === 'full' ? kPlain : []),
          ...(ip === 'full' && signals === 'ignore' ? kAsked : []),
        ];
        const gone = [...kPlain, ...kAsked, ...kOnPrivateLink].filter((a) => !mayStay.includes(a));
        assert.deepEqual(heldIn(server.data, gone), []);
        for (const address of [...kPlain, ...kAsked, ...kOnPrivateLink])
          assert.ok(!(server.stdout + server.stderr).includes(address), 'an address in the log');
      });
    }
  }

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
      request({
        port: server.linksPort,
        path: '/p?utm_source=x',
        headers: { ...headers, ...extra },
      });
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
});
