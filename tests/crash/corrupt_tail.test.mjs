// SPDX-License-Identifier: Apache-2.0
//
// A journal whose newest segment ends in rubbish, or in the middle of a record: the start cuts it at
// the last whole record, says so, and every earlier record is counted.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';

import { createLinks, MarkedTraffic } from '../lib/kill_check.mjs';
import { Load } from '../lib/load.mjs';
import { Random } from '../lib/random.mjs';
import { Server, sleep, temporaryFolder } from '../lib/server.mjs';

// Log segments below the data folder that hold records, newest last.
function segments(data) {
  return fs
    .readdirSync(data, { recursive: true })
    .map((name) => path.join(data, name))
    .filter((file) => /\d{5}-\d{10}-\d{5}-\d{20}\.log$/.test(file))
    .map((file) => ({ file, raw: /raw|journal/.test(path.basename(path.dirname(file))) }));
}

// Where the whole records of a segment end (docs/formats/journal.md: a header of 48 bytes, then
// records of length, checksum, payload; zeros are reserved space, all ones the length of a seal).
function recordsEnd(bytes) {
  let at = 48;
  while (at + 8 <= bytes.length) {
    const length = bytes.readUInt32LE(at);
    if (length === 0 || length === 0xffffffff || at + 8 + length > bytes.length) break;
    at += 8 + length;
  }
  return at;
}

// The kill comes under load, so the newest raw segment is neither sealed nor removed.
async function crashUnderLoad(server, load) {
  load.start(server.linksPort);
  await sleep(600);
  await server.kill();
  await load.stop();
}

async function recorded(server) {
  await server.api.untilStored({ timeoutMs: 60000 });
  const rows = await server.api.all('/api/v1/clicks', { range: '7d', traffic: 'all', limit: 1000 });
  return rows.map((row) => Number(row.content));
}

function newestRaw(data) {
  const raw = segments(data).filter(({ raw: isRaw }) => isRaw);
  const used = raw
    .map(({ file }) => ({ file, end: recordsEnd(fs.readFileSync(file)) }))
    .filter(({ end }) => end > 200)
    .sort((a, b) => fs.statSync(a.file).mtimeMs - fs.statSync(b.file).mtimeMs);
  assert.ok(used.length > 0, `no raw segment with records below ${data}`);
  return used.at(-1);
}

const kDamages = {
  'rubbish after the last record': ({ file, end }, random) => {
    const bytes = fs.readFileSync(file);
    const rubbish = Buffer.from(Array.from({ length: 300 }, () => random.between(1, 255)));
    fs.writeFileSync(file, Buffer.concat([bytes.subarray(0, end), rubbish]));
    return 0;
  },
  'a cut in the middle of the last record': ({ file, end }) => {
    fs.truncateSync(file, end - 20);
    return 1;
  },
  'a flipped bit in the last record': ({ file, end }) => {
    const bytes = fs.readFileSync(file);
    bytes[end - 10] ^= 0x40;
    fs.writeFileSync(file, bytes.subarray(0, end));
    return 1;
  },
};

for (const [name, damage] of Object.entries(kDamages)) {
  test(`${name}: cut, reported, nothing else lost`, { timeout: 120000 }, async (t) => {
    const data = path.join(temporaryFolder(t), 'data');
    const server = new Server({
      data,
      name: `corrupt-tail-${name.slice(0, 12).replaceAll(' ', '-')}`,
    });
    t.after(() => server.running && server.kill());
    await server.start();
    const links = await createLinks(server, 5);
    const traffic = new MarkedTraffic(links, 3);
    const load = new Load({ make: (k) => traffic.request(k), connections: 8, perSecond: 2000 });
    await crashUnderLoad(server, load);

    const lost = damage(newestRaw(data), new Random(9));
    server.stderr = '';
    await server.start();
    const file = /(cut|torn|damaged|corrupt)[^\n]*\.log|\.log[^\n]*(cut|torn|damaged|corrupt)/i;
    assert.match(server.stdout + server.stderr, file, 'the log names the segment that was cut');
    const kept = await recorded(server);
    assert.equal(new Set(kept).size, kept.length, 'nothing twice');
    const missing = [...load.answered.keys()].filter((k) => !kept.includes(k));
    assert.ok(missing.length <= lost, `${missing.length} acknowledged clicks are missing`);
    const ready = await server.api.call('GET', '/readyz');
    const journal = ready.json.parts.find((part) => part.name === 'journal');
    assert.match(journal.detail, /\.log/, '/readyz names the segment that was cut');
    const again = new Server({ data, name: 'corrupt-tail-again' });
    await server.stop();
    await again.start();
    assert.equal((await recorded(again)).length, kept.length, 'the same after a clean restart');
    await again.stop();
  });
}
