// SPDX-License-Identifier: Apache-2.0
//
// The receivers of docs/guides/crm.md as somebody would run them: between a real webhook and servers
// that judge what comes by the rules that HubSpot and Salesforce publish.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';

import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

import { request } from '../lib/client.mjs';
import { Receiver } from '../lib/receiver.mjs';
import { kRoot, sleep, startServer } from '../lib/server.mjs';

const ajv = new Ajv2020.default({ allowUnionTypes: true });
addFormats.default(ajv);

const kPerson = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
const kContacts = 230;

const isHubspotBatch = ajv.compile({
  type: 'object',
  required: ['inputs'],
  additionalProperties: false,
  properties: {
    inputs: {
      type: 'array',
      minItems: 1,
      maxItems: 100,
      items: {
        type: 'object',
        required: ['id', 'properties'],
        additionalProperties: false,
        properties: {
          id: { type: 'string', pattern: '^\\d+$' },
          idProperty: { type: 'string' },
          properties: {
            type: 'object',
            properties: { last_link_click: { type: 'string', format: 'date-time' } },
            additionalProperties: { type: 'string' },
          },
        },
      },
    },
  },
});

const isSalesforceBatch = ajv.compile({
  type: 'object',
  required: ['allOrNone', 'records'],
  additionalProperties: false,
  properties: {
    allOrNone: { type: 'boolean' },
    records: {
      type: 'array',
      minItems: 1,
      maxItems: 200,
      items: {
        type: 'object',
        required: ['attributes', 'Click_Id__c', 'Clicked_At__c'],
        properties: {
          attributes: { type: 'object', required: ['type'] },
          Click_Id__c: { type: 'string', minLength: 1 },
          Clicked_At__c: { type: 'string', format: 'date-time' },
          Unique__c: { type: 'boolean' },
        },
        propertyNames: { pattern: '^(attributes|[A-Za-z][A-Za-z0-9_]*__c)$' },
        additionalProperties: { type: ['string', 'boolean', 'null', 'object'] },
      },
    },
  },
});

async function until(what) {
  const deadline = Date.now() + 20000;
  while (!what()) {
    if (Date.now() > deadline) throw new Error(`waited for ${what}`);
    await sleep(20);
  }
}

