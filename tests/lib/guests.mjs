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
  server.readPort = Number(/read port at http:\/\/127\.0\.0\.1:(\d+)/.exec(server.stderr)[1]);
  return server;
}

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
