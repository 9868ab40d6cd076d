// SPDX-License-Identifier: Apache-2.0
//
// A Kafka broker as a process of its own (kafka_broker.cc), and what is in its topic as another
// program than ours reads it.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import path from 'node:path';
import readline from 'node:readline';

import { Kafka, logLevel } from 'kafkajs';

import { kBinary, sleep } from './server.mjs';

const kTools = process.env.TALLYMARK_TEST_TOOLS ?? path.dirname(kBinary);
export const kTopic = 'tallymark.clicks';

export class KafkaBroker {
  async start(t) {
    this.child = spawn(path.join(kTools, 'kafka_broker'), [kTopic], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const ended = new Promise((done) => this.child.on('exit', done));
    this.readers = [];
    // Readers cannot leave a group without it.
    t.after(async () => {
      await Promise.all(this.readers.map((reader) => reader.consumer.disconnect()));
      this.child.stdin.end();
      await ended;
    });
    this.lines = readline.createInterface({ input: this.child.stdout })[Symbol.asyncIterator]();
    const { value } = await this.lines.next();
    this.brokers = /^brokers=(\S+)$/.exec(value)[1];
    return this;
  }

  // "down", "up" or "delay MILLISECONDS"; resolves when it is so.
  async tell(what) {
    this.child.stdin.write(`${what}\n`);
    assert.equal((await this.lines.next()).value, 'done');
  }
}

// What a consumer got: {key, value (parsed), headers, partition, timestamp}, as it came.
export class KafkaReader {
  constructor(broker) {
    this.records = [];
    broker.readers.push(this);
    this.consumer = new Kafka({
      clientId: 'test',
      brokers: [broker.brokers],
      logLevel: logLevel.NOTHING,
      retry: { initialRetryTime: 100, maxRetryTime: 1000, retries: 1000 },
    }).consumer({ groupId: 'test', maxWaitTimeInMs: 200, maxBytesPerPartition: 4 << 20 });
  }

  async start() {
    await this.consumer.connect();
    await this.consumer.subscribe({ topics: [kTopic], fromBeginning: true });
    await this.consumer.run({
      eachBatch: async ({ batch }) => {
        for (const { key, value, headers, timestamp } of batch.messages)
          this.records.push({
            key: key.toString(),
            value: JSON.parse(value),
            headers: Object.fromEntries(
              Object.entries(headers).map(([name, bytes]) => [name, bytes.toString()]),
            ),
            partition: batch.partition,
            timestamp: Number(timestamp),
          });
      },
    });
    return this;
  }

  // Resolves when so many different clicks came.
  async until(count, timeoutMs = 60000) {
    const deadline = Date.now() + timeoutMs;
    for (;;) {
      const seen = new Set(this.records.map((record) => record.headers.seq));
      if (seen.size >= count) return;
      if (Date.now() > deadline) throw new Error(`${seen.size} of ${count} clicks came`);
      await sleep(50);
    }
  }
}
