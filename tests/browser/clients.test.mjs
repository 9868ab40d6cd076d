// SPDX-License-Identifier: Apache-2.0
//
// Chromium as a client: what it really sends ahead of a click, with it and after it, counted as
// docs/reference/semantics.md says. Every story has a link of its own and says which hits it left,
// all of them, as outcome, traffic class and reason.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import test from 'node:test';

import { chromium } from 'playwright-core';

import { startPages } from '../lib/page_server.mjs';
import { sleep, startServer, temporaryFolder } from '../lib/server.mjs';

const kFlags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-component-update',
  '--disable-sync',
  '--host-resolver-rules=MAP *.example 127.0.0.1',
];
const kClick = 'redirected human browser';
const kPrefetch = 'prefetch prefetch purpose_header';

const person = (version) =>
  `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${version}.0.0.0 Safari/537.36`;

async function launch(t, flags = []) {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [...kFlags, ...flags],
  });
  t.after(() => browser.close());
  return browser;
}

// A browser window of a person of their own, which ends with the story.
async function open(t, browser, options = {}) {
  const context = await browser.newContext({ userAgent: person(150), ...options });
  t.after(() => context.close());
  return context.newPage();
}

class World {
  constructor(server, browser, pages) {
    Object.assign(this, { server, browser, pages });
  }

  static async start(t, { settings, flags } = {}) {
    const server = await startServer(t, { settings });
    return new World(server, await launch(t, flags), await startPages(t));
  }

  // A link to a page of the page server. Gives its id, its URL and that of its destination.
  async link(prefix, fields = {}) {
    const destination = this.pages.url(`/${prefix}-there`, 'shop.example');
    const link = await this.server.api.post('/api/v1/links', { prefix, destination, ...fields });
    await sleep(200); // an edit is at the edge within 100 ms
    return { id: link.id, url: `${this.server.linksUrl}/${prefix}`, destination };
  }

  async raw(link) {
    await this.server.api.untilStored();
    const query = { range: '24h', traffic: 'all', link: link.id };
    return this.server.api.all('/api/v1/clicks', query);
  }

  // Every hit of the link, oldest first.
  async hits(link) {
    const rows = await this.raw(link);
    return rows.reverse().map((row) => `${row.outcome} ${row.traffic} ${row.reason}`);
  }

  async untilHits(link, count) {
    for (const deadline = Date.now() + 15000; ; await sleep(100)) {
      const hits = await this.hits(link);
      if (hits.length >= count) return hits;
      assert.ok(Date.now() < deadline, `${count} hits expected, there are: ${hits}`);
    }
  }

  // The link's numbers, and that every breakdown of them adds up.
  async expect(link, { hits, clicks, unique = clicks, bots = 0, other = 0 }) {
    assert.deepEqual(await this.hits(link), hits);
    const query = { range: '24h', link: link.id };
    const summary = await this.server.api.get('/api/v1/stats/summary', query);
    assert.deepEqual(
      [summary.clicks, summary.unique_clicks, summary.bots, summary.other_hits],
      [clicks, unique, bots, other],
    );
    for (const traffic of ['human', 'all']) {
      for (const by of ['reason', 'traffic', 'outcome', 'screen']) {
        const asked = { ...query, traffic, by };
        const { rows, total } = await this.server.api.get('/api/v1/stats/breakdown', asked);
        const sum = rows.reduce((so_far, row) => so_far + row.clicks, 0);
        assert.deepEqual(
          [sum, total.clicks],
          [total.clicks, traffic === 'all' ? clicks + bots : clicks],
        );
      }
    }
  }
}

async function clickThrough(page, link) {
  await page.click('#go');
  await page.waitForURL(link.destination, { timeout: 15000 });
}

const anchor = (link) => `<a id="go" href="${link.url}">go</a>`;

