// SPDX-License-Identifier: Apache-2.0
//
// Storing keeps up: after a minute at full saturation it has caught up within another, and at half of
// that rate for a minute the store is never a second behind. Nothing is refused in either. (Half of
// what the first seconds answered would be more: the edge is faster while nothing has gathered.)
//
// The server, with all it is made of, has core 0 and wrk core 1, as in edge.mjs; durability is the
// default, `sync`. The lag is what the product itself says in /metrics.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { quantile } from '../tests/lib/load.mjs';
import { sleep } from '../tests/lib/server.mjs';
import { browserRequests, createLinks } from './lib/browser_requests.mjs';
import { report } from './lib/report.mjs';
import { withServer } from './lib/with_server.mjs';
import { Wrk } from './lib/wrk.mjs';

const kSeconds = Number(process.env.TALLYMARK_BENCH_SECONDS ?? 60);
const kConnections = 256;

async function lagOf(server) {
  const { text } = await server.api.call('GET', '/metrics');
  return Number(/^tallymark_store_lag_seconds (\S+)/m.exec(text)[1]);
}

// Runs the load and watches the lag: {perSecond, requests, lags}.
async function watched(server, wrk, load) {
  let going = true;
  const lags = [];
  const watching = (async () => {
    while (going) {
      lags.push(await lagOf(server));
      await sleep(200);
    }
  })();
  const result = await wrk.run({ port: server.linksPort, connections: kConnections, ...load });
  going = false;
  await watching;
  return { ...result, lags };
}

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tallymark-bench-sustained-'));
try {
  await withServer(
    'sustained',
    async (server) => {
      await createLinks(server);
      const wrk = new Wrk(folder, browserRequests(), 1);
      const port = server.linksPort;
      await wrk.run({ port, connections: kConnections, seconds: 5 });
      await server.api.untilStored({ timeoutMs: 120000 });
      const full = await watched(server, wrk, { seconds: kSeconds });
      const started = Date.now();
      await server.api.untilStored({ timeoutMs: 600000 });
      const drained = (Date.now() - started) / 1000;
      const perSecond = full.perSecond / 2;
      const delayMs = await wrk.delayFor({ port, connections: kConnections, perSecond });
      await server.api.untilStored({ timeoutMs: 120000 });
      const half = await watched(server, wrk, { seconds: kSeconds, delayMs });
      await server.api.untilStored({ timeoutMs: 120000 });
      const worst = Math.max(...half.lags);
      const rate = (one) => `${one.perSecond.toFixed(0)}/s, ${one.requests} in all`;
      report({
        name: 'sustained',
        claim: 'lag < 1 s at half of saturation, drained ≤ 60 s after full, nothing refused',
        holds: worst < 1 && drained <= 60 && half.errors + full.errors === 0,
        rows: [
          ['half', rate(half)],
          [
            'half: lag p50, p99, worst',
            [0.5, 0.99, 1].map((q) => `${quantile(half.lags, q).toFixed(2)} s`).join(', '),
          ],
          ['full', rate(full)],
          [
            'full: worst lag, drained in',
            `${Math.max(...full.lags).toFixed(1)} s, ${drained.toFixed(1)} s`,
          ],
          ['refused or failed', String(half.errors + full.errors)],
        ],
      });
    },
    { settings: { 'edge.threads': '1' }, wrap: ['taskset', '-c', '0'] },
  );
} finally {
  fs.rmSync(folder, { recursive: true, force: true });
}
