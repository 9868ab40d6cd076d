// SPDX-License-Identifier: Apache-2.0
//
// A start that cannot work says why in one line on stderr and exits 1; wrong usage exits 2; a
// missing geo file is not a reason to refuse. Root may write everywhere, so "not writable" is tried
// with a file where the folder should be and, as root, a read-only mount. The full disk is a small
// tmpfs where mounting is allowed, else a file size limit of zero; the test says which.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';

import { request } from '../lib/client.mjs';
import { kBinary, kBootstrapKey, run, startServer, temporaryFolder } from '../lib/server.mjs';

const kEnv = { TALLYMARK_BOOTSTRAP_KEY: kBootstrapKey };
// `args` may name the listeners; those that it does not name get free ports.
function serve(data, args = [], options = {}) {
  const ports = ['--links', '--console']
    .filter((flag) => !args.includes(flag))
    .flatMap((flag) => [flag, '127.0.0.1:0']);
  return run(['serve', '--data', data, ...ports, ...args], {
    env: kEnv,
    timeoutMs: 20000,
    ...options,
  });
}

// One line, with the word that tells the reader what to look at; exit 1; no stack trace, no pages.
function assertRefused(result, pattern, code = 1) {
  const what = JSON.stringify(result);
  assert.ok(!result.timedOut, `still running: ${what}`);
  assert.equal(result.signal, null, what);
  assert.equal(result.code, code, what);
  const lines = result.stderr.trim().split('\n');
  if (code === 1) assert.equal(lines.length, 1, `one line: ${what}`);
  assert.match(result.stderr, pattern, what);
  assert.doesNotMatch(result.stdout, /^ready /m, what);
}

function listenSomewhere() {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.listen(0, '127.0.0.1', () => resolve({ server, port: server.address().port }));
  });
}

test('a taken port is named', async (t) => {
  const { server, port } = await listenSomewhere();
  t.after(() => server.close());
  const folder = temporaryFolder(t);
  for (const flag of ['--links', '--console']) {
    const result = await serve(path.join(folder, flag), [flag, `127.0.0.1:${port}`]);
    assertRefused(result, new RegExp(`${port}.*(in use|taken)|(in use|taken).*${port}`, 'i'));
  }
});

test('configuration: unreadable, malformed, unknown, wrong values', async (t) => {
  const folder = temporaryFolder(t);
  const file = (name, text) => {
    const at = path.join(folder, name);
    fs.writeFileSync(at, text);
    return at;
  };
  const rows = [
    [['--config', path.join(folder, 'missing.toml')], /missing\.toml/],
    [['--config', folder], new RegExp(path.basename(folder))],
    [['--config', file('broken.toml', '[http\nx = ')], /broken\.toml/],
    [['--config', file('binary.toml', '\x00\x01\x02')], /binary\.toml/],
    [
      ['--config', file('unknown.toml', '[http]\ntrusted_proxys = ["127.0.0.1/32"]\n')],
      /http\.trusted_proxys/,
    ],
    [['--config', file('type.toml', '[privacy]\nip = 5\n')], /privacy\.ip/],
    [['--set', 'no.such.key=1'], /no\.such\.key/],
    [['--set', 'privacy.ip=sometimes'], /privacy\.ip/],
    [['--set', 'journal.durability=maybe'], /journal\.durability/],
    [['--set', 'http.trusted_proxies=not-a-network'], /http\.trusted_proxies/],
    [['--set', 'http.trusted_proxies=127.0.0.1/99'], /http\.trusted_proxies/],
    [['--set', 'links.base_url=ftp://x'], /links\.base_url/],
    [
      [
        '--set',
        'links.base_url=https://go.example',
        '--set',
        'links.root_redirect=https://GO.example:443/x',
      ],
      /links\.root_redirect.*leads back/,
    ],
    [
      [
        '--set',
        'links.base_url=https://go.example',
        '--set',
        'links.not_found_redirect=http://%67o.example/',
      ],
      /links\.not_found_redirect.*leads back/,
    ],
    [['--links', '127.0.0.1:99999'], /99999/],
    [['--links', 'nonsense'], /nonsense/],
  ];
  for (const [args, pattern] of rows) {
    const result = await serve(path.join(folder, 'data'), args);
    await t.test(args.join(' ').replace(folder, ''), () => {
      const code = result.code === 2 ? 2 : 1;
      if (code === 2)
        assert.ok(/links/.test(args[0]) || args[0] === '--set', 'only flags are usage');
      assertRefused(result, pattern, code);
    });
  }
  const unknown = await serve(path.join(folder, 'data'), [], {
    env: { ...kEnv, TALLYMARK_PRIVACY_IPP: 'full' },
  });
  assertRefused(unknown, /PRIVACY_IPP|privacy\.ipp/i);
});

test('flag over environment over file', { timeout: 60000 }, async (t) => {
  const folder = temporaryFolder(t);
  const config = path.join(folder, 'tallymark.toml');
  fs.writeFileSync(config, '[links]\nbase_url = "https://file.example"\n');
  const shortUrl = async (options) => {
    const server = await startServer(t, { args: ['--config', config], ...options });
    const link = await server.api.post('/api/v1/links', { destination: 'https://example.com/' });
    await server.stop();
    return new URL(link.short_url).host;
  };
  assert.equal(await shortUrl({}), 'file.example');
  const env = { TALLYMARK_LINKS_BASE_URL: 'https://environment.example' };
  assert.equal(await shortUrl({ env }), 'environment.example');
  const settings = { 'links.base_url': 'https://flag.example' };
  assert.equal(await shortUrl({ env, settings }), 'flag.example');
});

