// SPDX-License-Identifier: Apache-2.0
//
// Links and domains through the API: what may be said of them, what is refused, how lists page.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import test from 'node:test';

import { Api, assertProblem } from '../lib/api.mjs';
import { sleep, startServer } from '../lib/server.mjs';

test('create, read, list, change, delete', async (t) => {
  const server = await startServer(t);
  const { api } = server;
  const made = await api.post('/api/v1/links', { destination: 'https://example.com/a b?x=1#y' });
  assert.match(made.prefix, /^[A-Za-z0-9]{7}$/);
  assert.equal(made.destination, 'https://example.com/a b?x=1#y', 'kept as it was given');
  assert.deepEqual(
    [made.token, made.title, made.tags, made.campaign, made.enabled, made.domain],
    [null, null, [], null, true, null],
  );
  assert.match(made.short_url, new RegExp(`^http://127\\.0\\.0\\.1:\\d+/${made.prefix}$`));
  assert.deepEqual(await api.get(`/api/v1/links/${made.id}`), made);

  const full = {
    prefix: 'promo',
    token: 'summer-sale',
    destination: 'https://example.com/sale',
    title: 'Sale ☀',
    tags: ['a', 'b', 'a'],
    campaign: 'summer',
    channel: 'partners',
    utm: { source: 'list', medium: 'email', campaign: 'c', content: 'x', term: 't' },
    fallback_url: 'https://example.com/over',
    enabled: false,
    starts_at: '2030-01-01T00:00:00+02:00',
    expires_at: '2031-01-01T00:00:00Z',
  };
  const second = await api.post('/api/v1/links', full);
  assert.deepEqual(second.tags, ['a', 'b']);
  assert.equal(second.starts_at, '2029-12-31T22:00:00.000Z');
  for (const name of [
    'prefix',
    'token',
    'title',
    'campaign',
    'channel',
    'utm',
    'fallback_url',
    'enabled',
  ]) {
    assert.deepEqual(second[name], full[name], name);
  }

  const patch = {
    title: 'New',
    utm: { medium: null, source: 'other' },
    campaign: null,
    enabled: true,
  };
  const patched = await api.patch(`/api/v1/links/${second.id}`, patch);
  assert.deepEqual(patched.utm, {
    source: 'other',
    medium: null,
    campaign: 'c',
    content: 'x',
    term: 't',
  });
  assert.deepEqual(
    [patched.title, patched.campaign, patched.enabled, patched.token],
    ['New', null, true, 'summer-sale'],
  );
  assert.ok(patched.updated_at >= second.updated_at);
  assert.equal(patched.created_at, second.created_at);

  const empty = await api.patch(`/api/v1/links/${second.id}`, {});
  assert.deepEqual({ ...empty, updated_at: null }, { ...patched, updated_at: null });

  await api.delete(`/api/v1/links/${second.id}`);
  assertProblem(await api.call('GET', `/api/v1/links/${second.id}`), 404, 'not_found');
  assertProblem(await api.call('DELETE', `/api/v1/links/${second.id}`), 404, 'not_found');
  assertProblem(
    await api.call('PATCH', `/api/v1/links/${second.id}`, { body: {} }),
    404,
    'not_found',
  );
  assert.deepEqual(
    (await api.all('/api/v1/links')).map((link) => link.id),
    [made.id],
  );

  const [gone, changed, born] = await api.all(`/api/v1/links/${second.id}/history`, { limit: 2 });
  assert.deepEqual([gone.kind, changed.kind, born.kind], ['deleted', 'updated', 'created']);
  assert.equal(born.by.name, 'bootstrap');
  assert.deepEqual(
    changed.changes.map(({ field, before, after }) => [field, before, after]),
    ['title', 'campaign', 'utm', 'enabled'].map((name) => [name, second[name], patched[name]]),
    'an empty PATCH is no edit',
  );
  await historyAfterAKill(server, made);
});

