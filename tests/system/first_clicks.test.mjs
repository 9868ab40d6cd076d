// SPDX-License-Identifier: Apache-2.0
//
// A file of the first clicks that cannot be read: links answer and clicks count, the trouble is
// said, and the file is there for the next start.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';

import { request } from '../lib/client.mjs';
import { Server, temporaryFolder } from '../lib/server.mjs';

const kPerson = 'Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0';

async function click(server, address) {
  const answer = await request({
    port: server.linksPort,
    path: '/f',
    headers: { 'User-Agent': kPerson, 'X-Forwarded-For': address },
  });
  assert.equal(answer.status, 302);
}

async function counts(server) {
  const { clicks, unique_clicks } = await server.api.untilStored();
  return [clicks, unique_clicks];
}

async function visitorsPart(server) {
  const { parts } = (await server.api.call('GET', '/readyz')).json;
  return parts.find((part) => part.name === 'visitors');
}

test('a run that cannot be read stops no link', { timeout: 120000 }, async (t) => {
  const data = path.join(temporaryFolder(t), 'data');
  const server = new Server({ data, name: 'first-clicks-unread' });
  t.after(() => server.running && server.stop());
  await server.start();
  await server.api.post('/api/v1/links', { prefix: 'f', destination: 'https://example.com/' });
  await server.untilAtEdge(1);
  await click(server, '93.184.0.1');
  assert.deepEqual(await counts(server), [1, 1]);
  await server.stop();

  // A link to itself cannot be opened by anybody, root included.
  const folder = path.join(data, 'visitors');
  const name = fs.readdirSync(folder).find((file) => file.startsWith('run-'));
  const run = path.join(folder, name);
  fs.renameSync(run, path.join(data, 'aside'));
  fs.symlinkSync(name, run);
  await server.start();
  const part = await visitorsPart(server);
  assert.equal(part.state, 'degraded');
  assert.ok(part.detail.startsWith(`${name} cannot be read, will try again (`), part.detail);
  await click(server, '93.184.0.1');
  await click(server, '93.184.0.2');
  assert.deepEqual(await counts(server), [3, 2], 'the log still knew the first visitor');
  await server.stop();
  assert.ok(fs.lstatSync(run).isSymbolicLink(), 'the file was left alone');

  fs.renameSync(path.join(data, 'aside'), run);
  await server.start();
  assert.deepEqual(await visitorsPart(server), { ...part, state: 'ok', detail: '' });
  for (const address of ['93.184.0.1', '93.184.0.2', '93.184.0.3']) await click(server, address);
  assert.deepEqual(await counts(server), [6, 3]);
});
