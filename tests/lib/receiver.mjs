// SPDX-License-Identifier: Apache-2.0
//
// A receiver of webhooks on the loopback: it keeps what came and answers as it is told.
import http from 'node:http';

import { sleep } from './server.mjs';

export class Receiver {
  // `answer(request)` gives a status, or {status, headers, body}; or undefined to say nothing; or
  // a promise of one of these.
  constructor(answer = () => 204) {
    this.answer = answer;
    this.requests = []; // {headers, body (text), at, path}
    this.server = http.createServer((request, response) => {
      const chunks = [];
      request.on('data', (bytes) => chunks.push(bytes));
      request.on('end', async () => {
        const body = Buffer.concat(chunks).toString('utf8');
        const got = { headers: request.headers, body, path: request.url, at: performance.now() };
        this.requests.push(got);
        const told = await this.answer(got);
        if (told === undefined) return;
        const {
          status,
          headers = {},
          body: text = '',
        } = typeof told === 'number' ? { status: told } : told;
        response.writeHead(status, headers);
        response.end(text);
      });
    });
    this.server.keepAliveTimeout = 60000;
  }

  async listen(t) {
    await new Promise((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    t.after(() => this.close());
    return this;
  }

  get url() {
    return `http://127.0.0.1:${this.server.address().port}/hook`;
  }

  // Events by id, each with the bodies that were sent under it.
  byId() {
    const out = new Map();
    for (const { headers, body } of this.requests) {
      const id = headers['webhook-id'];
      out.set(id, (out.get(id) ?? new Set()).add(body));
    }
    return out;
  }

  // The single events, out of batches too.
  events() {
    return this.requests.flatMap(({ body }) => {
      const one = JSON.parse(body);
      return one.event === 'batch' ? one.data : [one];
    });
  }

  async until(count, timeoutMs = 20000) {
    const deadline = Date.now() + timeoutMs;
    while (this.requests.length < count) {
      if (Date.now() > deadline)
        throw new Error(`${this.requests.length} of ${count} requests came`);
      await sleep(5);
    }
    return this.requests;
  }

  close() {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(resolve));
  }
}
