// SPDX-License-Identifier: Apache-2.0
//
// A reader of Server-Sent Events: what came, and waiting for what is to come.
import http from 'node:http';

import { kBootstrapKey, sleep } from './server.mjs';

export class EventStream {
  constructor(server, query = '', headers = {}) {
    this.events = []; // {id, event, data, at}
    this.comments = 0;
    this.ended = false;
    this.rest = '';
    this.answered = new Promise((resolve, reject) => {
      this.request = http.get(
        {
          port: server.consolePort,
          host: '127.0.0.1',
          path: `/api/v1/live${query}`,
          headers: { Authorization: `Bearer ${kBootstrapKey}`, ...headers },
          agent: false,
        },
        (answer) => {
          this.answer = answer;
          answer.setEncoding('utf8');
          answer.on('data', (text) => this.#take(text));
          answer.on('close', () => (this.ended = true));
          answer.on('error', () => (this.ended = true));
          resolve(answer);
        },
      );
      this.request.on('error', (error) => {
        this.ended = true;
        reject(error);
      });
    });
  }

  #take(text) {
    this.rest += text;
    for (let end = this.rest.indexOf('\n\n'); end >= 0; end = this.rest.indexOf('\n\n')) {
      this.#read(this.rest.slice(0, end));
      this.rest = this.rest.slice(end + 2);
    }
  }

  #read(block) {
    const fields = {};
    for (const line of block.split('\n')) {
      if (line.startsWith(':')) this.comments += 1;
      const colon = line.indexOf(': ');
      if (colon > 0) fields[line.slice(0, colon)] = line.slice(colon + 2);
    }
    if (fields.event === undefined) return;
    this.events.push({ ...fields, data: JSON.parse(fields.data), at: performance.now() });
  }

  of(event) {
    return this.events.filter((one) => one.event === event);
  }

  async until(event, count, timeoutMs = 10000) {
    const deadline = Date.now() + timeoutMs;
    while (this.of(event).length < count) {
      if (Date.now() > deadline)
        throw new Error(`${this.of(event).length} of ${count} events '${event}' came`);
      await sleep(5);
    }
    return this.of(event);
  }

  close() {
    this.request.destroy();
  }
}