test('Chromium as a client', { timeout: 240000 }, async (t) => {
  const world = await World.start(t);
  const { browser, pages } = world;

  for (const [name, ahead] of [
    [
      'speculation-prefetch',
      (link) =>
        `<script type="speculationrules">{"prefetch":[{"source":"list","urls":["${link.url}"],"eagerness":"immediate"}]}</script>`,
    ],
    ['link-prefetch', (link) => `<link rel="prefetch" href="${link.url}">`],
    [
      'prerender',
      (link) =>
        `<script type="speculationrules">{"prerender":[{"source":"list","urls":["${link.url}"],"eagerness":"immediate"}]}</script>`,
    ],
  ]) {
    await t.test(`${name}: the click that follows is counted, once`, async (t) => {
      const link = await world.link(name);
      const page = await open(t, browser);
      await page.goto(pages.add(`/${name}`, ahead(link) + anchor(link)));
      assert.deepEqual(await world.untilHits(link, 1), [kPrefetch]);
      await clickThrough(page, link);
      await world.expect(link, { hits: [kPrefetch, kClick], clicks: 1, other: 1 });
    });
  }

  await t.test('HEAD is a hit and no click', async (t) => {
    const link = await world.link('head');
    const page = await open(t, browser);
    await page.goto(pages.add('/head', ''));
    await page.evaluate((url) => fetch(url, { method: 'HEAD', mode: 'no-cors' }), link.url);
    await world.expect(link, { hits: ['redirected head head'], clicks: 0, other: 1 });
  });

  await t.test('reloading, going back and forward count nothing; coming again does', async (t) => {
    const link = await world.link('again');
    const page = await open(t, browser);
    const here = pages.add('/again', anchor(link));
    await page.goto(here);
    await clickThrough(page, link);
    await page.reload();
    await page.goBack();
    assert.equal(page.url(), here);
    await page.goForward();
    assert.equal(page.url(), link.destination);
    await world.expect(link, { hits: [kClick], clicks: 1 });
    await page.goBack();
    await clickThrough(page, link);
    await page.goto(link.url);
    await world.expect(link, { hits: [kClick, kClick, kClick], clicks: 3, unique: 1 });
  });

  await t.test('an in-app browser is a person, with the screen that it tells of', async (t) => {
    const link = await world.link('in-app');
    const page = await open(t, browser, {
      userAgent:
        'Mozilla/5.0 (Linux; Android 15; CPH2581 Build/AP3A.240617.008; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/138.0.7204.63 Mobile Safari/537.36 Instagram 406.0.0.58.159 Android (35/15; 480dpi; 1080x2400; OPPO; CPH2581; OP595DL1; qcom; en_US; 750000000)',
    });
    await page.goto(pages.add('/in-app', anchor(link)));
    await clickThrough(page, link);
    await world.expect(link, { hits: ['redirected human in_app'], clicks: 1 });
    const [click] = await world.raw(link);
    assert.deepEqual(
      [click.browser, click.in_app, click.platform, click.device, click.screen_source],
      ['Instagram', true, 'android', 'mobile', 'user_agent'],
    );
    assert.deepEqual([click.screen_w, click.screen_h, click.dpr], [1080, 2400, 3]);
  });

  await t.test('a referrer counts with its path, and this machine is none', async (t) => {
    const link = await world.link('from');
    const page = await open(t, browser);
    const everything = '<meta name="referrer" content="unsafe-url">';
    for (const url of [
      pages.add('/local', everything + anchor(link)),
      pages.add('/short', anchor(link), 'news.example'),
      `${pages.add('/story', everything + anchor(link), 'blog.example')}?secret=1#top`,
    ]) {
      await page.goto(url);
      await clickThrough(page, link);
    }
    const rows = (await world.raw(link)).reverse();
    assert.deepEqual(
      rows.map((row) => [row.referrer_host, row.referrer_path, row.channel]),
      [
        ['', '', 'direct'],
        ['news.example', '/', 'referral'],
        ['blog.example', '/story', 'referral'],
      ],
    );
    await world.expect(link, { hits: [kClick, kClick, kClick], clicks: 3, unique: 1 });
  });

  await t.test('a landing page tells the screen, once', async (t) => {
    const link = await world.link('land', { landing: true });
    const page = await open(t, browser, {
      userAgent: person(151),
      deviceScaleFactor: 2,
      screen: { width: 800, height: 600 },
      viewport: { width: 700, height: 500 },
    });
    const sent = [];
    page.on('request', (request) => {
      if (request.url().endsWith('/_t/beacon')) sent.push(request.postData());
    });
    await page.goto(pages.add('/land', anchor(link)));
    await clickThrough(page, link);
    for (const deadline = Date.now() + 10000; Date.now() < deadline; await sleep(100)) {
      if ((await world.raw(link))[0].screen_source === 'beacon') break;
    }
    await world.expect(link, { hits: ['landing human browser'], clicks: 1 });
    const [click] = await world.raw(link);
    assert.deepEqual(
      [click.screen_w, click.screen_h, click.dpr, click.screen_source],
      [1600, 1200, 2, 'beacon'],
    );
    assert.equal(JSON.parse(sent[0]).click_id, click.click_id);

    // Told again, by whoever: nothing changes.
    const body = JSON.stringify({ ...JSON.parse(sent[0]), screen_w: 1, screen_h: 1 });
    const status = await page.evaluate(
      ([url, body]) => fetch(url, { method: 'POST', body }).then((answer) => answer.status),
      [`${world.server.linksUrl}/_t/beacon`, body],
    );
    assert.equal(status, 204);
    await page.goto(pages.url('/land'));
    await page.click('#go');
    await page.waitForURL(link.destination);
    await sleep(1500);
    const query = { range: '24h', link: link.id, by: 'screen' };
    const answer = await world.server.api.get('/api/v1/stats/breakdown', query);
    assert.deepEqual(
      answer.rows.map((row) => [row.value, row.clicks]),
      [['1600x1200', 2]],
    );
    assert.deepEqual(answer.coverage, {
      known: 2,
      share: 1,
      by_source: { beacon: 2, user_agent: 0, client_hint: 0 },
    });
    const { text } = await world.server.api.call('GET', '/metrics');
    assert.match(text, /^tallymark_beacons_dropped_total\{reason="repeated"\} 1$/m);
    assert.match(text, /^tallymark_stored_views_total 2$/m);
  });

  await t.test('by default a wish for privacy changes no count', async (t) => {
    const link = await world.link('dnt');
    const page = await open(t, browser, { extraHTTPHeaders: { DNT: '1', 'Sec-GPC': '1' } });
    await page.goto(pages.add('/dnt', anchor(link)));
    await clickThrough(page, link);
    await world.expect(link, { hits: [kClick], clicks: 1 });
    assert.equal((await world.raw(link))[0].browser, 'Chrome');
  });
});