// Titles are counted up until the server is killed: whatever change is there has its edit.
async function historyAfterAKill(server, link) {
  const path = `/api/v1/links/${link.id}`;
  let answered = 0;
  const changing = (async () => {
    for (let i = 1; ; ++i) {
      await server.api.patch(path, { title: `${i}` });
      answered = i;
    }
  })().catch(() => {});
  while (answered < 5) await sleep(1);
  await server.kill();
  await changing;
  await server.start();
  const title = Number((await server.api.get(path)).title);
  assert.ok(title === answered || title === answered + 1, `${title} of ${answered}`);
  const edits = await server.api.all(`${path}/history`);
  const known = edits.filter(({ kind }) => kind === 'updated').map(({ changes }) => changes);
  const all = Array.from({ length: title }, (_, i) => {
    const before = i === 0 ? null : `${i}`;
    return [{ field: 'title', before, after: `${i + 1}` }];
  });
  assert.deepEqual(known, all.reverse().slice(0, 200));
}

test('slugs: taken, reserved, malformed', async (t) => {
  const { api } = await startServer(t);
  const destination = 'https://example.com/';
  const make = (body) => api.call('POST', '/api/v1/links', { body: { destination, ...body } });
  await api.post('/api/v1/links', { destination, prefix: 'promo' });
  await api.post('/api/v1/links', { destination, prefix: 'promo', token: 'x' });
  await api.post('/api/v1/links', { destination, prefix: 'Promo' });
  assertProblem(await make({ prefix: 'promo' }), 409, 'slug_taken');
  assertProblem(await make({ prefix: 'promo', token: 'x' }), 409, 'slug_taken');
  const other = await api.post('/api/v1/links', { destination, prefix: 'other' });
  assertProblem(
    await api.call('PATCH', `/api/v1/links/${other.id}`, { body: { prefix: 'promo' } }),
    409,
    'slug_taken',
  );
  for (const prefix of ['_t', '.well-known', 'robots.txt', 'favicon.ico']) {
    const answer = await make({ prefix });
    assert.ok(['reserved', 'bad_slug'].includes(answer.json?.code), answer.text);
    assertProblem(answer, 422, answer.json.code, 'prefix');
  }
  for (const prefix of ['a b', 'ä', 'a/b', 'x'.repeat(65), '', 'a.b', 'a+']) {
    const answer = await make({ prefix });
    assertProblem(answer, 422, answer.json?.code, 'prefix');
  }
  for (const token of ['a/b', 'x'.repeat(256), 'ü'.repeat(128), 'a\u0000b']) {
    const answer = await make({ prefix: 'p', token });
    assertProblem(answer, 422, answer.json?.code, 'token');
  }
  assertProblem(await make({ token: 'x' }), 422, 'token_without_prefix', 'token');
  await api.delete(`/api/v1/links/${other.id}`);
  await api.post('/api/v1/links', { destination, prefix: 'other' }); // free again
});

test('lists page without gaps or repetitions, in every order', { timeout: 60000 }, async (t) => {
  const { api } = await startServer(t);
  const bodies = Array.from({ length: 57 }, (_, i) => ({
    prefix: `l${(i * 37) % 57}`,
    destination: `https://example.com/${i}`,
    title: `Title ${i % 10}`,
    tags: i % 2 ? ['odd'] : [],
    campaign: i % 3 ? null : 'third',
    enabled: i % 5 !== 0,
  }));
  const links = await api.createLinks(bodies);
  const by = {
    created_at: (a) => a.created_at,
    updated_at: (a) => a.updated_at,
    prefix: (a) => a.prefix,
    title: (a) => a.title,
  };
  for (const [name, key] of Object.entries(by)) {
    for (const sort of [name, `-${name}`]) {
      const all = await api.all('/api/v1/links', { sort, limit: 10 });
      assert.equal(new Set(all.map((link) => link.id)).size, links.length, sort);
      assert.equal(all.length, links.length, sort);
      const keys = all.map(key);
      const sorted = [...keys].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
      assert.deepEqual(keys, sort === name ? sorted : sorted.reverse(), sort);
    }
  }
  const count = async (query) => (await api.all('/api/v1/links', { ...query, limit: 20 })).length;
  assert.equal(await count({ tag: 'odd' }), 28);
  assert.equal(await count({ campaign: 'third' }), 19);
  assert.equal(await count({ enabled: 'false' }), 12);
  assert.equal(await count({ search: 'TITLE 3' }), 6);
  assert.equal(await count({ search: '%' }), 0);
  assert.equal(await count({ search: 'example.com/56' }), 1);
  assert.equal(await count({ tag: 'odd', campaign: 'third' }), 9);

  const first = await api.get('/api/v1/links', { limit: 10, sort: '-created_at' });
  await api.post('/api/v1/links', { prefix: 'late', destination: 'https://example.com/late' });
  const rest = await api.get('/api/v1/links', {
    limit: 200,
    sort: '-created_at',
    cursor: first.next_cursor,
  });
  const ids = [...first.data, ...rest.data].map((link) => link.id);
  assert.equal(new Set(ids).size, 57, 'a link made while paging neither repeats nor hides one');
  for (const cursor of ['x', 'AAAA', `${first.next_cursor}x`]) {
    assertProblem(await api.call('GET', '/api/v1/links', { query: { cursor } }), 400);
  }
  const other = { cursor: first.next_cursor, sort: 'title' };
  assertProblem(await api.call('GET', '/api/v1/links', { query: other }), 400, 'bad_cursor');
});

