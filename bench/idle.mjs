// SPDX-License-Identifier: Apache-2.0
//
// Idle: memory of 10,000 keep-alive connections that have each made one request and are quiet now.
//
// What is measured is the resident memory of serve itself (VmRSS), before and after; what the
// kernel keeps for a socket is not in it. The first connections warm the process up, so that its
// buffers for answers are not counted as the connections'.
import fs from 'node:fs';

import { Connection } from '../tests/lib/client.mjs';
import { sleep } from '../tests/lib/server.mjs';
import { report } from './lib/report.mjs';
import { withServer } from './lib/with_server.mjs';

const kConnections = 10000;
const kAtOnce = 200;
const kAgent = 'Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0';

const residentKib = (pid) =>
  Number(/^VmRSS:\s+(\d+) kB/m.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))[1]);

// Opens connections until there are `count`, each with one answered request.
async function open(port, connections, count) {
  while (connections.length < count) {
    const batch = Array.from(
      { length: Math.min(kAtOnce, count - connections.length) },
      async (_, i) => {
        const n = connections.length + i;
        const connection = new Connection({ port });
        await connection.open();
        const headers = { 'User-Agent': kAgent, 'X-Forwarded-For': `93.184.${n >> 8}.${n & 255}` };
        const answer = await connection.request({ path: '/idle', headers });
        if (answer.status !== 302) throw new Error(`answered ${answer.status}`);
        return connection;
      },
    );
    connections.push(...(await Promise.all(batch)));
  }
}

// The smallest of several looks: enrichment and shipping come and go.
async function settled(pid) {
  const seen = [];
  for (let i = 0; i < 20; ++i) {
    seen.push(residentKib(pid));
    await sleep(250);
  }
  return Math.min(...seen);
}

const figures = await withServer('idle', async (server) => {
  await server.api.post('/api/v1/links', { prefix: 'idle', destination: 'https://example.com/' });
  await server.untilAtEdge(1);
  const warm = [];
  await open(server.linksPort, warm, 2 * kAtOnce);
  for (const connection of warm) connection.close();
  await server.api.untilStored();
  const before = await settled(server.pid);
  const connections = [];
  await open(server.linksPort, connections, kConnections);
  await server.api.untilStored();
  const after = await settled(server.pid);
  const lost = connections.filter((one) => !one.usable).length;
  const { text } = await server.api.call('GET', '/metrics');
  const open_ = Number(/^tallymark_edge_connections (\d+)/m.exec(text)[1]);
  for (const connection of connections) connection.close();
  return { before, after, lost, open: open_ };
});

const each = (figures.after - figures.before) / kConnections;
report({
  name: 'idle',
  claim: `${kConnections} idle connections ≤ 10 KiB each`,
  holds: each <= 10 && figures.lost === 0 && figures.open === kConnections,
  rows: [
    ['connections open, lost', `${figures.open}, ${figures.lost}`],
    ['resident before', `${figures.before} KiB`],
    ['resident after', `${figures.after} KiB`],
    ['each', `${each.toFixed(2)} KiB`],
  ],
});
