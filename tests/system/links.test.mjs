// SPDX-License-Identifier: Apache-2.0
//
// Links through the API: what may be said of them, what is refused, how lists page.
import assert from 'node:assert/strict';
import test from 'node:test';

import { assertProblem } from '../lib/api.mjs';
import { startServer } from '../lib/server.mjs';

test('create, read, list, change, delete', async (t) => {
  const { api } = await startServer(t);
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
});

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
