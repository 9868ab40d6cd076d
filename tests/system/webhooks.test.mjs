// SPDX-License-Identifier: Apache-2.0
//
// Webhooks as their receivers see them: what is told, that it can be checked with what everybody
// checks with, what is tried again, and that nobody waits for somebody else.
import assert from 'node:assert/strict';
import { createHmac, createPublicKey, verify } from 'node:crypto';
import test from 'node:test';

import { Webhook as StandardWebhook } from 'standardwebhooks';
import { Webhook as SvixWebhook } from 'svix';

import { Connection, request } from '../lib/client.mjs';
import { Receiver } from '../lib/receiver.mjs';
import { kFull, sleep, startServer } from '../lib/server.mjs';

const kPerson = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
const kBot = 'Googlebot/2.1 (+http://www.google.com/bot.html)';
const kRun = kFull ? 10000 : 2000;
const kSettings = { 'webhooks.allow': '127.0.0.1', 'privacy.ip': 'full' };

async function withLink(t, settings = kSettings) {
  const server = await startServer(t, { settings });
  await server.api.post('/api/v1/links', {
    prefix: 'promo',
    token: 'summer-sale',
    destination: 'https://shop.example/',
    campaign: 'summer_2026',
  });
  await server.untilAtEdge(1);
  return server;
}

const hook = (server, url, more = {}) =>
  server.api.post('/api/v1/webhooks', { name: 'test', url, events: ['link.clicked'], ...more });

async function act(server, { id }, what) {
  const { status, json } = await server.api.call('POST', `/api/v1/webhooks/${id}/${what}`, {
    body: {},
  });
  assert.equal(status, 200);
  return json;
}

const click = (server, agent = kPerson, path = '/promo/summer-sale') =>
  request({
    port: server.linksPort,
    path,
    headers: { 'User-Agent': agent, Host: 'go.yourapp.com' },
  });

async function clicks(server, count) {
  const connections = Array.from({ length: 8 }, () => new Connection({ port: server.linksPort }));
  await Promise.all(connections.map((one) => one.open()));
  let left = count;
  await Promise.all(
    connections.map(async (one) => {
      while (left-- > 0)
        await one.request({ path: '/promo/summer-sale', headers: { 'User-Agent': kPerson } });
    }),
  );
  for (const one of connections) one.close();
}

// What a receiver for the first system checks with.
const fiveLines = (secret, { headers, body }) =>
  createHmac('sha256', secret).update(body).digest('hex') === headers['x-webhook-signature'];

