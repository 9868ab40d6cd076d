// SPDX-License-Identifier: Apache-2.0
//
// TLS on the links listener: versions, ALPN, renewal without a restart.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import test from 'node:test';
import tls from 'node:tls';

import { ResponseParser } from '../lib/client.mjs';
import { run, sleep, startServer, temporaryFolder } from '../lib/server.mjs';

const kPerson = 'Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0';
const kGet = `GET /s HTTP/1.1\r\nHost: go.example\r\nUser-Agent: ${kPerson}\r\n\r\n`;

function makeCertificate(folder, name) {
  const file = (kind) => path.join(folder, `${name}.${kind}`);
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
      .concat(['-days', '2', '-subj', `/CN=${name}`, '-addext', `subjectAltName=DNS:${name}`])
      .concat(['-keyout', file('key'), '-out', file('pem')]),
    { stdio: 'ignore' },
  );
  return { certificate: file('pem'), key: file('key') };
}

async function withTls(t) {
  const folder = temporaryFolder(t, 'tls');
  const files = makeCertificate(folder, 'first');
  const settings = { 'links.tls_certificate': files.certificate, 'links.tls_key': files.key };
  const server = await startServer(t, { settings });
  assert.match(server.linksUrl, /^https:/);
  await server.api.post('/api/v1/links', { prefix: 's', destination: 'https://example.com/' });
  await server.untilAtEdge(1);
  return { server, folder, files };
}

// Resolves with an open connection, which ends with the test; rejects when the handshake fails.
function connect(t, port, options = {}) {
  return new Promise((resolve, reject) => {
    const socket = tls.connect({ host: '127.0.0.1', port, rejectUnauthorized: false, ...options });
    t.after(() => socket.destroy());
    socket.on('error', reject);
    socket.on('secureConnect', () => resolve(socket));
  });
}

// `count` answers to `bytes`.
function exchange(socket, bytes, count = 1) {
  const parser = new ResponseParser();
  const answers = [];
  return new Promise((resolve, reject) => {
    const take = (data) => {
      parser.push(data);
      for (let one; (one = parser.next());) answers.push(one);
      if (answers.length < count) return;
      socket.off('data', take);
      resolve(answers);
    };
    socket.on('data', take);
    socket.once('error', reject);
    socket.once('close', () => reject(new Error('closed')));
    socket.write(bytes);
  });
}

const nameOf = (socket) => socket.getPeerCertificate().subject.CN;

test('links over TLS', { timeout: 60000 }, async (t) => {
  const { server } = await withTls(t);
  const port = server.linksPort;
  for (const version of ['TLSv1.2', 'TLSv1.3']) {
    const socket = await connect(t, port, {
      minVersion: version,
      maxVersion: version,
      ALPNProtocols: ['h2', 'http/1.1'],
    });
    assert.equal(socket.alpnProtocol, 'http/1.1');
    const [answer] = await exchange(socket, kGet);
    assert.equal(answer.status, 302);
    const many = await exchange(socket, kGet.repeat(150), 150);
    assert.ok(many.every(({ status }) => status === 302));
    const body = 'x'.repeat(16000);
    const [post] = await exchange(
      socket,
      `PUT /s HTTP/1.1\r\nHost: a\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    );
    assert.equal(post.status, 405);
    socket.destroy();
  }
  // A head that comes byte by byte, each in a record of its own.
  const slow = await connect(t, port);
  const answered = exchange(slow, '');
  for (const byte of kGet) {
    slow.write(byte);
    await sleep(1);
  }
  assert.equal((await answered)[0].status, 302);
  slow.destroy();
  await assert.rejects(connect(t, port, { ALPNProtocols: ['h2'] }), 'we do not speak h2');
  await assert.rejects(
    connect(t, port, { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'ALL@SECLEVEL=0' }),
  );
  const plain = await new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1', () => socket.write(kGet));
    t.after(() => socket.destroy());
    let text = '';
    socket.on('data', (bytes) => (text += bytes.toString('latin1')));
    socket.on('error', () => resolve(text));
    socket.on('close', () => resolve(text));
  });
  assert.ok(!plain.includes('HTTP/1.1 302'), 'no redirect without TLS');
  assert.equal((await server.api.untilStored()).clicks, 303);
});

test('a certificate is renewed without a restart', { timeout: 60000 }, async (t) => {
  const { server, folder, files } = await withTls(t);
  const port = server.linksPort;
  const open = await connect(t, port);
  assert.equal(nameOf(open), 'first');
  const second = makeCertificate(folder, 'second');
  // The certificate comes before its key: for a moment they do not fit.
  fs.renameSync(second.certificate, files.certificate);
  process.kill(server.pid, 'SIGHUP');
  await sleep(300);
  const between = await connect(t, port);
  assert.equal(nameOf(between), 'first');
  between.destroy();
  assert.match(server.stderr, /the old certificate stays/);
  fs.renameSync(second.key, files.key);
  for (const deadline = Date.now() + 12000; ; await sleep(250)) {
    const socket = await connect(t, port);
    const name = nameOf(socket);
    socket.destroy();
    if (name === 'second') break;
    assert.ok(Date.now() < deadline, 'the new certificate is not taken up');
  }
  assert.equal((await exchange(open, kGet))[0].status, 302, 'open connections go on');
  open.destroy();
  fs.writeFileSync(files.certificate, 'not a certificate');
  process.kill(server.pid, 'SIGHUP');
  await sleep(300);
  const last = await connect(t, port);
  assert.equal(nameOf(last), 'second');
  last.destroy();
});

test('certificate settings that cannot work are refused', { timeout: 60000 }, async (t) => {
  const folder = temporaryFolder(t, 'tls');
  const one = makeCertificate(folder, 'one');
  const two = makeCertificate(folder, 'two');
  const start = (...sets) =>
    run([
      ...['serve', '--data', path.join(folder, 'data')],
      ...['--links', '127.0.0.1:0', '--console', '127.0.0.1:0'],
      ...sets.flatMap((set) => ['--set', set]),
    ]);
  for (const [sets, expected] of [
    [[`links.tls_certificate=${one.certificate}`], /go together/],
    [[`links.tls_certificate=${one.certificate}`, `links.tls_key=${two.key}`], /links\.tls_key/],
    [[`links.tls_certificate=${folder}/none`, `links.tls_key=${one.key}`], /tls_certificate/],
  ]) {
    const { code, stderr } = await start(...sets);
    assert.equal(code, 1, stderr);
    assert.match(stderr, expected);
  }
});
