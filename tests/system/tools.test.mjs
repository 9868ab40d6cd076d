// SPDX-License-Identifier: Apache-2.0
//
// Clicks in analytics tools: each takes what it is sent by its own published rules, has every click
// once, and one that refuses or is slow keeps nobody waiting.
import assert from 'node:assert/strict';
import test from 'node:test';

import { Connection } from '../lib/client.mjs';
import { sleep, startServer } from '../lib/server.mjs';
import { kTools, ToolServer } from '../lib/tool_servers.mjs';

const kPerson =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) Mobile/15E148 Instagram 380';
const kClicks = 1200;
const kPath = `/promo/${encodeURIComponent('grüße "&<' + 'x'.repeat(200))}`;

async function until(what, timeoutMs = 20000) {
  const deadline = Date.now() + timeoutMs;
  while (!(await what())) {
    if (Date.now() > deadline) throw new Error(`waited ${timeoutMs} ms for ${what}`);
    await sleep(20);
  }
}

async function withLink(t) {
  const server = await startServer(t, {
    settings: { 'webhooks.allow': '127.0.0.1', 'privacy.ip': 'full' },
  });
  await server.api.post('/api/v1/links', {
    prefix: 'promo',
    token: ':token',
    destination: `https://shop.example/${'d'.repeat(1000)}`,
    utm: { source: 'instagram', medium: 'social', campaign: 'summer "26"' },
  });
  await server.untilAtEdge(1);
  return server;
}

async function click(server, count) {
  const connection = new Connection({ port: server.linksPort });
  await connection.open();
  for (let i = 0; i < count; ++i)
    await connection.request({ path: kPath, headers: { 'User-Agent': kPerson } });
  connection.close();
}

async function tool(t, server, name, key = 'their-key', more = {}) {
  const receiver = await new ToolServer(name, 'their-key').listen(t);
  const made = await server.api.post('/api/v1/webhooks', {
    name,
    format: name,
    url: receiver.url,
    api_key: key,
    ...more,
  });
  return { receiver, made };
}

test('every tool takes every click once, by its own rules', { timeout: 60000 }, async (t) => {
  const server = await withLink(t);
  const tools = [];
  for (const name of Object.keys(kTools))
    tools.push(await tool(t, server, name, 'their-key', { ip: 'truncated' }));
  await click(server, kClicks);
  for (const { receiver } of tools) {
    await until(() => receiver.taken.size >= kClicks);
    assert.equal(receiver.taken.size, kClicks);
    assert.deepEqual(receiver.faults, []);
    assert.equal(receiver.repeats, 0);
    assert.ok(receiver.requests.length < kClicks, 'several go in one request');
  }
  const [segment, amplitude, mixpanel] = tools.map(({ receiver }) => [...receiver.taken.values()]);
  assert.equal(segment[0].event, 'Link Clicked');
  assert.equal(segment[0].context.campaign.name, 'summer "26"');
  assert.equal(segment[0].context.ip, '127.0.0.0');
  assert.equal(amplitude[0].event_properties.prefix, 'promo');
  assert.equal(amplitude[0].os_name, 'iOS');
  assert.equal(mixpanel[0].properties.utm_source, 'instagram');
  // One person, whom each tool knows by another name.
  const people = [
    segment.map((one) => one.anonymousId),
    amplitude.map((one) => one.device_id),
    mixpanel.map((one) => one.properties.distinct_id),
  ].map((ids) => new Set(ids));
  assert.deepEqual(
    people.map((ids) => ids.size),
    [1, 1, 1],
  );
  assert.equal(new Set(people.flatMap((ids) => [...ids])).size, 3);
  await server.api.untilStored();
  const [row] = await server.api.all('/api/v1/clicks', { range: '24h' });
  const ids = segment.map((one) => one.properties.click_id);
  assert.ok(ids.includes(row.click_id));
});

test('a wrong key is shown, harms nobody, and can be mended', { timeout: 60000 }, async (t) => {
  const server = await withLink(t);
  const wrong = await tool(t, server, 'amplitude', 'wrong-key');
  const right = await tool(t, server, 'segment');
  await click(server, 50);
  await until(() => right.receiver.taken.size === 50);
  const path = `/api/v1/webhooks/${wrong.made.id}`;
  await until(async () => (await server.api.get(path)).waiting > 0);
  const shown = await server.api.get(path);
  assert.equal(shown.last_error, 'answered 401');
  assert.equal(wrong.receiver.taken.size, 0);
  const [delivery] = await server.api.all(`${path}/deliveries`);
  assert.equal(delivery.status, 401);
  for (const seen of [shown, delivery, await server.api.all(`${path}/dead-letters`)])
    assert.doesNotMatch(JSON.stringify(seen), /wrong-key/);
  const mended = await server.api.call('PATCH', path, { body: { api_key: 'their-key' } });
  assert.equal(mended.status, 200);
  await until(() => wrong.receiver.taken.size === 50);
  await until(async () => (await server.api.get(path)).waiting === 0);
});

test('what a tool could not take comes again, whole', { timeout: 60000 }, async (t) => {
  const server = await withLink(t);
  const { receiver } = await tool(t, server, 'mixpanel');
  receiver.answers = [503];
  await click(server, 20);
  await until(() => receiver.taken.size === 20, 40000);
  assert.deepEqual(receiver.faults, []);
});

test('a test event says what the tool answers', { timeout: 60000 }, async (t) => {
  const server = await withLink(t);
  for (const name of Object.keys(kTools)) {
    const { receiver, made } = await tool(t, server, name);
    const { status, json } = await server.api.call('POST', `/api/v1/webhooks/${made.id}/test`, {
      body: {},
    });
    assert.equal(status, 200);
    assert.equal(json.result, 'ok', `${name}: ${json.error} ${json.response}`);
    assert.deepEqual(receiver.faults, []);
    assert.equal(receiver.taken.size, 1);
    assert.match(json.request, /Tallymark Test/);
    assert.doesNotMatch(json.request, /their-key/);
  }
});