test('a click is told with the names of the first system', { timeout: 60000 }, async (t) => {
  const server = await withLink(t);
  const receiver = await new Receiver().listen(t);
  const made = await hook(server, receiver.url, { ip: 'truncated' });
  await click(server, kBot);
  await click(server);
  const [got] = await receiver.until(1);
  const { id, event, timestamp, data } = JSON.parse(got.body);
  assert.equal(event, 'link.clicked');
  assert.match(timestamp, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  assert.equal(got.headers['webhook-id'], id);
  assert.equal(got.headers['x-webhook-event'], 'link.clicked');
  const { prefix, token, platform, device_type, hostname, ip, campaign } = data;
  assert.deepEqual(
    { prefix, token, platform, device_type, hostname, ip, campaign },
    {
      prefix: 'promo',
      token: 'summer-sale',
      platform: 'desktop',
      device_type: 'desktop',
      hostname: 'go.yourapp.com',
      ip: '127.0.0.0',
      campaign: 'summer_2026',
    },
  );
  assert.equal(data.destination, 'https://shop.example/');
  assert.equal(data.unique, true);
  await server.api.untilStored();
  const [row] = await server.api.all('/api/v1/clicks', { range: '24h' });
  for (const name of ['click_id', 'link_id', 'country', 'city', 'os', 'browser', 'channel'])
    assert.equal(data[name], row[name], name);
  assert.equal(data.url, 'http://go.yourapp.com/promo/summer-sale');
  assert.ok(fiveLines(made.secret, got));
  await sleep(300);
  assert.equal(receiver.requests.length, 1, 'nobody asked for bots');
});

test(
  'every delivery can be checked, also while a secret is replaced',
  { timeout: 240000 },
  async (t) => {
    const server = await withLink(t);
    const receiver = await new Receiver().listen(t);
    const made = await hook(server, receiver.url);
    await clicks(server, kRun / 2);
    await receiver.until(kRun / 2, 120000);
    const rotated = await act(server, made, 'rotate');
    assert.notEqual(rotated.secret, made.secret);
    await clicks(server, kRun / 2);
    await receiver.until(kRun, 120000);
    receiver.requests.forEach((got, i) => {
      const secrets = i < kRun / 2 ? [made.secret] : [made.secret, rotated.secret];
      for (const secret of secrets) {
        new StandardWebhook(secret).verify(got.body, got.headers);
        new SvixWebhook(secret).verify(got.body, got.headers);
      }
      assert.ok(fiveLines(secrets.at(-1), got));
      assert.throws(() => new StandardWebhook(made.secret).verify(`${got.body} `, got.headers));
    });
    assert.equal(receiver.byId().size, kRun);
  },
);

test('anybody can check a signature with the public key', { timeout: 60000 }, async (t) => {
  const server = await withLink(t);
  const receiver = await new Receiver().listen(t);
  const made = await hook(server, receiver.url, { signature: 'ed25519' });
  await click(server);
  const [{ headers, body }] = await receiver.until(1);
  assert.equal(headers['x-webhook-signature'], undefined);
  const text = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
  const raw = Buffer.from(made.public_key.slice('whpk_'.length), 'base64');
  const key = createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') },
    format: 'jwk',
  });
  const [version, signature] = headers['webhook-signature'].split(',');
  assert.equal(version, 'v1a');
  assert.ok(verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64')));
});

test('batches hold every event once', { timeout: 120000 }, async (t) => {
  const server = await withLink(t);
  const receiver = await new Receiver().listen(t);
  await hook(server, receiver.url, { mode: 'batch' });
  await clicks(server, 1500);
  for (let i = 0; i < 1000 && receiver.events().length < 1500; ++i) await sleep(20);
  const ids = receiver.events().map(({ id }) => id);
  assert.equal(ids.length, 1500);
  assert.equal(new Set(ids).size, 1500);
  assert.ok(receiver.requests.length < 1500);
  for (const { body } of receiver.requests) assert.ok(JSON.parse(body).data.length <= 500);
});

test(
  'what fails is tried again as it was, and one failing delays no other',
  { timeout: 90000 },
  async (t) => {
    const server = await withLink(t);
    let status = 500;
    const failing = await new Receiver(() => status).listen(t);
    const silent = await new Receiver(() => undefined).listen(t);
    const healthy = await new Receiver().listen(t);
    const made = await hook(server, failing.url);
    await hook(server, silent.url);
    await hook(server, healthy.url);
    await click(server);
    const [first] = await failing.until(1);
    await healthy.until(1);
    assert.ok(healthy.requests[0].at - first.at < 2000);
    status = 200;
    const [, second] = await failing.until(2); // 5 s later, give or take one
    assert.ok(second.at - first.at > 3500 && second.at - first.at < 20000);
    assert.equal(second.body, first.body);
    assert.equal(second.headers['webhook-id'], first.headers['webhook-id']);
    assert.notEqual(second.headers['webhook-timestamp'], first.headers['webhook-timestamp']);
    for (let i = 0; i < 100; ++i) {
      const { data } = await server.api.get(`/api/v1/webhooks/${made.id}/deliveries`);
      if (data.length === 2) {
        assert.deepEqual(
          data.map(({ result, status: code, attempt }) => [result, code, attempt]),
          [
            ['ok', 200, 2],
            ['failed', 500, 1],
          ],
        );
        break;
      }
      await sleep(50);
    }
    const now = await server.api.get(`/api/v1/webhooks/${made.id}`);
    assert.deepEqual([now.state, now.waiting, now.dead, now.failures_in_row], ['ok', 0, 0, 0]);
  },
);

