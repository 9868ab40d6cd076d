// SPDX-License-Identifier: Apache-2.0
//
// Where a link leads whom, and on what condition: platforms, rules, variants, patterns, the query
// that goes on, passwords, limits, landing pages, previews, domains, and who looks for links.
import assert from 'node:assert/strict';
import test from 'node:test';

import { assertProblem } from '../lib/api.mjs';
import { request } from '../lib/client.mjs';
import { sleep, startServer } from '../lib/server.mjs';

const kDesktop = 'Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0';
const kIphone =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) ' +
  'Version/26.6.1 Mobile/15E148 Safari/604.1';
const kPixel =
  'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 ' +
  'Mobile Safari/537.36';
const kSlackbot = 'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)';

let visitors = 0;
const freshAddress = () => {
  visitors += 1;
  return `93.${184 + (visitors >> 16)}.${(visitors >> 8) & 255}.${visitors & 255}`;
};
const ask = (server, path, { agent = kDesktop, address, ...rest } = {}) =>
  request({
    port: server.linksPort,
    path,
    ...rest,
    headers: {
      'User-Agent': agent,
      'X-Forwarded-For': address ?? freshAddress(),
      ...rest.headers,
    },
  });
const location = async (...args) => (await ask(...args)).headers.location;

// Makes a link and waits until the edge knows it.
async function make(server, fields) {
  const link = await server.api.post('/api/v1/links', {
    destination: 'https://example.com/main',
    ...fields,
  });
  const path = `/${link.prefix}${link.token ? `/${link.token}` : ''}`;
  const deadline = Date.now() + 2000;
  while ((await ask(server, path, { method: 'HEAD' })).status === 404) {
    assert.ok(Date.now() < deadline, `${path} is not at the edge`);
    await sleep(10);
  }
  return link;
}

const outcomeCount = (summary, outcome) =>
  summary.outcomes.find((row) => row.outcome === outcome)?.clicks ?? 0;

