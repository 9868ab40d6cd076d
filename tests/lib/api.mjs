// SPDX-License-Identifier: Apache-2.0
//
// The management and query API as the tests use it, on the raw client: no pooling across restarts.
import assert from 'node:assert/strict';

import { request } from './client.mjs';

const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

export function queryString(query = {}) {
  const pairs = Object.entries(query).filter(([, value]) => value !== undefined);
  if (pairs.length === 0) return '';
  const encode = encodeURIComponent;
  return `?${pairs.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&')}`;
}

export class Api {
  constructor({ port, key, cookie, origin }) {
    Object.assign(this, { port, key, cookie, origin });
  }

  // Any call, any answer: {status, headers, text, json}. json is undefined when it is not JSON.
  async call(method, path, { body, query, headers = {}, raw } = {}) {
    const all = { Accept: 'application/json', ...headers };
    if (this.key && !('Authorization' in all)) all.Authorization = `Bearer ${this.key}`;
    if (this.cookie && !('Cookie' in all)) all.Cookie = this.cookie;
    if (this.origin && !('Origin' in all)) all.Origin = this.origin;
    let bytes = raw;
    if (body !== undefined) bytes = JSON.stringify(body);
    if (bytes !== undefined && !('Content-Type' in all)) all['Content-Type'] = 'application/json';
    const answer = await request({
      port: this.port,
      method,
      path: path + queryString(query),
      headers: all,
      body: bytes,
      timeoutMs: 60000,
    });
    const isJson = /^application\/(problem\+)?json/.test(answer.headers['content-type'] ?? '');
    const json = isJson && answer.text !== '' ? JSON.parse(answer.text) : undefined;
    return { ...answer, json };
  }

  async #expect(status, method, path, options) {
    const answer = await this.call(method, path, options);
    assert.equal(answer.status, status, `${method} ${path}: ${answer.status} ${answer.text}`);
    return answer.json;
  }

  get(path, query) {
    return this.#expect(200, 'GET', path, { query });
  }

  post(path, body) {
    return this.#expect(201, 'POST', path, { body });
  }

  patch(path, body) {
    return this.#expect(200, 'PATCH', path, { body });
  }

  delete(path) {
    return this.#expect(204, 'DELETE', path, {});
  }

  // Every item of a paged list. Fails on a cursor that comes twice.
  async all(path, query = {}) {
    const items = [];
    const cursors = new Set();
    let cursor;
    do {
      const page = await this.get(path, { ...query, cursor });
      items.push(...page.data);
      cursor = page.next_cursor ?? undefined;
      assert.ok(cursor === undefined || !cursors.has(cursor), `cursor ${cursor} came twice`);
      cursors.add(cursor);
    } while (cursor !== undefined);
    return items;
  }

  // Creates many links, a few at a time, in order.
  async createLinks(bodies) {
    const links = [];
    for (let i = 0; i < bodies.length; i += 8) {
      const batch = bodies.slice(i, i + 8).map((body) => this.post('/api/v1/links', body));
      links.push(...(await Promise.all(batch)));
    }
    return links;
  }

  // Waits until everything received up to now is in the store: `as_of` has passed this moment.
  async untilStored({ timeoutMs = 60000, since = Date.now() } = {}) {
    const deadline = Date.now() + timeoutMs;
    let last;
    for (;;) {
      try {
        last = await this.get('/api/v1/stats/summary', { range: '24h' });
        if (Date.parse(last.as_of) > since) return last;
      } catch (error) {
        last = error.message; // the store may be restarting; as_of is what decides
      }
      if (Date.now() > deadline) {
        throw new Error(`not stored within ${timeoutMs} ms: ${JSON.stringify(last)}`);
      }
      await sleep(50);
    }
  }
}

// A problem+json answer: its status, stable code and, when named, field.
export function assertProblem(answer, status, code, field) {
  const what = `${answer.status} ${answer.text.slice(0, 500)}`;
  assert.equal(answer.status, status, what);
  assert.match(answer.headers['content-type'] ?? '', /^application\/problem\+json/, what);
  assert.equal(answer.json.status, status, what);
  for (const name of ['type', 'title', 'detail', 'code', 'request_id']) {
    assert.equal(typeof answer.json[name], 'string', `problem without ${name}: ${what}`);
  }
  if (code !== undefined) assert.equal(answer.json.code, code, what);
  if (field !== undefined) assert.equal(answer.json.field, field, what);
}
