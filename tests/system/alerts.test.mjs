// SPDX-License-Identifier: Apache-2.0
//
// Alerts, from clicks to the mail: a spike in a made-up past that is really stored, what a mail
// server is really told (STARTTLS and a password among it), and a kill between the change of state
// and the mail.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';

import { assertProblem } from '../lib/api.mjs';
import { kBinary, Server, sleep, startServer, temporaryFolder } from '../lib/server.mjs';
import { SmtpSink } from '../lib/smtp.mjs';

const kAlerts = '/api/v1/alerts';
const kHour = 3600000;
const kTools = process.env.TALLYMARK_TEST_TOOLS ?? path.dirname(kBinary);
const kFrom = 'alerts@go.example';
const kConsole = 'https://stats.example';

const mailSettings = (sink, more = {}) => ({
  'mail.smtp_url': `smtp://127.0.0.1:${sink.port}`,
  'mail.from': kFrom,
  'console.base_url': kConsole,
  ...more,
});

async function untilState(api, id, state, timeoutMs = 60000) {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const alert = await api.get(`${kAlerts}/${id}`);
    if (alert.state === state) return alert;
    if (Date.now() > deadline) throw new Error(`still ${JSON.stringify(alert)}`);
    await sleep(50);
  }
}

// Ten days of five clicks an hour on the first link, then two hours of 300: whichever hour is the
// last one that is over when it is judged, it is far above its past.
function storeSpike(folder) {
  const data = path.join(folder, 'data');
  const file = path.join(folder, 'clicks.tsv');
  const now = Math.floor(Date.now() / kHour) * kHour;
  const lines = ['time\tlink_id\tvisitor\toutcome\ttraffic\tplatform'];
  for (let hour = now - 240 * kHour; hour <= now; hour += kHour) {
    const count = hour >= now - kHour ? 300 : 5;
    for (let i = 0; i < count; ++i)
      lines.push(`${hour + i}\t1\t${1000 + i}\tredirected\thuman\tdesktop`);
  }
  fs.writeFileSync(file, `${lines.join('\n')}\n`);
  execFileSync(path.join(kTools, 'store_clicks'), [data, file, '1'], {
    env: { ...process.env, TALLYMARK_BINARY: kBinary },
  });
  return data;
}

test('a spike is told of by mail, over TLS', { timeout: 180000 }, async (t) => {
  const folder = temporaryFolder(t, 'alerts');
  const [key, pem] = [path.join(folder, 'key'), path.join(folder, 'pem')];
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
      .concat(['-days', '2', '-subj', '/CN=sink', '-addext', 'subjectAltName=IP:127.0.0.1'])
      .concat(['-keyout', key, '-out', pem]),
    { stdio: 'ignore' },
  );
  const sink = await SmtpSink.start(t, {
    tls: { key: fs.readFileSync(key), cert: fs.readFileSync(pem) },
    user: 'tally',
    password: 'a secret',
  });
  const server = await startServer(t, {
    data: storeSpike(folder),
    settings: mailSettings(sink, { 'mail.starttls': 'always', 'mail.ca': pem }),
    env: { TALLYMARK_MAIL_USER: 'tally', TALLYMARK_MAIL_PASSWORD: 'a secret' },
  });
  const { api } = server;
  const link = await api.post('/api/v1/links', {
    prefix: 'sale',
    destination: 'https://x.example/',
  });
  assert.equal(link.id, 'lnk_1');
  const body = {
    name: 'Größer als je',
    what: 'spike',
    filters: { link: link.id },
    recipients: ['ada@x.example', 'bob@x.example'],
  };
  const made = await api.post(kAlerts, body);
  const calm = await api.post(kAlerts, { ...body, name: 'iOS', what: 'drop', platform: 'ios' });
  const fired = await untilState(api, made.id, 'firing');
  const { evidence } = fired;
  assert.equal(evidence.count, 300);
  assert.ok(evidence.expected > 2 && evidence.expected < 100, JSON.stringify(evidence));
  assert.ok(evidence.p < 1e-4);
  assert.equal(Date.parse(evidence.to) - Date.parse(evidence.from), kHour);

  // The same hour in the answer about velocity.
  const velocity = await api.get('/api/v1/stats/velocity', {
    from: evidence.from,
    to: evidence.to,
    interval: 'hour',
    link: link.id,
  });
  assert.match(velocity.points[0].state, /^spike/);
  assert.equal(velocity.points[0].clicks, 300);

  const mails = await sink.until(2);
  assert.deepEqual(sink.faults, []);
  assert.deepEqual(mails.map(({ to }) => to[0]).sort(), ['ada@x.example', 'bob@x.example']);
  for (const mail of mails) {
    assert.ok(mail.secure);
    assert.equal(mail.user, 'tally');
    assert.equal(mail.from, kFrom);
    assert.equal(mail.headers.subject, 'Firing: Größer als je');
    assert.equal(mail.headers.from, `Tallymark <${kFrom}>`);
    assert.match(mail.text, /^The alert "Größer als je" fires\./);
    assert.match(mail.text, /What: 300 clicks in this hour, where [\d.]+ were expected\./);
    assert.match(mail.text, /Where: link \/sale \(lnk_1\)\./);
    assert.match(mail.text, /How sure: .* p = /);
    assert.ok(mail.text.includes(`${kConsole}/links/${link.id}`), mail.text);
  }
  const history = await api.all(`${kAlerts}/${made.id}/history`, { limit: 1 });
  assert.deepEqual(
    history.map(({ state, told }) => [state, told]),
    [['firing', true]],
  );
  assert.equal((await untilState(api, calm.id, 'ok')).evidence.platform, null);
  assert.ok(!server.stderr.includes('a secret') && !server.stdout.includes('a secret'));
});