test('platforms, rules and patterns', async (t) => {
  const server = await startServer(t);
  await make(server, {
    prefix: 'app',
    ios: {
      url: 'https://example.com/ios',
      store_url: 'https://apps.apple.com/app/id1',
    },
    android: { store_url: 'https://play.google.com/store/apps/details?id=x' },
    rules: [
      {
        if: { language: ['de'], query: { name: 'beta' } },
        destination: 'https://example.com/de-beta',
      },
      {
        if: { device: ['desktop'], language: ['fr'] },
        destination: 'https://example.com/fr',
      },
    ],
  });
  assert.equal(await location(server, '/app'), 'https://example.com/main');
  assert.equal(await location(server, '/app', { agent: kIphone }), 'https://example.com/ios');
  assert.match(await location(server, '/app', { agent: kPixel }), /^https:\/\/play\.google\.com\//);
  const german = { 'Accept-Language': 'de-DE,de;q=0.9' };
  assert.equal(await location(server, '/app', { headers: german }), 'https://example.com/main');
  assert.equal(
    await location(server, '/app?beta', { headers: german, agent: kIphone }),
    'https://example.com/de-beta',
  );
  assert.equal(
    await location(server, '/app', { headers: { 'Accept-Language': 'fr' } }),
    'https://example.com/fr',
  );

  await make(server, {
    prefix: 'product',
    token: ':token',
    destination: 'https://shop.example/p/{token}?from={click_id}',
  });
  const product = await location(server, '/product/a%20b');
  assert.match(product, /^https:\/\/shop\.example\/p\/a%20b\?from=[0-9A-Z]{26}$/);
  await server.api.untilStored();
  const { data } = await server.api.get('/api/v1/clicks', { limit: 1 });
  assert.equal(data[0].token, 'a b');
  assert.equal(data[0].click_id, product.slice(-26), 'the click id leads back to the click');
});

test('the query goes on where a link says so', async (t) => {
  const server = await startServer(t);
  await make(server, {
    prefix: 'pass',
    destination: 'https://example.com/a?utm_source=own&x=1#top',
    passthrough: true,
    append_click_id: true,
    utm: { source: 'saved', medium: 'saved medium' },
  });
  assert.match(
    await location(server, '/pass?utm_source=new&qr=1&src=flyer&tm_cid=fake'),
    /^https:\/\/example\.com\/a\?x=1&utm_source=new&utm_medium=saved%20medium&tm_cid=[0-9A-Z]{26}#top$/,
  );
  await server.api.untilStored();
  const { data } = await server.api.get('/api/v1/clicks', { limit: 1 });
  assert.deepEqual(
    [data[0].trigger, data[0].source, data[0].medium, data[0].src],
    ['qr', 'new', 'saved medium', 'flyer'],
  );
});

test(
  'variants follow their weights, stick, and are on the click',
  { timeout: 120000 },
  async (t) => {
    const server = await startServer(t);
    await make(server, {
      prefix: 'ab',
      variants: [
        { name: 'a', weight: 3, destination: 'https://example.com/a' },
        { name: 'b', weight: 1, destination: 'https://example.com/b' },
      ],
    });
    const people = Array.from({ length: 2000 }, () => ({
      address: freshAddress(),
    }));
    for (let i = 0; i < people.length; i += 100) {
      const some = people.slice(i, i + 100);
      await Promise.all(
        some.map(
          async (one) =>
            (one.first = await location(server, '/ab', {
              address: one.address,
            })),
        ),
      );
    }
    const b = people.filter((one) => one.first === 'https://example.com/b').length;
    const sigma = Math.sqrt(people.length * 0.25 * 0.75);
    assert.ok(Math.abs(b - people.length / 4) <= 3 * sigma, `${b} of ${people.length} got b`);
    for (const one of people.slice(0, 50))
      assert.equal(await location(server, '/ab', { address: one.address }), one.first);
    const again = people.slice(0, 50).filter((one) => one.first.endsWith('/b')).length;
    await server.api.untilStored();
    const rows = (
      await server.api.get('/api/v1/stats/breakdown', {
        by: 'variant',
        range: '24h',
      })
    ).rows;
    const counted = Object.fromEntries(rows.map((row) => [row.value, row.clicks]));
    assert.deepEqual(counted, {
      a: people.length + 50 - b - again,
      b: b + again,
    });
  },
);

test('a password lets through and does not go on', async (t) => {
  const server = await startServer(t);
  await make(server, {
    prefix: 'secret',
    password: 'open sesame',
    status: 307,
    title: 'Minutes',
  });
  const page = await ask(server, '/secret');
  assert.equal(page.status, 200);
  assert.match(page.text, /<form method="post">/);
  assert.doesNotMatch(page.text, /example\.com/);
  const send = (password, address) =>
    ask(server, '/secret', {
      method: 'POST',
      address,
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: `password=${encodeURIComponent(password)}`,
    });
  assert.equal((await send('open sesamE')).status, 403);
  const right = await send('open sesame');
  assert.equal(right.status, 303);
  assert.equal(right.headers.location, 'https://example.com/main');
  const guesser = freshAddress();
  const guesses = [];
  for (let i = 0; i < 11; ++i) guesses.push((await send(`guess ${i}`, guesser)).status);
  assert.deepEqual(new Set(guesses.slice(0, 10)), new Set([403]));
  assert.equal(guesses[10], 429);
  const summary = await server.api.untilStored();
  assert.equal(summary.clicks, 1, 'the accepted one is the click');
  assert.equal(outcomeCount(summary, 'password'), 1, 'asked once');
});

test('a limit lets exactly so many people through at once', async (t) => {
  const server = await startServer(t, { settings: { 'edge.threads': '4' } });
  const limit = 20;
  await make(server, {
    prefix: 'few',
    click_limit: limit,
    fallback_url: 'https://example.com/over',
  });
  const robots = Array.from({ length: 10 }, () =>
    location(server, '/few', { agent: 'curl/8.5.0' }),
  );
  assert.deepEqual(new Set(await Promise.all(robots)), new Set(['https://example.com/main']));
  const all = await Promise.all(Array.from({ length: 100 }, () => location(server, '/few')));
  assert.equal(all.filter((url) => url === 'https://example.com/main').length, limit);
  assert.equal(all.filter((url) => url === 'https://example.com/over').length, 100 - limit);
  const summary = await server.api.untilStored();
  assert.equal(summary.clicks, limit);
  assert.equal(outcomeCount(summary, 'limit_reached'), 100 - limit);
});

test('landing pages, their beacon, cards and previews', async (t) => {
  const server = await startServer(t);
  await make(server, { prefix: 'land', landing: true, title: 'The <sale>' });
  const landing = await ask(server, '/land');
  assert.equal(landing.status, 200);
  assert.match(landing.text, /The &lt;sale&gt;/);
  const id = /data-click="([0-9A-Z]{26})"/.exec(landing.text)[1];
  const beacon = (body) =>
    ask(server, '/_t/beacon', {
      method: 'POST',
      headers: { 'Content-Type': 'text/plain' },
      body: JSON.stringify(body),
    });
  const screen = { screen_w: 1080, screen_h: 2340, dpr: 2.5 };
  const taken = await beacon({ click_id: id, ...screen });
  assert.equal(taken.status, 204);
  assert.equal(taken.headers['access-control-allow-origin'], '*');
  assert.equal((await beacon({ click_id: id, ...screen, more: 1 })).status, 400);
  assert.equal(
    (
      await beacon({
        click_id: `${id[0] === '0' ? 1 : 0}${id.slice(1)}`,
        ...screen,
      })
    ).status,
    400,
  );

  await make(server, {
    prefix: 'card',
    og: {
      title: 'A card',
      description: 'of mine',
      image_url: 'https://example.com/i.png',
    },
  });
  const card = await ask(server, '/card', { agent: kSlackbot });
  assert.equal(card.status, 200);
  assert.match(card.text, /<meta property="og:title" content="A card">/);
  assert.equal((await ask(server, '/card')).status, 302);

  const preview = await ask(server, '/card+');
  assert.equal(preview.status, 200);
  assert.match(preview.text, /https:\/\/example\.com\/main/);

  await make(server, { prefix: 'quiet', privacy: 'do_not_record' });
  await ask(server, '/quiet', {
    headers: { Referer: 'https://news.example/' },
  });
  const summary = await server.api.untilStored();
  assert.equal(summary.clicks, 3, 'a landing page is a headline click');
  const shown = await server.api.get('/api/v1/clicks', {
    outcome: 'landing',
    limit: 10,
  });
  assert.deepEqual(
    shown.data.map((click) => click.click_id),
    [id],
  );
  assert.equal(outcomeCount(summary, 'preview_page'), 1, 'the card went to a robot');
  const { data } = await server.api.get('/api/v1/clicks', { limit: 1 });
  assert.equal(data[0].prefix, 'quiet');
  assert.equal(data[0].referrer_host, '');
  assert.equal(data[0].browser, 'Unknown');
  const metrics = await request({ port: server.consolePort, path: '/metrics' });
  assert.match(metrics.text, /^tallymark_beacons_total 1$/m);
});

test('domains: their links, their bare paths, and hosts that nobody knows', async (t) => {
  const server = await startServer(t, {
    settings: {
      'links.base_url': 'http://go.example',
      'links.root_redirect': 'https://example.com/home',
    },
  });
  await make(server, { prefix: 'same' });
  const at = (host, path) => ask(server, path, { headers: { Host: host } });
  assert.equal((await at('anything.example', '/same')).status, 302);
  await server.api.post('/api/v1/domains', {
    host: 'b.example',
    not_found_redirect: 'https://b.example.com/lost',
  });
  await server.api.post('/api/v1/links', {
    domain: 'b.example',
    prefix: 'same',
    destination: 'https://b.example.com/',
  });
  const deadline = Date.now() + 2000;
  while ((await at('b.example', '/same')).headers.location !== 'https://b.example.com/') {
    assert.ok(Date.now() < deadline);
    await sleep(10);
  }
  assert.equal((await at('B.example:8080', '/same')).headers.location, 'https://b.example.com/');
  assert.equal((await at('go.example', '/same')).headers.location, 'https://example.com/main');
  assert.equal((await at('go.example', '/')).headers.location, 'https://example.com/home');
  assert.equal((await at('b.example', '/none')).headers.location, 'https://b.example.com/lost');
  assert.equal((await at('b.example', '/')).status, 404);
  assert.equal((await at('anything.example', '/same')).status, 404);
});

test('links that lead back here are refused', async (t) => {
  const server = await startServer(t, {
    settings: { 'links.base_url': 'http://go.example' },
  });
  const body = { prefix: 'loop', destination: 'https://example.com/' };
  for (const fields of [
    { destination: 'http://go.example/other' },
    { fallback_url: 'http://GO.example/other' },
    { ios: { url: 'http://go.example/other' } },
    {
      variants: [{ name: 'a', weight: 1, destination: 'http://go.example/other' }],
    },
    {
      rules: [{ if: { country: ['DE'] }, destination: 'http://go.example/other' }],
    },
  ]) {
    const answer = await server.api.call('POST', '/api/v1/links', {
      body: { ...body, ...fields },
    });
    assert.equal(answer.status, 422, JSON.stringify(fields));
    assert.equal(answer.json.code, 'own_host', JSON.stringify(fields));
  }
});

test('a host that something leads to does not become a domain', async (t) => {
  const settings = {
    'links.base_url': 'http://go.example',
    'links.not_found_redirect': 'https://home.example/lost',
  };
  const server = await startServer(t, { settings });
  const link = await server.api.post('/api/v1/links', {
    destination: 'https://example.com/',
    rules: [{ if: { country: ['DE'] }, destination: 'https://B.example./x' }],
  });
  const add = (host) => server.api.call('POST', '/api/v1/domains', { body: { host } });
  const refused = await add('b.example');
  assertProblem(refused, 409, 'links_lead_here', 'host');
  assert.ok(refused.json.detail.includes(`rules[0].destination of link ${link.id}`));
  assertProblem(await add('home.example'), 409, 'links_lead_here', 'host');
  await server.api.patch(`/api/v1/links/${link.id}`, { rules: [] });
  assert.equal((await add('b.example')).status, 201);

  await server.stop();
  server.options.settings['links.root_redirect'] = 'https://b.example/';
  await assert.rejects(server.start(), /links\.root_redirect.*leads back to this server/);
});

test('looking for links is limited per source, following them is not', async (t) => {
  const server = await startServer(t);
  await make(server, { prefix: 'here' });
  const address = freshAddress();
  const statuses = [];
  // A minute may end in between: then the count begins anew, once.
  for (let i = 0; i < 130; ++i) statuses.push((await ask(server, `/x${i}`, { address })).status);
  assert.ok(statuses.filter((status) => status === 404).length <= 120);
  assert.ok(statuses.includes(429));
  const refused = await ask(server, '/y', { address });
  if (refused.status === 429) assert.match(refused.headers['retry-after'], /^[1-9]\d?$/);
  for (let i = 0; i < 100; ++i) assert.equal((await ask(server, '/here', { address })).status, 302);
  assert.equal((await ask(server, '/x')).status, 404, 'others are not concerned');
});