test('links, bulk too, tell of themselves', { timeout: 60000 }, async (t) => {
  const server = await withLink(t);
  const receiver = await new Receiver().listen(t);
  await hook(server, receiver.url, { events: ['link.created', 'link.updated', 'link.deleted'] });
  const made = await server.api.post('/api/v1/links/bulk', {
    links: Array.from({ length: 300 }, (_, i) => ({
      prefix: `bulk${i}`,
      destination: 'https://example.com/',
    })),
  });
  const [{ id }] = made.data ?? made.links ?? made.created;
  await server.api.call('PATCH', `/api/v1/links/${id}`, { body: { title: 'New' } });
  await server.api.call('DELETE', `/api/v1/links/${id}`);
  await receiver.until(302);
  const of = (name) => receiver.events().filter(({ event }) => event === name);
  assert.equal(of('link.created').length, 300);
  assert.deepEqual(
    of('link.updated').map(({ data }) => [data.id, data.title]),
    [[id, 'New']],
  );
  assert.deepEqual(
    of('link.deleted').map(({ data }) => data.id),
    [id],
  );
});

test('a test says what the receiver said', { timeout: 60000 }, async (t) => {
  const server = await withLink(t);
  const receiver = await new Receiver(() => ({ status: 418, body: 'I am a teapot' })).listen(t);
  const made = await hook(server, receiver.url);
  const told = await act(server, made, 'test');
  assert.deepEqual([told.result, told.status, told.response], ['failed', 418, 'I am a teapot']);
  const [got] = await receiver.until(1);
  assert.equal(got.headers['x-webhook-event'], 'test');
  new StandardWebhook(made.secret).verify(got.body, got.headers);
});

test('nothing inside is reached, and redirects are not followed', { timeout: 60000 }, async (t) => {
  const server = await withLink(t, {});
  const canary = await new Receiver().listen(t);
  const port = new URL(canary.url).port;
  const hosts = ['127.0.0.1', '2130706433', '0x7f.1', '017700000001', '[::1]', 'localhost', '0'];
  for (const host of [...hosts, '[::ffff:127.0.0.1]', '127.1', '[::ffff:7f00:1]', 'LOCALHOST.']) {
    const { status, json } = await server.api.call('POST', '/api/v1/webhooks', {
      body: { name: host, url: `http://${host}:${port}/`, events: ['link.clicked'] },
    });
    if (status !== 201) {
      assert.equal(json.field, 'url', host);
      continue;
    }
    const told = await act(server, json, 'test');
    assert.equal(told.result, 'failed', host);
    assert.equal(told.status, null, host);
  }
  assert.equal(canary.requests.length, 0);
  const open = await withLink(t);
  const redirecting = await new Receiver(() => ({
    status: 302,
    headers: { Location: canary.url },
  })).listen(t);
  const made = await hook(open, redirecting.url);
  const told = await act(open, made, 'test');
  assert.deepEqual([told.result, told.status], ['failed', 302]);
  assert.equal(canary.requests.length, 0);
});

test('one that is gone is switched off', { timeout: 60000 }, async (t) => {
  const server = await withLink(t);
  const receiver = await new Receiver(() => 410).listen(t);
  const { id } = await hook(server, receiver.url);
  await click(server);
  let now;
  for (let i = 0; i < 200; ++i) {
    now = await server.api.get(`/api/v1/webhooks/${id}`);
    if (!now.enabled) break;
    await sleep(50);
  }
  assert.deepEqual([now.enabled, now.off_reason, now.dead], [false, 'gone', 1]);
});