test('of who does not want to be recorded only the click is', { timeout: 120000 }, async (t) => {
  const world = await World.start(t, { settings: { 'privacy.signals': 'do_not_record' } });
  for (const [name, headers] of [
    ['dnt', { DNT: '1' }],
    ['gpc', { 'Sec-GPC': '1' }],
  ]) {
    const link = await world.link(name, { landing: true });
    const page = await open(t, world.browser, { extraHTTPHeaders: headers });
    const beacons = [];
    page.on('request', (request) => {
      if (request.url().endsWith('/_t/beacon')) beacons.push(request.url());
    });
    await page.goto(world.pages.add(`/${name}`, anchor(link)));
    await clickThrough(page, link);
    await world.expect(link, { hits: ['landing human '], clicks: 1, unique: 0 });
    const [click] = await world.raw(link);
    assert.deepEqual(
      [click.browser, click.os, click.screen_source, click.user_agent, click.first],
      ['Unknown', 'Unknown', 'none', '', false],
    );
    assert.deepEqual(beacons, []);
  }
});

test('from the second visit over https client hints tell more', { timeout: 120000 }, async (t) => {
  const folder = temporaryFolder(t, 'tls');
  const [certificate, key] = ['certificate.pem', 'key.pem'].map((name) => path.join(folder, name));
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
      .concat(['-days', '2', '-subj', '/CN=go.example', '-keyout', key, '-out', certificate])
      .concat(['-addext', 'subjectAltName=DNS:go.example']),
    { stdio: 'ignore' },
  );
  const world = await World.start(t, {
    settings: { 'links.tls_certificate': certificate, 'links.tls_key': key },
    flags: ['--ignore-certificate-errors'],
  });
  const link = await world.link('hints');
  const url = link.url.replace('127.0.0.1', 'go.example');
  const page = await open(t, world.browser, { ignoreHTTPSErrors: true });
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Emulation.setUserAgentOverride', {
    userAgent: person(150).replace('X11; Linux x86_64', 'Windows NT 10.0; Win64; x64'),
    userAgentMetadata: {
      brands: [{ brand: 'Chromium', version: '150' }],
      fullVersionList: [{ brand: 'Chromium', version: '150.0.7000.1' }],
      platform: 'Windows',
      platformVersion: '15.0.0',
      architecture: 'x86',
      model: '',
      mobile: false,
    },
  });
  for (let visit = 0; visit < 2; ++visit) {
    await page.goto(url);
    assert.equal(page.url(), link.destination);
  }
  await world.expect(link, { hits: [kClick, kClick], clicks: 2, unique: 1 });
  const rows = (await world.raw(link)).reverse();
  assert.deepEqual(
    rows.map((row) => [row.os, row.os_version]),
    [
      ['Windows', '10'],
      ['Windows', '11'],
    ],
  );
  // What we ask for is ours alone: the destination is told nothing more than by itself.
  for (const { headers } of world.pages.heard)
    assert.equal(headers['sec-ch-ua-platform-version'], undefined);
});