test('wrong usage exits 2', async () => {
  for (const args of [
    ['nonsense'],
    ['serve', '--nonsense'],
    ['serve', '--data'],
    ['serve', 'x', 'y'],
    [],
  ]) {
    const result = await run(args, { timeoutMs: 10000 });
    assertRefused(result, /./, 2);
  }
  for (const args of [['--help'], ['serve', '--help'], ['--version']]) {
    const result = await run(args, { timeoutMs: 10000 });
    assert.equal(result.code, 0, JSON.stringify(result));
    assert.notEqual(result.stdout, '');
  }
});

test('a data folder that cannot be one', async (t) => {
  const folder = temporaryFolder(t);
  const file = path.join(folder, 'file');
  fs.writeFileSync(file, 'x');
  assertRefused(await serve(file), new RegExp(file));
  assertRefused(await serve(path.join(file, 'below')), new RegExp(file));
  assertRefused(await serve('/proc/nothing/here'), /\/proc\/nothing/);
  assertRefused(await serve('/sys/tallymark'), /\/sys\/tallymark/);
});

test('two servers cannot share a data folder', { timeout: 60000 }, async (t) => {
  const server = await startServer(t);
  assertRefused(await serve(server.data), /in use|locked|another/i);
  assert.equal((await server.api.get('/healthz')).status, 'ok');
});

// A folder on a full disk, and a way to run on it.
function fullDisk(t) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tallymark-full-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder]);
  t.after(() => {
    if (mounted.status === 0) spawnSync('umount', ['-l', folder]);
    fs.rmSync(folder, { recursive: true, force: true });
  });
  if (mounted.status === 0) {
    fs.mkdirSync(path.join(folder, 'data'));
    const fill = fs.openSync(path.join(folder, 'fill'), 'w');
    try {
      for (;;) fs.writeSync(fill, Buffer.alloc(4096, 1));
    } catch (error) {
      assert.equal(error.code, 'ENOSPC');
    }
    fs.closeSync(fill);
    return { how: 'a full tmpfs of 1 MiB', data: path.join(folder, 'data'), wrap: [] };
  }
  const script = 'ulimit -f 0; trap "" XFSZ; exec "$@"';
  return {
    how: 'RLIMIT_FSIZE 0 (mount was refused)',
    data: path.join(folder, 'data'),
    wrap: ['sh', '-c', script, 'sh'],
  };
}

test('a full disk on start', { timeout: 60000 }, async (t) => {
  const { how, data, wrap } = fullDisk(t);
  t.diagnostic(`FULL DISK SIMULATED BY: ${how}`);
  assertRefused(await serve(data, [], { wrap }), /space|full|too large|write/i);
});

test('a missing geo file: starts, says so, country Unknown', { timeout: 60000 }, async (t) => {
  const missing = path.join(temporaryFolder(t), 'no-such.mmdb');
  const server = await startServer(t, { settings: { 'geo.path': missing } });
  const ready = await server.api.call('GET', '/readyz');
  const geo = ready.json.parts.find((part) => part.name === 'geo');
  assert.equal(geo.state, 'degraded');
  assert.match(geo.detail, /no-such\.mmdb/);
  assert.equal(ready.json.status, 'degraded');
  assert.equal(ready.status, 200, 'degraded is still ready');
  await server.api.post('/api/v1/links', { prefix: 'geo', destination: 'https://example.com/' });
  await server.untilAtEdge(1);
  const headers = {
    'X-Forwarded-For': '8.8.8.8',
    'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0',
  };
  await request({ port: server.linksPort, path: '/geo', headers });
  await server.api.untilStored();
  const answer = await server.api.get('/api/v1/stats/breakdown', { range: '24h', by: 'country' });
  assert.deepEqual(
    answer.rows.map((row) => [row.value, row.kind, row.clicks]),
    [['Unknown', 'unknown', 1]],
  );
});

test('a broken geo file is treated like a missing one', { timeout: 60000 }, async (t) => {
  const broken = path.join(temporaryFolder(t), 'broken.mmdb');
  fs.writeFileSync(broken, Buffer.alloc(5000, 7));
  const server = await startServer(t, { settings: { 'geo.path': broken } });
  const geo = (await server.api.call('GET', '/readyz')).json.parts.find(
    (part) => part.name === 'geo',
  );
  assert.equal(geo.state, 'degraded');
});

test('a newer schema or format is refused, and left alone', { timeout: 120000 }, async (t) => {
  const server = await startServer(t);
  await server.api.post('/api/v1/links', { prefix: 'v', destination: 'https://example.com/' });
  await server.untilAtEdge(1);
  await request({ port: server.linksPort, path: '/v' });
  await server.api.untilStored();
  await server.stop();

  const copy = (name) => {
    const target = path.join(temporaryFolder(t), name);
    fs.cpSync(server.data, target, { recursive: true });
    return target;
  };
  const newerLinks = copy('links');
  const database = path.join(newerLinks, 'links.db');
  const bytes = fs.readFileSync(database);
  bytes.writeUInt32BE(9999, 60); // PRAGMA user_version in SQLite's header
  fs.writeFileSync(database, bytes);
  assertRefused(await serve(newerLinks), /newer|9999/i);
  assert.equal(fs.readFileSync(database).readUInt32BE(60), 9999);
});

test(
  'no setting is needed and nothing but the two addresses is on stdout',
  { timeout: 60000 },
  async (t) => {
    const server = await startServer(t, { settings: {}, key: null });
    assert.equal(server.stdout.split('\n').filter((line) => line.startsWith('ready ')).length, 1);
    assert.ok(fs.existsSync(kBinary));
    const version = await server.api.call('GET', '/api/v1/meta');
    assert.match(version.json.version, /^\d+\.\d+\.\d+/);
  },
);
