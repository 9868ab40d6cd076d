// SPDX-License-Identifier: Apache-2.0
//
// A workspace whose every text comes from someone who would rather run: links, clicks by people and
// bots, a file of past clicks, and all that settings have a name for. Payload n of `all` stands in
// every kind of place; which of several fields of a row it takes turns.
import assert from 'node:assert/strict';

import { assertProblem } from './api.mjs';
import { kPerson } from './browser.mjs';
import { request } from './client.mjs';
import { sendAll } from './load.mjs';
import { raw } from './xss_payloads.mjs';

const bytes = (text) => Buffer.byteLength(text);
const isToken = (text) => !text.includes('/') && !/^(:|\.\.?$)/.test(text);
const asHeader = (text) => Buffer.from(text).toString('latin1');
// As much of it as may stand in a URL as it is.
const inUrl = (text) => text.replace(/[#[\]%]/g, encodeURIComponent);
const today = () => new Date().toISOString().slice(0, 10);

/** The payloads as few texts of at most `most` bytes. */
export function packed(all, most) {
  const out = [''];
  for (const text of all) {
    const longer = `${out.at(-1)} ${text}`.trim();
    if (bytes(longer) <= most) out[out.length - 1] = longer;
    else out.push(text);
  }
  return out;
}

/** A few at a time; answers in order. */
export async function each(items, act) {
  const out = [];
  for (let at = 0; at < items.length; at += 16)
    out.push(...(await Promise.all(items.slice(at, at + 16).map(act))));
  return out;
}

function linkOf(all, at) {
  const turn = (by) => all[(at + by) % all.length];
  const text = all[at];
  const destination = `https://shop.example/?q=${inUrl(text)}#${inUrl(text)}`;
  return {
    prefix: 'p',
    token: isToken(text) ? text : `t${at}`,
    destination,
    title: text,
    tags: [text, turn(1)].filter((tag, i, tags) => tags.indexOf(tag) === i),
    campaign: turn(2),
    channel: turn(3),
    utm: {
      source: turn(4),
      medium: turn(5),
      campaign: turn(6),
      content: turn(7),
      term: turn(8),
    },
    og: { title: turn(9), description: turn(10), image_url: `https://img.example/?${inUrl(text)}` },
    rules: [{ if: { query: { name: turn(11), value: text }, region: [text] }, destination }],
    variants: [text, 'other']
      .filter((name) => bytes(name) <= 64)
      .map((name) => ({ name, destination })),
    landing: at % 2 === 0,
  };
}

export async function seedLinks({ api }, all) {
  const bulk = (links) => api.call('POST', '/api/v1/links/bulk', { body: { links } });
  const made = await bulk(all.map((_, at) => linkOf(all, at)));
  assert.equal(made.status, 201, made.text.slice(0, 2000));
  const any = await api.post('/api/v1/links', {
    ...linkOf(all, 0),
    prefix: 'any',
    token: ':token',
    landing: false,
    password: null,
    append_click_id: true,
  });
  const gates = await each(
    all.slice(-300).filter((_, at) => at % 100 === 0),
    (title) =>
      api.post('/api/v1/links', { destination: 'https://shop.example/', title, password: 'x' }),
  );

  // What is no address, and no name, is refused by name.
  for (const [field, bodies, codes] of [
    ['token', all.filter((text) => !isToken(text)).map((token) => ({ token })), ['bad_slug']],
    [
      'prefix',
      all.filter((text) => /\W/.test(text)).map((prefix) => ({ prefix })),
      ['bad_slug', 'too_long'],
    ],
    [
      'destination',
      all.map((destination) => ({ destination })),
      ['bad_url', 'bad_scheme', 'no_host'],
    ],
    [
      'fallback_url',
      all.map((fallback_url) => ({ fallback_url })),
      ['bad_url', 'bad_scheme', 'no_host'],
    ],
  ]) {
    for (let at = 0; at < bodies.length; at += 100) {
      const piece = bodies.slice(at, at + 100);
      const refused = await bulk(
        piece.map((body) => ({ prefix: 'q', destination: 'https://shop.example/', ...body })),
      );
      assert.equal(refused.status, 422, field);
      assert.equal(refused.json.errors.length, piece.length, field);
      for (const one of refused.json.errors) {
        assert.equal(one.field, field);
        assert.ok(
          codes.includes(one.code),
          `${field}: ${one.code} of ${JSON.stringify(piece[one.index])}`,
        );
      }
    }
  }
  return { links: made.json.data, any, gates };
}

export const addressOf = (at) => `198.18.${at >> 8}.${at & 255}`;

/** One click by each payload on the pattern, as a person or as whoever it says it is. */
function clickOf(all, at) {
  const turn = (by) => encodeURIComponent(all[(at + by) % all.length]);
  const text = all[at];
  const token = encodeURIComponent(isToken(text) ? text : `t${at}`);
  const utm = ['source', 'medium', 'campaign', 'content', 'term'].map(
    (name, i) => `utm_${name}=${turn(i)}`,
  );
  return {
    path: `/any/${token}?${utm.join('&')}&src=${turn(5)}&gclid=${turn(6)}&${turn(7)}=${turn(8)}`,
    headers: {
      'User-Agent': asHeader(at % 2 ? `${kPerson} ${text}` : text),
      Referer: asHeader(at % 3 ? `https://news.example/${text}` : text),
      'Accept-Language': asHeader(text),
      'Sec-CH-UA-Platform-Version': asHeader(`"${text}"`),
      'X-Forwarded-For': addressOf(at),
    },
  };
}

/** What was asked, and the ids of the clicks whose link tells them. */
export async function seedClicks(server, all) {
  const requests = all.flatMap((text, at) => [
    clickOf(all, at),
    {
      path: `/p/${encodeURIComponent(isToken(text) ? text : `t${at}`)}`,
      headers: { 'User-Agent': kPerson, 'X-Forwarded-For': addressOf(5000 + at) },
    },
  ]);
  const statuses = new Map();
  const ids = [];
  await sendAll({
    port: server.linksPort,
    requests,
    connections: 4,
    onAnswer: (_, { status, headers }) => {
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      const [, id] = /[?&]tm_cid=(\w+)/.exec(headers.location ?? '') ?? [];
      if (id) ids.push(id);
    },
  });
  for (const some of raw.map((one) => one.toString('latin1')))
    for (const name of ['User-Agent', 'Referer', 'Host']) {
      const headers = { 'User-Agent': kPerson, [name]: some };
      const { status } = await request({ port: server.linksPort, path: '/any/raw', headers });
      assert.ok([302, 400, 404].includes(status), `${name} ${status}`);
    }
  assert.deepEqual([...statuses.keys()].sort(), [200, 302]);
  assert.equal(statuses.get(200) + statuses.get(302), requests.length);
  return { clicks: requests, ids };
}

/** Clicks of the past, whose file says what it likes of everything. */
export async function importClicks({ api }, all) {
  const lines = all.map((text, at) => {
    const turn = (by) => all[(at + by) % all.length];
    return JSON.stringify({
      time: new Date(Date.now() - 60000 - at).toISOString(),
      prefix: 'any',
      token: text,
      visitor: text,
      country: turn(1),
      region: turn(2),
      city: text,
      language: turn(3),
      os: turn(4),
      os_version: turn(5),
      browser: turn(6),
      browser_version: turn(7),
      referrer_host: turn(8),
      referrer_path: turn(9),
      channel: turn(10),
      variant: turn(11),
      ad_click: turn(12),
      reason: turn(13),
      source: text,
    });
  });
  const post = (raw) =>
    api.call('POST', '/api/v1/import/clicks', {
      raw,
      headers: { 'Content-Type': 'application/x-ndjson' },
    });
  const answer = await post(lines.join('\n'));
  assert.equal(answer.status, 200, answer.text.slice(0, 2000));
  assert.equal(answer.json.added, all.length);
  const refused = await post(JSON.stringify({ time: today(), prefix: all[0] }));
  assertProblem(refused, 422, 'invalid_items');
}

/** Everything in settings that has a name, or is told of by others. */
export async function seedSettings({ api }, all, { hook, links, zone }) {
  const names = packed(all, 190);
  const filters = (text) => ({ source: text.replace(/[\\,]/g, '\\$&').replace(/^!/, '\\!') });
  await each(
    all.filter((_, at) => at % 3 === 0),
    (name) => api.post('/api/v1/keys', { name, scopes: ['stats:read'] }),
  );
  const [first, second] = await each(names, (name, at) =>
    api.post('/api/v1/alerts', {
      name,
      what: 'no_clicks',
      hours: 5,
      filters: filters(all[at]),
      recipients: ['who@example.com'],
      enabled: false,
    }),
  );
  const [file] = await each(names.slice(0, 60), (name, at) =>
    api.post('/api/v1/exports', {
      name,
      period: 'daily',
      by: 'source',
      filters: filters(all[at]),
      enabled: at === 0,
    }),
  );
  const [experiment] = await each(names, (name, at) =>
    api.post('/api/v1/experiments', { name, link_ids: [links[at].id, links[at + 1].id] }),
  );
  const [webhook] = await each(names.slice(0, 40), (name, at) =>
    api.post('/api/v1/webhooks', {
      name,
      url:
        at === 0
          ? `${hook}?q=${encodeURIComponent(name)}`
          : `https://h.example/?q=${inUrl(all[at])}`,
      events: ['link.created'],
      filter: { campaigns: all.slice(0, 100) },
      enabled: at === 0,
    }),
  );
  await api.patch('/api/v1/settings', {
    name: names.at(-1),
    currency: 'EUR',
    time_zone: zone,
  });
  await api.post('/api/v1/domains', {
    host: 'go.example.com',
    root_redirect: `https://x.example/?${inUrl(all[0])}`,
  });
  for (const answer of await each(
    all.filter((text, at) => at % 4 === 0 && /[^a-z.]/i.test(text)),
    (host) => api.call('POST', '/api/v1/domains', { body: { host } }),
  ))
    assertProblem(answer, 422, 'bad_host', 'host');
  for (const answer of await each(all.slice(0, 100), (color) =>
    api.call('GET', `/api/v1/links/${links[0].id}/qr.svg`, { query: { color } }),
  ))
    assert.ok(answer.status === 400 || answer.status === 422, answer.text);
  return { alert: first, other: second, file, experiment, webhook, names };
}