// One of docs/examples, started on a free port: its URL.
async function run(t, name, env) {
  const file = path.join(kRoot, 'docs/examples', `${name}.mjs`);
  const child = spawn(process.execPath, [file], {
    env: { ...process.env, ...env, PORT: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  t.after(() => child.kill());
  let out = '';
  child.stdout.on('data', (bytes) => (out += bytes));
  child.stderr.on('data', (bytes) => (out += bytes));
  await until(() => /http:\/\/\S+/.test(out) || child.exitCode !== null);
  return { child, url: out.match(/http:\/\/\S+/)?.[0], said: () => out };
}

async function withPersonalLink(t) {
  const server = await startServer(t, { settings: { 'webhooks.allow': '127.0.0.1' } });
  await server.api.post('/api/v1/links', {
    prefix: 'offer',
    token: ':token',
    destination: 'https://shop.example/summer',
    campaign: 'summer_2026',
  });
  await server.untilAtEdge(1);
  // The receiver needs the secret and the webhook the receiver's URL: it is made first, and moved.
  const hook = await server.api.post('/api/v1/webhooks', {
    name: 'crm',
    url: 'http://127.0.0.1:9/',
    events: ['link.clicked'],
    mode: 'batch',
  });
  const moveTo = (url) => server.api.patch(`/api/v1/webhooks/${hook.id}`, { url });
  return { server, hook, moveTo };
}

const click = (server, token) =>
  request({ port: server.linksPort, path: `/offer/${token}`, headers: { 'User-Agent': kPerson } });

test('HubSpot: a contact has its last click', { timeout: 60000 }, async (t) => {
  const { server, hook, moveTo } = await withPersonalLink(t);
  const contacts = new Map();
  const faults = [];
  let down = true;
  const hubspot = await new Receiver(({ headers, body, path: asked }) => {
    if (down) return 503;
    const batch = JSON.parse(body);
    const known = headers.authorization === 'Bearer pat-token';
    if (!known || asked !== '/crm/v3/objects/contacts/batch/update' || !isHubspotBatch(batch)) {
      faults.push(ajv.errorsText(isHubspotBatch.errors));
      return 400;
    }
    for (const { id, properties } of batch.inputs) contacts.set(id, properties);
    return { status: 200, body: JSON.stringify({ status: 'COMPLETE', results: [] }) };
  }).listen(t);
  const receiver = await run(t, 'hubspot', {
    SECRET: hook.secret,
    HUBSPOT_TOKEN: 'pat-token',
    HUBSPOT_API: hubspot.url.replace('/hook', ''),
  });
  await moveTo(receiver.url);
  await click(server, '1');
  await until(() => /503/.test(receiver.said()));
  down = false;
  for (let i = 1; i <= kContacts; ++i) await click(server, i);
  await click(server, 'not-a-contact');
  await until(() => contacts.size === kContacts);
  assert.deepEqual(faults, []);
  assert.equal(contacts.get('7').last_link_campaign, 'summer_2026');
  assert.match(contacts.get('7').last_link, /\/offer\/7$/);
});

test('Salesforce: a click is one record', { timeout: 60000 }, async (t) => {
  const { server, hook, moveTo } = await withPersonalLink(t);
  const records = new Map();
  const faults = [];
  let tokens = 0;
  const salesforce = await new Receiver(({ headers, body, path: asked }) => {
    const base = salesforce.url.replace('/hook', '');
    if (asked === '/services/oauth2/token') {
      const form = new URLSearchParams(body);
      if (form.get('grant_type') !== 'client_credentials') return 400;
      const token = { access_token: `t${++tokens}`, instance_url: base, token_type: 'Bearer' };
      return { status: 200, body: JSON.stringify(token) };
    }
    // The first session ends at once.
    if (headers.authorization === 'Bearer t1') return 401;
    const batch = JSON.parse(body);
    if (!/\/composite\/sobjects\/Link_Click__c\/Click_Id__c$/.test(asked)) return 404;
    if (!isSalesforceBatch(batch)) {
      faults.push(ajv.errorsText(isSalesforceBatch.errors));
      return 400;
    }
    for (const one of batch.records) records.set(one.Click_Id__c, one);
    const results = batch.records.map((_, i) => ({ id: `a${i}`, success: true, errors: [] }));
    return { status: 200, body: JSON.stringify(results) };
  }).listen(t);
  const receiver = await run(t, 'salesforce', {
    SECRET: hook.secret,
    SALESFORCE_URL: salesforce.url.replace('/hook', ''),
    SALESFORCE_CLIENT_ID: 'id',
    SALESFORCE_CLIENT_SECRET: 'secret',
  });
  await moveTo(receiver.url);
  for (let i = 1; i <= kContacts; ++i) await click(server, i);
  await until(() => records.size === kContacts);
  assert.deepEqual(faults, []);
  const keys = [...records.values()].map((one) => one.Contact_Key__c);
  assert.equal(new Set(keys).size, kContacts);
});

test('who is not Tallymark is refused, and a receiver says what it lacks', async (t) => {
  const { child, said } = await run(t, 'hubspot', { SECRET: 'whsec_x' });
  await until(() => child.exitCode !== null);
  assert.equal(child.exitCode, 2);
  assert.match(said(), /set HUBSPOT_TOKEN/);
  const { url } = await run(t, 'hubspot', { SECRET: 'whsec_x', HUBSPOT_TOKEN: 't' });
  for (const signature of [undefined, '', 'zz', '00'.repeat(32)]) {
    const headers = signature === undefined ? {} : { 'X-Webhook-Signature': signature };
    const answer = await fetch(url, { method: 'POST', body: '{}', headers });
    assert.equal(answer.status, 401);
  }
});

test('the page shows what is sent', { timeout: 60000 }, async (t) => {
  const page = fs.readFileSync(path.join(kRoot, 'docs/guides/crm.md'), 'utf8');
  const shown = JSON.parse(/```json\n([\s\S]*?)```/.exec(page)[1]);
  const { server, moveTo } = await withPersonalLink(t);
  const receiver = await new Receiver().listen(t);
  await moveTo(receiver.url);
  await click(server, '4711');
  await receiver.until(1);
  const [sent] = receiver.events();
  const namesAndTypes = (event) =>
    Object.entries({ ...event, ...event.data, data: {} }).map(([name, value]) => [
      name,
      // What a click may lack is null in one and text in the other.
      value === null ? 'string' : typeof value,
    ]);
  assert.deepEqual(namesAndTypes(sent), namesAndTypes(shown));
});
