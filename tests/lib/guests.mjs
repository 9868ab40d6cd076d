// SPDX-License-Identifier: Apache-2.0
//
// The read port as its guests see it: a server that has one, the official client on it, and raw
// requests for what that client would not send.
import fs from 'node:fs';
import path from 'node:path';

import { createClient } from '@clickhouse/client';

import { request } from './client.mjs';
import { run, startServer, temporaryFolder } from './server.mjs';

export const kReadToken = 'a-token-of-guests-0123456789abcdef';

// A server with a port for guests, on a folder that `tallymark demo` has filled.
export async function startWithGuests(t, { clicks = 3000, settings = {} } = {}) {
  const folder = temporaryFolder();
  const data = path.join(folder, 'data');
  const done = await run(['demo', '--data', data, '--clicks', String(clicks)], {
    timeoutMs: 120000,
  });
  if (done.code !== 0) throw new Error(done.stderr);
  const server = await startServer(t, {
    data,
    settings: { 'clicks.read_listen': '127.0.0.1:0', ...settings },
    // Where the token belongs: not on a command line.
    env: { TALLYMARK_CLICKS_READ_TOKEN: kReadToken },
  });
  t.after(() => fs.rmSync(folder, { recursive: true, force: true })); // when it has stopped
  server.readPort = readPortOf(server);
  return server;
}

// What a server says of its port when it starts.
export const readPortOf = ({ stderr }) =>
  Number(/read port at http:\/\/127\.0\.0\.1:(\d+)/.exec(stderr)[1]);

// The official client; `more` are options of its own.
export function guestOf(t, server, more = {}) {
  const client = createClient({
    url: `http://127.0.0.1:${server.readPort}`,
    username: 'reader',
    password: kReadToken,
    database: 'stats',
    ...more,
  });
  t.after(() => client.close());
  return client;
}

// A statement as it is: {status, headers, text, body}.
export const ask = (server, sql, { path: to = '/', headers = {}, method = 'POST' } = {}) =>
  request({
    port: server.readPort,
    method,
    path: to,
    headers: { 'X-ClickHouse-Key': kReadToken, ...headers },
    body: sql,
    timeoutMs: 60000,
  });

// An answer in Native of a revision from 54454 on, into rows of objects: what Go's client, which is
// Grafana's, takes a block for. Knows the types that questions of the tests have.
export function readNative(bytes) {
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++];
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
  };
  const take = (size) => bytes.subarray(at, (at += size));
  const text = () => take(varint()).toString();
  const readers = {
    String: text,
    UInt8: () => take(1).readUInt8(),
    UInt32: () => take(4).readUInt32LE(),
    UInt64: () => Number(take(8).readBigUInt64LE()),
    DateTime: () => take(4).readUInt32LE() * 1000,
    DateTime64: () => Number(take(8).readBigInt64LE()),
  };
  const dictionary = (rows) => {
    if (take(8).readBigUInt64LE() !== 1n) throw new Error('a dictionary of another version');
    const width = 1 << take(8)[0];
    const words = Array.from({ length: Number(take(8).readBigUInt64LE()) }, text);
    if (Number(take(8).readBigUInt64LE()) !== rows) throw new Error('a dictionary of other rows');
    return Array.from({ length: rows }, () => words[take(width).readUIntLE(0, width)]);
  };
  const out = [];
  while (at < bytes.length) {
    const info = take(8).toString('hex');
    if (info !== '010002ffffffff00') throw new Error(`a block begins with ${info}`);
    const [columns, rows] = [varint(), varint()];
    const first = out.length;
    for (let row = 0; row < rows; ++row) out.push({});
    for (let column = 0; column < columns; ++column) {
      const [name, type, custom] = [text(), text(), take(1)[0]];
      if (custom !== 0) throw new Error(`${name} is not written as usual`);
      const read = readers[type.split('(')[0]];
      if (rows > 0 && !read && type !== 'LowCardinality(String)') throw new Error(type);
      const values = read ? Array.from({ length: rows }, read) : rows > 0 ? dictionary(rows) : [];
      for (let row = 0; row < rows; ++row) out[first + row][name] = values[row];
    }
  }
  return out;
}