test('a repeated POST with an Idempotency-Key makes one link', async (t) => {
  const { api } = await startServer(t);
  const post = (body, key) =>
    api.call('POST', '/api/v1/links', {
      body,
      headers: { 'Idempotency-Key': key },
    });
  const body = { destination: 'https://example.com/once' };
  const answers = await Promise.all([1, 2, 3, 4].map(() => post(body, 'k1')));
  for (const answer of answers) assert.equal(answer.status, 201, answer.text);
  assert.equal(new Set(answers.map((answer) => answer.json.id)).size, 1);
  assert.equal((await post(body, 'k2')).status, 201);
  assertProblem(
    await post({ destination: 'https://example.com/two' }, 'k1'),
    409,
    'idempotency_mismatch',
  );
  assert.equal((await api.all('/api/v1/links')).length, 2);
  assertProblem(await post(body, 'x'.repeat(256)), 400, 'bad_header');
});

const kRule = {
  if: {
    platform: ['ios', 'android'],
    device: ['mobile'],
    country: ['DE', 'AT'],
    region: ['BY'],
    language: ['de'],
    time: { weekdays: [1, 2, 3, 4, 5], from: '09:00', to: '17:00', tz: 'Europe/Berlin' },
    query: { name: 'src', value: 'mail' },
  },
  destination: 'https://example.com/rule/{token}',
};
const kBehaviour = {
  ios: { url: 'myapp://p/{token}', store_url: 'itms-apps://apps.example/app/1' },
  android: { url: null, store_url: 'market://details?id=x&referrer={click_id}' },
  rules: [kRule, { if: { query: { name: 'x' } }, destination: 'https://example.com/x' }],
  variants: [
    { name: 'a', weight: 1, destination: 'https://example.com/a' },
    { name: 'b', weight: 9, destination: 'https://example.com/b?c={click_id}' },
  ],
  og: { title: 'Ünder', description: null, image_url: 'https://example.com/i.png' },
  click_limit: 1000,
  status: 301,
  passthrough: true,
  append_click_id: true,
  landing: true,
  privacy: 'do_not_record',
};

test('everything that decides where a link leads', async (t) => {
  const { api } = await startServer(t, { settings: { 'links.app_schemes': 'myapp' } });
  const made = await api.post('/api/v1/links', {
    prefix: 'product',
    token: ':token',
    destination: 'https://example.com/{token}',
    ...kBehaviour,
  });
  for (const [name, value] of Object.entries(kBehaviour)) assert.deepEqual(made[name], value, name);
  assert.equal(made.warnings[0].code, 'repeats_hidden');
  assert.deepEqual(await api.get(`/api/v1/links/${made.id}`), made);

  // What was read can be written back as it is, but for what the server alone decides.
  const { id, created_at, updated_at, short_url, warnings, ...own } = made;
  const same = await api.patch(`/api/v1/links/${id}`, own);
  assert.deepEqual({ ...same, updated_at: null }, { ...made, updated_at: null });

  const patch = {
    ios: { url: null },
    android: null,
    rules: [kRule],
    variants: [],
    og: { description: 'D' },
    status: 302,
    click_limit: null,
  };
  const patched = await api.patch(`/api/v1/links/${id}`, patch);
  assert.deepEqual(patched.ios, { url: null, store_url: kBehaviour.ios.store_url });
  assert.deepEqual(patched.android, { url: null, store_url: null });
  assert.deepEqual([patched.rules, patched.variants], [[kRule], []]);
  assert.deepEqual(patched.og, { ...kBehaviour.og, description: 'D' });
  assert.deepEqual([patched.status, patched.click_limit, patched.warnings], [302, null, []]);
  assert.deepEqual(await api.get(`/api/v1/links/${id}`), patched);
});

