// SPDX-License-Identifier: Apache-2.0
//
// Sending many requests. sendAll() empties a list over some connections and expects every answer;
// Load goes on until it is told to stop and survives the server's death, which is what crash tests
// need: it knows of every request whether it was sent and whether its answer was complete.
import { Connection } from './client.mjs';
import { sleep } from './server.mjs';

// Sends every request of `requests` and calls onAnswer(request, response) for each, in the order in
// which answers were complete. Rejects on the first that gets none.
export async function sendAll({ port, requests, connections = 32, onAnswer = () => {} }) {
  let next = 0;
  const work = async () => {
    const connection = new Connection({ port });
    await connection.open();
    try {
      while (next < requests.length) {
        const one = requests[next++];
        if (!connection.usable) await connection.open();
        onAnswer(one, await connection.request(one));
      }
    } finally {
      connection.close();
    }
  };
  await Promise.all(Array.from({ length: Math.min(connections, requests.length) }, work));
}

// Endless load on a links listener. `make(k)` builds the k-th request ({path, headers}); k is unique
// over the life of the object, restarts included.
//
//   sent      Set of k whose bytes may have left
//   answered  Map of k -> {status, at, headers}, complete answers only
//
// cut() ends the client's world at once: nothing more is sent, and answers that come later were
// never received.
export class Load {
  // perSecond: 0 for as fast as it goes. keep: what to remember of an answer.
  constructor({ make, connections = 32, perSecond = 0, keep = ({ status }) => ({ status }) }) {
    Object.assign(this, { make, connections, perSecond, keep });
    this.sent = new Set();
    this.answered = new Map();
    this.failures = [];
    this.next = 0;
    this.inFlight = 0;
  }

  start(port) {
    this.port = port;
    this.running = true;
    this.deaf = false;
    this.startedAt = performance.now();
    this.startedWith = this.next;
    this.workers = Array.from({ length: this.connections }, () => this.#work());
  }

  // Lets requests in flight finish and waits for that.
  async stop() {
    this.running = false;
    await Promise.all(this.workers);
  }

  cut() {
    this.running = false;
    this.deaf = true;
  }

  get unanswered() {
    return [...this.sent].filter((k) => !this.answered.has(k));
  }

  async #work() {
    const connection = new Connection({ port: this.port });
    try {
      while (this.running) {
        if (this.perSecond > 0 && !(await this.#turn())) break;
        if (!connection.usable) await connection.open();
        if (!this.running) break;
        const k = this.next++;
        const begun = performance.now();
        this.sent.add(k);
        this.inFlight += 1;
        try {
          const response = await connection.request(this.make(k));
          if (this.deaf) break;
          const at = performance.now();
          this.answered.set(k, { ...this.keep(response), at, took: at - begun });
        } finally {
          this.inFlight -= 1;
        }
      }
    } catch (error) {
      this.failures.push(error); // this connection is over; the server died or we must know why
    } finally {
      connection.close();
    }
  }

  // Waits until the schedule allows one more request.
  async #turn() {
    for (;;) {
      const due = ((performance.now() - this.startedAt) / 1000) * this.perSecond;
      if (this.next - this.startedWith < due) return true;
      await sleep(1);
      if (!this.running) return false;
    }
  }
}

// The p-quantile (0 to 1) of numbers.
export function quantile(numbers, p) {
  const sorted = [...numbers].sort((a, b) => a - b);
  if (sorted.length === 0) return NaN;
  return sorted[Math.min(sorted.length - 1, Math.ceil(p * sorted.length) - 1)];
}

export const median = (numbers) => quantile(numbers, 0.5);
