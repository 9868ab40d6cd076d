// SPDX-License-Identifier: Apache-2.0
//
// kill -9 of serve at random moments while it delivers to a receiver, some of whose answers are
// failures: what the receiver was told, held against the clicks that are stored.
import { Connection } from './client.mjs';
import { Random } from './random.mjs';
import { Receiver } from './receiver.mjs';
import { kBinary, Server, sleep, temporaryFolder } from './server.mjs';

const kConnections = 4;
const kQuietMs = 1500;
const kPatienceMs = 60000;

// Clicks until the server is gone.
export async function load(server) {
  const connections = Array.from(
    { length: kConnections },
    () => new Connection({ port: server.linksPort }),
  );
  await Promise.all(
    connections.map(async (one) => {
      try {
        await one.open();
        for (;;) {
          await one.request({
            path: '/k',
            headers: { 'User-Agent': 'Mozilla/5.0 (X11) Kill/1.0' },
          });
          await sleep(2);
        }
      } catch {
        // It was killed.
      }
    }),
  );
}

async function untilQuiet(receiver) {
  const deadline = Date.now() + kPatienceMs;
  for (let before = -1; before !== receiver.requests.length && Date.now() < deadline;) {
    before = receiver.requests.length;
    await sleep(kQuietMs);
  }
}

// {findings, stored, told, requests, kills}.
export async function killWhileDelivering(
  t,
  { rounds, seed = 1, binary = kBinary, mode = 'single' },
) {
  const random = new Random(seed);
  // So slow that at each kill some wait to be sent; at the end as fast as it can. Failures are rare
  // enough never to be twenty in a row.
  let slowMs = 800;
  const receiver = await new Receiver(async () => {
    if (slowMs > 0) await sleep(random.next() * slowMs);
    return random.next() < 0.05 ? 500 : 200;
  }).listen(t);
  const data = `${temporaryFolder(t)}/data`;
  const server = new Server({
    data,
    binary,
    name: 'webhook-kills',
    settings: { 'webhooks.allow': '127.0.0.1' },
  });
  t.after(() => server.running && server.stop());
  await server.start();
  await server.api.post('/api/v1/links', { prefix: 'k', destination: 'https://example.com/' });
  await server.api.post('/api/v1/webhooks', {
    name: 'kills',
    url: receiver.url,
    events: ['link.clicked'],
    filter: { traffic: 'all' },
    mode,
  });
  await server.untilAtEdge(1);
  for (let round = 0; round < rounds; ++round) {
    const loading = load(server);
    await sleep(200 + random.next() * 900);
    await server.kill();
    await loading;
    await server.start();
    await server.untilAtEdge(1);
  }
  slowMs = 0;
  await server.api.untilStored();
  // Failures of the last seconds come once more after five seconds.
  await sleep(7000);
  await untilQuiet(receiver);
  const rows = await server.api.all('/api/v1/clicks', { range: '24h', traffic: 'all' });
  await server.stop();

  const findings = [];
  const told = new Set(receiver.events().map((event) => event.data.click_id));
  const lost = rows.filter((row) => !told.has(row.click_id));
  if (lost.length > 0) findings.push(`${lost.length} clicks were never told of`);
  const stored = new Set(rows.map((row) => row.click_id));
  const invented = [...told].filter((id) => !stored.has(id));
  if (invented.length > 0) findings.push(`${invented.length} events are of no click`);
  for (const [id, bodies] of receiver.byId())
    if (bodies.size > 1) findings.push(`${id} was sent with ${bodies.size} bodies`);
  return {
    findings,
    stored: rows.length,
    told: told.size,
    requests: receiver.requests.length,
    kills: rounds,
  };
}