test('what a link cannot have is refused by its whole name', async (t) => {
  const { api, linksUrl } = await startServer(t, { settings: { 'links.app_schemes': 'myapp' } });
  await api.post('/api/v1/domains', { host: 'b.example' });
  const to = { destination: 'https://example.com/' };
  const rule = (condition, more) => ({ rules: [{ if: condition, ...to, ...more }] });
  const variants = (...list) => ({ variants: list.map((one) => ({ ...to, ...one })) });
  const rows = [
    [{ destination: 'https://example.com/{token}' }, 'destination', 'bad_placeholder'],
    [{ destination: 'https://{click_id}.example.com/' }, 'destination', 'bad_placeholder'],
    [{ destination: 'https://b.example/x' }, 'destination', 'own_host'],
    [{ destination: `${linksUrl}/x` }, 'destination', 'own_host'],
    [{ fallback_url: 'http://B.example:80' }, 'fallback_url', 'own_host'],
    [{ domain: 'c.example' }, 'domain', 'unknown_domain'],
    [{ domain: 'no host' }, 'domain', 'bad_host'],
    [{ token: ':id', prefix: 'p' }, 'token', 'bad_slug'],
    [{ ios: { url: 'theirapp://x' } }, 'ios.url', 'bad_scheme'],
    [{ ios: { url: 'javascript:alert(1)' } }, 'ios.url', 'bad_scheme'],
    [{ ios: { store_url: 'myapp://x' } }, 'ios.store_url', 'bad_scheme'],
    [{ ios: { store_url: 'https://b.example/' } }, 'ios.store_url', 'own_host'],
    [{ ios: { link: 'x' } }, 'ios.link', 'unknown_field'],
    [{ ios: 'myapp://x' }, 'ios', 'wrong_type'],
    [{ android: { url: 'data:text/html,x' } }, 'android.url', 'bad_scheme'],
    [{ android: { url: 7 } }, 'android.url', 'wrong_type'],
    [{ rules: {} }, 'rules', 'wrong_type'],
    [{ rules: Array(51).fill(kRule) }, 'rules', 'too_many'],
    [{ rules: [{ ...to }] }, 'rules[0].if', 'required'],
    [rule({}), 'rules[0].if', 'required'],
    [rule({ planet: ['x'] }), 'rules[0].if.planet', 'unknown_field'],
    [rule({ platform: ['windows'] }), 'rules[0].if.platform', 'bad_value'],
    [rule({ device: ['fridge'] }), 'rules[0].if.device', 'bad_value'],
    [rule({ device: 'mobile' }), 'rules[0].if.device', 'wrong_type'],
    [rule({ country: ['de'] }), 'rules[0].if.country', 'bad_value'],
    [rule({ country: ['UK'] }), 'rules[0].if.country', 'bad_value'],
    [rule({ country: Array(251).fill('DE') }), 'rules[0].if.country', 'too_many'],
    [rule({ region: [''] }), 'rules[0].if.region', 'required'],
    [rule({ language: ['de-DE'] }), 'rules[0].if.language', 'bad_value'],
    [rule({ time: { tz: 'Mars/Base' } }), 'rules[0].if.time.tz', 'bad_time_zone'],
    [rule({ time: { from: '9:00' } }), 'rules[0].if.time.from', 'bad_value'],
    [rule({ time: { from: '24:00' } }), 'rules[0].if.time.from', 'bad_value'],
    [rule({ time: { to: '24:01' } }), 'rules[0].if.time.to', 'bad_value'],
    [rule({ time: { from: '09:00', to: '09:00' } }), 'rules[0].if.time.to', 'empty_window'],
    [rule({ time: { weekdays: [0] } }), 'rules[0].if.time.weekdays', 'bad_value'],
    [rule({ time: { weekdays: [] } }), 'rules[0].if.time.weekdays', 'bad_value'],
    [rule({ query: { value: 'x' } }), 'rules[0].if.query.name', 'required'],
    [rule({ query: { name: 'x', or: 1 } }), 'rules[0].if.query.or', 'unknown_field'],
    [rule(kRule.if, { destination: 'myapp://x' }), 'rules[0].destination', 'bad_scheme'],
    [rule(kRule.if, { destination: 'https://b.example/' }), 'rules[0].destination', 'own_host'],
    [rule(kRule.if, { then: 1 }), 'rules[0].then', 'unknown_field'],
    [variants({ name: 'a' }, { name: 'a' }), 'variants[1].name', 'repeated'],
    [variants({ name: '' }), 'variants[0].name', 'required'],
    [variants({ name: 'ü'.repeat(33) }), 'variants[0].name', 'too_long'],
    [variants({ name: 'a', weight: 0 }), 'variants[0].weight', 'bad_value'],
    [variants({ name: 'a', weight: 10001 }), 'variants[0].weight', 'bad_value'],
    [variants({ name: 'a', weight: 1.5 }), 'variants[0].weight', 'wrong_type'],
    [variants({ name: 'a', destination: 'x' }), 'variants[0].destination', 'bad_url'],
    [{ variants: Array(21).fill({ name: 'a', ...to }) }, 'variants', 'too_many'],
    [{ og: { title: 'x'.repeat(1001) } }, 'og.title', 'too_long'],
    [{ og: { image_url: 'javascript:1' } }, 'og.image_url', 'bad_scheme'],
    [{ og: { video: 'x' } }, 'og.video', 'unknown_field'],
    [{ password: '' }, 'password', 'too_short'],
    [{ password: 'x'.repeat(257) }, 'password', 'too_long'],
    [{ password: '********' }, 'password', 'bad_value'],
    [{ click_limit: 0 }, 'click_limit', 'bad_value'],
    [{ click_limit: 1e9 + 1 }, 'click_limit', 'bad_value'],
    [{ click_limit: '5' }, 'click_limit', 'wrong_type'],
    [{ status: 303 }, 'status', 'bad_value'],
    [{ status: null }, 'status', 'wrong_type'],
    [{ privacy: 'none' }, 'privacy', 'bad_value'],
    [{ landing: 'yes' }, 'landing', 'wrong_type'],
    [{ passthrough: 1 }, 'passthrough', 'wrong_type'],
    [{ append_click_id: null }, 'append_click_id', 'wrong_type'],
    [{ warnings: [] }, 'warnings', 'unknown_field'],
  ];
  const link = await api.post('/api/v1/links', to);
  for (const [wrong, field, code] of rows) {
    const post = await api.call('POST', '/api/v1/links', { body: { ...to, ...wrong } });
    assertProblem(post, 422, code, field);
    if (field === 'token') continue;
    const patch = await api.call('PATCH', `/api/v1/links/${link.id}`, { body: wrong });
    assertProblem(patch, 422, code, field);
  }
  const listed = await api.all('/api/v1/links');
  assert.deepEqual(listed, [link], 'nothing was made or changed');
});