test('a kill between the change and its mail loses nothing', { timeout: 120000 }, async (t) => {
  const sink = await SmtpSink.start(t);
  sink.hold = true;
  const data = path.join(temporaryFolder(t, 'alerts'), 'data');
  const options = { data, settings: mailSettings(sink), name: 'alerts-kill' };
  const server = new Server(options);
  t.after(() => server.kill());
  await server.start();
  const { id } = await server.api.post(kAlerts, {
    name: 'Nobody comes',
    what: 'no_clicks',
    hours: 1,
    recipients: ['ada@x.example'],
  });
  const before = await untilState(server.api, id, 'firing');
  const [tried] = await sink.until(1, { list: sink.held });
  await server.kill();
  assert.equal(sink.mails.length, 0);

  sink.hold = false;
  await server.start();
  const [mail] = await sink.until(1);
  assert.equal(mail.headers['message-id'], tried.headers['message-id']);
  assert.equal(mail.headers.subject, 'Firing: Nobody comes');
  const after = await server.api.get(`${kAlerts}/${id}`);
  assert.equal(after.state, 'firing');
  assert.equal(after.since, before.since);
  assert.equal((await server.api.get(`${kAlerts}/${id}/history`)).data.length, 1);
  // It was told once, and is not told again by the next start.
  await server.kill();
  await server.start();
  await server.api.untilStored();
  assert.equal(sink.mails.length, 1);
  assert.deepEqual(sink.faults, []);
});

test('a test mail says what the server answered', { timeout: 120000 }, async (t) => {
  const sink = await SmtpSink.start(t);
  sink.answer = (to) => (to.startsWith('no') ? '550 5.1.1 no such user' : '250 2.1.5 Ok');
  const server = await startServer(t, { settings: mailSettings(sink) });
  const { api } = server;
  const { id } = await api.post(kAlerts, {
    name: 'Test',
    what: 'threshold',
    value: 1000,
    recipients: ['ada@x.example', 'nobody@x.example'],
  });
  const tell = async () => (await api.call('POST', `${kAlerts}/${id}/test`)).json.answers;
  assert.deepEqual(await tell(), [
    { to: 'ada@x.example', accepted: true, code: 250, answer: '2.0.0 Ok: queued as 1' },
    { to: 'nobody@x.example', accepted: false, code: 550, answer: '5.1.1 no such user' },
  ]);
  assert.match(sink.mails[0].text, /nothing has happened/);
  assert.deepEqual(sink.faults, []);
  await sink.close();
  const [answer, ...rest] = await tell();
  assert.deepEqual(rest, []);
  assert.equal(answer.accepted, false);
  assert.equal(answer.code, null);
  assert.match(answer.answer, /did not take it/);
});

test('without a mail server there are states and no mail', { timeout: 120000 }, async (t) => {
  const { api } = await startServer(t);
  const { id } = await api.post(kAlerts, {
    name: 'Nobody comes',
    what: 'no_clicks',
    hours: 1,
    recipients: ['ada@x.example'],
  });
  await untilState(api, id, 'firing');
  assertProblem(await api.call('POST', `${kAlerts}/${id}/test`), 409, 'mail_not_set_up');
});
