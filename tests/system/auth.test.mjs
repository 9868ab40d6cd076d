// SPDX-License-Identifier: Apache-2.0
//
// Nothing is open by default: the set-up link works once, sessions and keys do what they may and
// nothing else, guessing is slowed down, and another site cannot use a person's session.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import test from 'node:test';

import { Api, assertProblem } from '../lib/api.mjs';
import { startServer } from '../lib/server.mjs';

const kAdmin = { email: 'ada@example.com', password: 'correct horse battery' };

async function setupToken(server) {
  return new URL(await server.setupUrl()).searchParams.get('token');
}

function cookieOf(answer) {
  const header = answer.headers['set-cookie'] ?? '';
  assert.match(header, /^tallymark_session=[^;]+;/);
  assert.match(header, /;\s*HttpOnly/i);
  assert.match(header, /;\s*SameSite=Strict/i);
  assert.match(header, /;\s*Path=\//i);
  return header.split(';')[0];
}

async function setUp(t) {
  const server = await startServer(t, { key: null });
  const anonymous = new Api({ port: server.consolePort, origin: server.consoleUrl });
  const token = await setupToken(server);
  const answer = await anonymous.call('POST', '/api/v1/setup', { body: { token, ...kAdmin } });
  assert.equal(answer.status, 201, answer.text);
  const cookie = cookieOf(answer);
  const admin = new Api({ port: server.consolePort, cookie, origin: server.consoleUrl });
  return { server, anonymous, token, admin };
}

test('nothing is open without a key or session', async (t) => {
  const server = await startServer(t, { key: null });
  const anonymous = new Api({ port: server.consolePort });
  for (const [method, path] of [
    ['GET', '/api/v1/links'],
    ['POST', '/api/v1/links'],
    ['GET', '/api/v1/links/lnk_1'],
    ['PATCH', '/api/v1/links/lnk_1'],
    ['DELETE', '/api/v1/links/lnk_1'],
    ['GET', '/api/v1/keys'],
    ['POST', '/api/v1/keys'],
    ['DELETE', '/api/v1/keys/key_1'],
    ['GET', '/api/v1/session'],
    ['GET', '/api/v1/stats/summary'],
    ['GET', '/api/v1/stats/timeseries'],
    ['GET', '/api/v1/stats/breakdown?by=country'],
    ['GET', '/api/v1/clicks'],
    ['GET', '/api/v1/stats/funnel'],
    ['POST', '/api/v1/conversions'],
    ['GET', '/api/v1/conversions'],
    ['GET', '/api/v1/conversions/cnv_1'],
  ]) {
    const body = ['POST', 'PATCH'].includes(method) ? {} : undefined;
    assertProblem(await anonymous.call(method, path, { body }), 401, 'unauthenticated');
  }
  for (const header of [
    'Bearer tmk_wrong0000000000000000000000000000000',
    'Bearer',
    'Bearer ',
    'Basic YWRtaW46YWRtaW4=',
    'tmk_x',
    'Bearer tmk_x tmk_y',
  ]) {
    const answer = await anonymous.call('GET', '/api/v1/links', {
      headers: { Authorization: header },
    });
    assert.equal(answer.status, 401, header);
  }
  const cookie = 'tallymark_session=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';
  const forged = await anonymous.call('GET', '/api/v1/links', { headers: { Cookie: cookie } });
  assert.equal(forged.status, 401);
});

test('the set-up link makes the first admin, once', async (t) => {
  const server = await startServer(t, { key: null });
  const anonymous = new Api({ port: server.consolePort, origin: server.consoleUrl });
  const token = await setupToken(server);
  assert.deepEqual(await anonymous.get('/api/v1/setup'), { needed: true });

  const wrong = { token: 'x'.repeat(token.length), ...kAdmin };
  assertProblem(
    await anonymous.call('POST', '/api/v1/setup', { body: wrong }),
    403,
    'bad_setup_token',
  );
  const short = { token, email: kAdmin.email, password: 'short' };
  assertProblem(
    await anonymous.call('POST', '/api/v1/setup', { body: short }),
    422,
    'too_short',
    'password',
  );
  const email = { token, email: 'nobody', password: kAdmin.password };
  assertProblem(
    await anonymous.call('POST', '/api/v1/setup', { body: email }),
    422,
    'bad_email',
    'email',
  );

  const done = await anonymous.call('POST', '/api/v1/setup', { body: { token, ...kAdmin } });
  assert.equal(done.status, 201, done.text);
  cookieOf(done);
  assert.equal(done.json.user.email, kAdmin.email);
  assert.equal(done.json.workspace.name, 'default');
  assert.deepEqual(await anonymous.get('/api/v1/setup'), { needed: false });
  assertProblem(
    await anonymous.call('POST', '/api/v1/setup', { body: { token, ...kAdmin } }),
    409,
    'setup_done',
  );

  await server.stop();
  server.stdout = '';
  server.stderr = '';
  await server.start();
  assert.doesNotMatch(server.stdout + server.stderr, /setup\?token=/, 'no second set-up link');
  const again = new Api({ port: server.consolePort, origin: server.consoleUrl });
  const login = await again.call('POST', '/api/v1/session', { body: kAdmin });
  assert.equal(login.status, 201, 'the admin survives a restart');
});

test('log in, log out, and a wrong password', async (t) => {
  const { server, anonymous, admin } = await setUp(t);
  assert.equal((await admin.get('/api/v1/session')).user.email, kAdmin.email);
  const wrong = { email: kAdmin.email, password: 'wrong password' };
  assertProblem(await anonymous.call('POST', '/api/v1/session', { body: wrong }), 401, 'bad_login');
  const nobody = { email: 'nobody@example.com', password: 'wrong password' };
  assertProblem(
    await anonymous.call('POST', '/api/v1/session', { body: nobody }),
    401,
    'bad_login',
  );

  const login = await anonymous.call('POST', '/api/v1/session', { body: kAdmin });
  assert.equal(login.status, 201);
  const second = new Api({
    port: server.consolePort,
    cookie: cookieOf(login),
    origin: server.consoleUrl,
  });
  await second.get('/api/v1/links');
  const out = await second.call('DELETE', '/api/v1/session');
  assert.equal(out.status, 204);
  assert.equal((await second.call('GET', '/api/v1/links')).status, 401, 'the session is over');
  await admin.get('/api/v1/links'); // another session of the same person is not
});

test('a session works only from our own pages', async (t) => {
  const { server, admin } = await setUp(t);
  const body = { destination: 'https://example.com/' };
  assert.equal((await admin.call('POST', '/api/v1/links', { body })).status, 201);
  for (const headers of [
    { Origin: 'https://evil.example' },
    { Origin: 'null' },
    { Origin: `http://localhost.evil.example:${server.consolePort}` },
    { Origin: server.linksUrl },
    { Origin: undefined, 'Sec-Fetch-Site': 'cross-site' },
    { Origin: undefined, 'Sec-Fetch-Site': 'same-site' },
  ]) {
    const answer = await admin.call('POST', '/api/v1/links', { body, headers });
    assertProblem(answer, 403, 'cross_origin');
  }
  const login = await admin.call('POST', '/api/v1/session', {
    body: kAdmin,
    headers: { Origin: 'https://evil.example', Cookie: undefined },
  });
  assertProblem(login, 403, 'cross_origin');
});

test('guessing passwords is slowed down', { timeout: 60000 }, async (t) => {
  const { anonymous } = await setUp(t);
  const statuses = [];
  for (let i = 0; i < 14; ++i) {
    const body = { email: kAdmin.email, password: `guess number ${i}` };
    const answer = await anonymous.call('POST', '/api/v1/session', { body });
    statuses.push(answer.status);
    if (answer.status === 429) {
      assertProblem(answer, 429, 'too_many');
      assert.match(answer.headers['retry-after'], /^[1-9]\d*$/);
    }
  }
  assert.deepEqual(statuses.slice(0, 9), Array(9).fill(401));
  assert.equal(statuses.at(-1), 429);
  const right = await anonymous.call('POST', '/api/v1/session', { body: kAdmin });
  assert.equal(right.status, 429, 'the right password does not help against the limit');
});

test('keys: shown once, scoped, revoked, never stored in the clear', async (t) => {
  const server = await startServer(t);
  const { api } = server;
  const made = await api.post('/api/v1/keys', { name: 'reader', scopes: ['stats:read'] });
  assert.match(made.key, /^tmk_[A-Za-z0-9]{40}$/);
  const listed = (await api.get('/api/v1/keys')).data.find((key) => key.id === made.id);
  assert.equal(listed.key, undefined);
  assert.deepEqual(listed.scopes, ['stats:read']);

  const withScopes = async (scopes) => {
    const { key } = await api.post('/api/v1/keys', { name: scopes.join(), scopes });
    return new Api({ port: server.consolePort, key });
  };
  const body = { destination: 'https://example.com/' };
  const click_id = '0'.repeat(26); // well formed; of no click
  const calls = {
    list: (one) => one.call('GET', '/api/v1/links'),
    create: (one) => one.call('POST', '/api/v1/links', { body }),
    stats: (one) => one.call('GET', '/api/v1/stats/summary'),
    clicks: (one) => one.call('GET', '/api/v1/clicks'),
    conversions: (one) => one.call('GET', '/api/v1/conversions'),
    convert: (one) => one.call('POST', '/api/v1/conversions', { body: { click_id } }),
    keys: (one) => one.call('GET', '/api/v1/keys'),
  };
  const allowed = {
    'links:read': ['list'],
    'links:write': ['list', 'create'],
    'stats:read': ['stats', 'clicks', 'conversions'],
    'convert:write': ['convert'],
    admin: Object.keys(calls),
    'convert:public': [], // and no caller at all
  };
  for (const [scope, names] of Object.entries(allowed)) {
    const one = await withScopes([scope]);
    for (const [name, call] of Object.entries(calls)) {
      const answer = await call(one);
      if (names.includes(name)) assert.ok(answer.status < 300, `${scope} ${name}: ${answer.text}`);
      else if (scope === 'convert:public') assertProblem(answer, 401, 'bad_key');
      else assertProblem(answer, 403, 'missing_scope');
    }
  }

  const reader = new Api({ port: server.consolePort, key: made.key });
  await reader.get('/api/v1/stats/summary');
  await api.delete(`/api/v1/keys/${made.id}`);
  assert.equal((await reader.call('GET', '/api/v1/stats/summary')).status, 401, 'revoked');
  await server.stop();
  for (const name of fs.readdirSync(server.data)) {
    if (!/links\.db/.test(name)) continue;
    const bytes = fs.readFileSync(`${server.data}/${name}`);
    assert.ok(!bytes.includes(made.key.slice(4)), `${name} holds a key in the clear`);
  }
});

test('ids that are not ours do not exist', async (t) => {
  const { api } = await startServer(t);
  for (const id of [
    'lnk_999999',
    'lnk_0',
    'lnk_-1',
    'lnk_01',
    'lnk_1x',
    'ws_1',
    'x',
    '1',
    'lnk_18446744073709551616',
    '%00',
    'lnk_1%2F..',
  ]) {
    for (const method of ['GET', 'DELETE']) {
      const answer = await api.call(method, `/api/v1/links/${id}`);
      assert.ok([400, 404].includes(answer.status), `${method} ${id}: ${answer.status}`);
      assertProblem(answer, answer.status);
    }
  }
  assertProblem(await api.call('DELETE', '/api/v1/keys/key_999'), 404, 'not_found');
});

test('a bootstrap key that is too short is refused at the start', async (t) => {
  await assert.rejects(startServer(t, { key: 'tmk_short' }), /ended before it was ready \(1\)/);
});