test('passwords go in and never come out', async (t) => {
  const server = await startServer(t, { settings: { 'log.level': 'debug' } });
  const { api } = server;
  const secret = 'correct-horse-battery-staple';
  const body = { destination: 'https://example.com/', password: secret };
  const made = await api.post('/api/v1/links', body);
  assert.equal(made.password, '********');
  const path = `/api/v1/links/${made.id}`;
  // The mask leaves it, another text replaces it, null takes it away.
  assert.equal((await api.patch(path, { password: '********', title: 'T' })).password, '********');
  const stored = () => fs.readFileSync(`${server.data}/links.db-wal`, 'latin1');
  assert.match(stored(), /\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  await api.patch(path, { password: `${secret}-2` });
  const idempotent = { body, headers: { 'Idempotency-Key': 'k1' } };
  assert.equal((await api.call('POST', '/api/v1/links', idempotent)).json.password, '********');
  await api.post('/api/v1/links/bulk', { links: [body] });
  for (const wrong of [
    { ...body, nonsense: 1 },
    { ...body, status: 9 },
  ]) {
    const refused = await api.call('POST', '/api/v1/links', { body: wrong });
    assert.ok(!refused.text.includes(secret), refused.text);
    const many = await api.call('POST', '/api/v1/links/bulk', { body: { links: [wrong] } });
    assert.ok(!many.text.includes(secret), many.text);
  }
  for (const place of ['/api/v1/links', path, `${path}/history`, '/metrics', '/readyz']) {
    const { text } = await api.call('GET', place);
    assert.ok(!text.includes(secret) && !text.includes('argon2id'), place);
  }
  assert.equal((await api.patch(path, { password: null })).password, null);
  assertProblem(
    await api.call('PATCH', path, { body: { password: '********' } }),
    422,
    'bad_value',
  );
  await server.stop();
  for (const name of fs.readdirSync(server.data, { recursive: true, withFileTypes: true })) {
    if (!name.isFile()) continue;
    const bytes = fs.readFileSync(`${name.parentPath ?? name.path}/${name.name}`, 'latin1');
    assert.ok(!bytes.includes(secret), `the password is in ${name.name}`);
  }
  const log = fs.readFileSync(server.logFile, 'utf8');
  assert.ok(log.includes('POST /api/v1/links') && !log.includes(secret), 'the log');
});

test('many links at once: all or none', { timeout: 180000 }, async (t) => {
  const server = await startServer(t);
  const { api } = server;
  const destination = 'https://example.com/';
  const bulk = (links, headers) =>
    api.call('POST', '/api/v1/links/bulk', { body: { links }, headers });
  const made = await api.post('/api/v1/links/bulk', {
    links: [
      { destination },
      { destination, prefix: 'named', token: ':token', tags: ['a', 'a'], ...kBehaviour, ios: null },
    ],
  });
  assert.equal(made.data.length, 2);
  assert.match(made.data[0].prefix, /^[A-Za-z0-9]{7}$/);
  assert.deepEqual([made.data[1].prefix, made.data[1].tags], ['named', ['a']]);
  for (const link of made.data) assert.deepEqual(await api.get(`/api/v1/links/${link.id}`), link);
  await server.untilAtEdge(2);

  const wrong = await bulk([
    { destination },
    { destination, rules: [{ if: { planet: 1 }, destination }] },
    {},
    7,
    { destination, prefix: 'named', token: ':token' },
  ]);
  assertProblem(wrong, 422, 'invalid_items', 'links');
  assert.deepEqual(
    wrong.json.errors.map((error) => [error.index, error.code, error.field]),
    [
      [1, 'unknown_field', 'rules[0].if.planet'],
      [2, 'required', 'destination'],
      [3, 'wrong_type', undefined],
    ],
  );
  const taken = await bulk([
    { destination, prefix: 'new' },
    { destination, prefix: 'new' },
    { destination, prefix: 'named', token: ':token' },
  ]);
  assert.deepEqual(
    taken.json.errors.map((error) => [error.index, error.code]),
    [
      [1, 'slug_taken'],
      [2, 'slug_taken'],
    ],
  );
  assert.equal((await api.all('/api/v1/links')).length, 2, 'nothing was stored');

  const passwords = Array.from({ length: 101 }, () => ({ destination, password: 'x' }));
  assertProblem(await bulk(passwords), 422, 'too_many_passwords', 'links');
  assertProblem(await bulk([]), 422, 'required', 'links');
  assertProblem(await bulk(Array(10001).fill({ destination })), 422, 'too_many', 'links');
  assertProblem(await bulk(undefined), 422, 'required', 'links');
  const call = (raw) => api.call('POST', '/api/v1/links/bulk', { raw });
  assertProblem(await call(`{"links":[${' '.repeat(33 * 2 ** 20)}]}`), 413, 'too_large');

  // A list of ten thousand, some of them large, sent twice under one key.
  const many = Array.from({ length: 10000 }, (_, i) => ({
    destination: `https://example.com/${i}`,
    title: i < 5000 ? 'x'.repeat(400) : null,
    tags: Array.from({ length: 20 }, (_, k) => `${k}-${'y'.repeat(40)}`),
  }));
  const first = await bulk(many, { 'Idempotency-Key': 'many' });
  assert.equal(first.status, 201, first.text.slice(0, 300));
  assert.equal(new Set(first.json.data.map((link) => link.prefix)).size, 10000);
  const again = await bulk(many, { 'Idempotency-Key': 'many' });
  assert.deepEqual(again.json, first.json);
  assert.equal(again.headers['idempotency-replayed'], 'true');
  assertProblem(await bulk([{ destination }], { 'Idempotency-Key': 'many' }), 409);
  await server.untilAtEdge(10002);
});

test('domains: made, changed, in use, removed', async (t) => {
  const server = await startServer(t, {
    settings: { 'links.base_url': 'https://go.example:8443' },
  });
  const { api } = server;
  const made = await api.post('/api/v1/domains', {
    host: 'BÜCHER.example.',
    root_redirect: 'https://www.example.com/',
  });
  assert.match(made.id, /^dom_[1-9]\d*$/);
  assert.deepEqual(
    [made.host, made.base_url, made.root_redirect, made.not_found_redirect],
    [
      'xn--bcher-kva.example',
      'https://xn--bcher-kva.example:8443',
      'https://www.example.com/',
      null,
    ],
  );
  const path = `/api/v1/domains/${made.id}`;
  assert.deepEqual(await api.get(path), made);
  assert.deepEqual(await api.all('/api/v1/domains'), [made]);

  const destination = 'https://example.com/';
  const link = await api.post('/api/v1/links', {
    destination,
    prefix: 'promo',
    domain: 'Bücher.example',
  });
  assert.equal(link.domain, made.host);
  assert.equal(link.short_url, 'https://xn--bcher-kva.example:8443/promo');
  const twin = await api.post('/api/v1/links', { destination, prefix: 'promo' });
  assert.equal(twin.short_url, 'https://go.example:8443/promo');
  assert.deepEqual(await api.all('/api/v1/links', { domain: 'bücher.example' }), [link]);
  assertProblem(await api.call('GET', '/api/v1/links', { query: { domain: 'a b' } }), 422);

  const changed = await api.patch(path, {
    root_redirect: null,
    not_found_redirect: 'https://www.example.com/lost',
    host: 'bücher.example',
  });
  assert.deepEqual(
    [changed.host, changed.root_redirect, changed.not_found_redirect],
    [made.host, null, 'https://www.example.com/lost'],
  );
  const wrong = [
    ['POST', '/api/v1/domains', {}, 422, 'required', 'host'],
    ['POST', '/api/v1/domains', { host: 'bücher.example' }, 409, 'host_taken', 'host'],
    ['POST', '/api/v1/domains', { host: 'go.example' }, 409, 'host_taken', 'host'],
    ['POST', '/api/v1/domains', { host: '127.0.0.1' }, 422, 'bad_host', 'host'],
    ['POST', '/api/v1/domains', { host: 'a.example:80' }, 422, 'bad_host', 'host'],
    ['POST', '/api/v1/domains', { host: 'https://a.example' }, 422, 'bad_host', 'host'],
    ['POST', '/api/v1/domains', { host: 'example' }, 422, 'bad_host', 'host'],
    ['POST', '/api/v1/domains', { host: 'a.example', colour: 1 }, 422, 'unknown_field', 'colour'],
    ['PATCH', path, { host: 'other.example' }, 422, 'fixed', 'host'],
    ['PATCH', path, { root_redirect: 'javascript:1' }, 422, 'bad_scheme', 'root_redirect'],
    [
      'PATCH',
      path,
      { root_redirect: 'https://go.example:8443/x' },
      422,
      'own_host',
      'root_redirect',
    ],
    [
      'PATCH',
      path,
      { not_found_redirect: `https://${made.host}/x` },
      422,
      'own_host',
      'not_found_redirect',
    ],
    ['GET', '/api/v1/domains/dom_99', undefined, 404, 'not_found'],
    ['GET', '/api/v1/domains/x', undefined, 404, 'not_found'],
    ['DELETE', path, undefined, 409, 'domain_in_use'],
  ];
  for (const [method, at, body, status, code, field] of wrong)
    assertProblem(await api.call(method, at, { body }), status, code, field);
  assert.deepEqual(await api.get(path), changed);

  const reader = await api.post('/api/v1/keys', { name: 'r', scopes: ['links:write'] });
  const other = new Api({ port: server.consolePort, key: reader.key });
  assert.equal((await other.all('/api/v1/domains')).length, 1);
  assertProblem(await other.call('DELETE', path), 403, 'missing_scope');

  await api.patch(`/api/v1/links/${link.id}`, { domain: null, prefix: 'moved' });
  await api.delete(path);
  assertProblem(await api.call('GET', path), 404, 'not_found');
  await api.post('/api/v1/domains', { host: made.host });
});
