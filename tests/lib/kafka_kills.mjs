// SPDX-License-Identifier: Apache-2.0
//
// kill -9 of serve at random moments while it sends clicks to a slow broker: what another program
// reads from the topic, held against the clicks that are stored.
import { KafkaBroker, KafkaReader } from './kafka.mjs';
import { Random } from './random.mjs';
import { kBinary, Server, sleep, temporaryFolder } from './server.mjs';
import { load } from './webhook_kills.mjs';

// So slow that at each kill some are under way.
const kDelayMs = 300;
const kPatienceMs = 60000;

// The broker keeps five megabytes of each partition and hands out one batch at a time: who reads
// has to come after before more is written.
async function catchUp(broker, reader) {
  await broker.tell('delay 0');
  for (let quiet = 0, before = -1; quiet < 5; await sleep(100)) {
    quiet = reader.records.length === before ? quiet + 1 : 0;
    before = reader.records.length;
  }
  await broker.tell(`delay ${kDelayMs}`);
}

async function untilAllCame(reader, rows) {
  const deadline = Date.now() + kPatienceMs;
  const missing = () => {
    const came = new Set(reader.records.map((record) => record.value.click_id));
    return rows.filter((row) => !came.has(row.click_id)).length;
  };
  let before = -1;
  // Until nothing is missing, or nothing comes any more.
  for (let quiet = 0; missing() > 0 && quiet < 30 && Date.now() < deadline; await sleep(200)) {
    quiet = reader.records.length === before ? quiet + 1 : 0;
    before = reader.records.length;
  }
  return missing();
}

// {findings, stored, records, repeated, kills}.
export async function killWhileSending(t, { rounds, seed = 1, binary = kBinary }) {
  const random = new Random(seed);
  const broker = await new KafkaBroker().start(t);
  const reader = await new KafkaReader(broker).start();
  const server = new Server({
    data: `${temporaryFolder(t)}/data`,
    binary,
    name: 'kafka-kills',
    settings: { 'kafka.brokers': broker.brokers },
  });
  t.after(() => server.running && server.stop());
  await server.start();
  await server.api.post('/api/v1/links', { prefix: 'k', destination: 'https://example.com/' });
  await server.untilAtEdge(1);
  await broker.tell(`delay ${kDelayMs}`);
  for (let round = 0; round < rounds; ++round) {
    const loading = load(server);
    await sleep(200 + random.next() * 900);
    await server.kill();
    await loading;
    await server.start();
    await server.untilAtEdge(1);
    await catchUp(broker, reader);
  }
  await broker.tell('delay 0');
  await server.api.untilStored();
  const rows = await server.api.all('/api/v1/clicks', { range: '24h', traffic: 'all' });
  const lost = await untilAllCame(reader, rows);
  await server.stop();

  const findings = [];
  if (lost > 0) findings.push(`${lost} clicks never came`);
  const stored = new Set(rows.map((row) => row.click_id));
  const bySeq = new Map();
  for (const { headers, value, key } of reader.records) {
    if (!stored.has(value.click_id)) findings.push(`${value.click_id} is of no click`);
    const told = JSON.stringify([key, headers, value]);
    if ((bySeq.get(headers.seq) ?? told) !== told) findings.push(`${headers.seq} came as two`);
    bySeq.set(headers.seq, told);
  }
  const repeated = reader.records.length - bySeq.size;
  return { findings, stored: rows.length, records: reader.records.length, repeated, kills: rounds };
}
