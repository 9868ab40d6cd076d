// SPDX-License-Identifier: Apache-2.0
//
// A small crowd that clicks three links, sees a landing page and buys something, and knows all it
// did: what is left of it after an erase is compared with what the product says, click by click.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';

import { request } from './client.mjs';
import { sleep } from './server.mjs';

const kDestination = 'https://shop.example/';
export const kLinks = [
  { prefix: 'alpha-link', append_click_id: true, destination: kDestination },
  { prefix: 'beta-link', landing: true, destination: kDestination },
  { prefix: 'gamma-link', append_click_id: true, destination: kDestination },
];

// Runs SQL on the embedded engine.
export function sql(server, statement) {
  return new Promise((resolve, reject) => {
    const socketPath = path.join(server.data, 'engine.sock');
    const call = http.request(
      { socketPath, path: '/?mutations_sync=1', method: 'POST' },
      (answer) => {
        let text = '';
        answer.on('data', (bytes) => (text += bytes));
        answer.on('end', () =>
          answer.statusCode === 200 ? resolve(text) : reject(new Error(text)),
        );
      },
    );
    call.on('error', reject);
    call.end(statement);
  });
}

// How many rows a table has.
export const rowsOf = async (server, table, where = '1') =>
  Number(await sql(server, `SELECT count() FROM tallymark.${table} WHERE ${where} FORMAT TSV`));

// Files of the logs that hold these bytes.
export function logsWith(server, text) {
  const found = [];
  for (const log of ['raw', 'enriched']) {
    const folder = path.join(server.data, 'journal', log);
    for (const name of fs.readdirSync(folder)) {
      const bytes = fs.readFileSync(path.join(folder, name));
      if (bytes.includes(text)) found.push(`${log}/${name}`);
    }
  }
  return found;
}

export const agentOf = (visitor) =>
  `Mozilla/5.0 (X11; Linux x86_64; rv:${1000 + visitor}.0) Gecko/20100101 Firefox/${1000 + visitor}.0`;
export const addressOf = (visitor) => `81.2.${69 + (visitor >> 8)}.${visitor & 255}`;

export class Crowd {
  constructor(server) {
    this.server = server;
    this.clicks = []; // {id, link, visitor, at, viewed, bought}
    this.made = 0; // clicks, those that are erased included
    this.waiting = 0; // conversions of no click
  }

  async makeLinks() {
    this.links = await this.server.api.createLinks(kLinks);
    await this.server.untilAtEdge(kLinks.length);
  }

  async #click(visitor, k) {
    const { server } = this;
    const answer = await request({
      port: server.linksPort,
      path: `/${kLinks[k].prefix}`,
      headers: {
        'User-Agent': agentOf(visitor),
        'X-Forwarded-For': addressOf(visitor),
      },
    });
    const id = kLinks[k].landing
      ? /data-click="([0-9A-Z]{26})"/.exec(answer.text)[1]
      : new URL(answer.headers.location).searchParams.get('tm_cid');
    const click = { id, link: this.links[k].id, visitor, at: this.made };
    this.made += 1;
    this.clicks.push(click);
    return click;
  }

  async #view(click) {
    const answer = await request({
      port: this.server.linksPort,
      method: 'POST',
      path: '/_t/beacon',
      headers: { 'Content-Type': 'text/plain' },
      body: JSON.stringify({
        click_id: click.id,
        screen_w: 1080,
        screen_h: 2340,
        dpr: 2.5,
      }),
    });
    assert.equal(answer.status, 204);
    return answer;
  }

  // What a page tells of a click that it was shown with, which may be erased by now.
  tellLate(click) {
    return this.#view(click);
  }

  async #buy(click) {
    click.bought = true;
    await this.server.api.post('/api/v1/conversions', {
      click_id: click.id,
      event: 'sale',
    });
  }

  // Each of `visitors` clicks each link twice; every third views its page, every fourth buys.
  async visit(visitors) {
    for (const visitor of visitors) {
      for (let k = 0; k < 2 * kLinks.length; ++k) {
        const click = await this.#click(visitor, k % kLinks.length);
        if (kLinks[k % kLinks.length].landing && visitor % 3 === 0) {
          click.viewed = true;
          await this.#view(click);
        }
        if (visitor % 4 === 0 && k < kLinks.length) await this.#buy(click);
      }
    }
    await this.settle();
  }

  // Until all of it is stored and joined.
  async settle() {
    const { api } = this.server;
    await api.untilStored();
    const wanted = this.clicks.filter((click) => click.bought).length;
    let counts;
    for (const end = Date.now() + 30000; Date.now() < end; await sleep(50)) {
      ({ counts } = await api.get('/api/v1/conversions'));
      if (counts.joined === wanted && counts.pending === this.waiting) return;
    }
    assert.fail(`${wanted} conversions are not joined: ${JSON.stringify(counts)}`);
  }

  erased(which) {
    this.clicks = this.clicks.filter((click) => !which(click));
  }

  // That exactly what the crowd still knows is there, and counted right.
  async look(what) {
    const { server } = this;
    const { api } = server;
    const rows = await api.all('/api/v1/clicks', {
      range: '24h',
      traffic: 'all',
      limit: 1000,
    });
    assert.deepEqual(
      rows.map((row) => row.click_id).sort(),
      this.clicks.map((click) => click.id).sort(),
      what,
    );
    const unique = (of) => new Set(this.clicks.map(of)).size;
    const summary = await api.get('/api/v1/stats/summary', { range: '24h' });
    const { clicks, unique_clicks: uniques, visitors } = summary;
    assert.deepEqual(
      { clicks, uniques, visitors },
      {
        clicks: this.clicks.length,
        uniques: unique(({ link, visitor }) => `${link} ${visitor}`),
        visitors: unique(({ visitor }) => visitor),
      },
      what,
    );
    const { rows: links } = await api.get('/api/v1/stats/breakdown', {
      range: '24h',
      by: 'link',
    });
    for (const { value, clicks: of, unique_clicks: first } of links) {
      const mine = this.clicks.filter(({ link }) => link === value);
      assert.equal(of, mine.length, what);
      assert.equal(first, new Set(mine.map(({ visitor }) => visitor)).size, what);
    }
    const bought = this.clicks.filter((click) => click.bought).map(({ id }) => id);
    const sales = await api.all('/api/v1/conversions', {
      status: 'joined',
      limit: 200,
    });
    assert.deepEqual(sales.map((sale) => sale.click_id).sort(), bought.sort(), what);
    assert.equal(await rowsOf(server, 'conversions'), bought.length, what);
    const viewed = this.clicks.filter((click) => click.viewed);
    assert.equal(await rowsOf(server, 'landing_views'), viewed.length, what);
  }
}

export async function startErase(api, body) {
  const answer = await api.call('POST', '/api/v1/erase', { body });
  assert.equal(answer.status, 202, answer.text);
  return answer.json;
}

export async function untilErased(api, id) {
  for (let i = 0; i < 2400; ++i) {
    const job = await api.get(`/api/v1/erase/${id}`);
    if (job.state === 'done') return job;
    assert.notEqual(job.state, 'failed', job.error);
    await sleep(50);
  }
  throw new Error(`${id} is never over`);
}
