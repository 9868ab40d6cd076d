// SPDX-License-Identifier: Apache-2.0
//
// Good manners, on every page there is: nothing that the page's own policy forbids, nothing asked of
// another origin, no error, markup that the Nu checker takes, nothing that scrolls sideways on a
// phone. And the first scripts are small. What the pages say and do is for the other files.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';

import { axeViolations, figure, kPassword, open, setUp } from '../lib/browser.mjs';
import { request } from '../lib/client.mjs';
import { assertMarkup } from '../lib/markup.mjs';
import { kRoot, run, sleep, startServer, temporaryFolder } from '../lib/server.mjs';

const kDist = path.join(kRoot, 'web/dist');
const kDesk = { width: 1280, height: 900 };
const kPhone = { width: 390, height: 780 };
const kFirstScripts = 350 * 1024; // in gzip
const kFetcher = 'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)';

async function demo(t) {
  const data = path.join(temporaryFolder(t), 'data');
  const done = await run(['demo', '--data', data, '--clicks', '3000'], { timeoutMs: 120000 });
  assert.equal(done.code, 0, done.stderr);
  const settings = { 'console.root': kDist, 'webhooks.allow': '127.0.0.1/32' };
  return startServer(t, { data, settings });
}

// Something of each kind that has a page of its own.
async function furnish({ api }) {
  const [link, other] = (await api.get('/api/v1/links', { limit: 2 })).data;
  const hook = { name: 'Hook', url: 'http://127.0.0.1:9/', events: ['link.clicked'] };
  return {
    link: link.id,
    other: other.id,
    webhook: (await api.post('/api/v1/webhooks', hook)).id,
    alert: (await api.post('/api/v1/alerts', { name: 'Silent', what: 'no_clicks', hours: 6 })).id,
    export: (await api.post('/api/v1/exports', { name: 'Daily', period: 'daily', format: 'csv' }))
      .id,
    experiment: (
      await api.post('/api/v1/experiments', { name: 'Links', link_ids: [link.id, other.id] })
    ).id,
  };
}

// Looks at what is on the screen: at desk's width for the markup, at a phone's for its width.
class Inspector {
  constructor(page, trouble) {
    Object.assign(this, { page, trouble, markup: new Map(), found: [], asked: new Set() });
    page.on('request', (request) => this.asked.add(request));
    for (const end of ['requestfinished', 'requestfailed'])
      page.on(end, (request) => this.asked.delete(request));
  }

  async settle() {
    const isOpen = (request) => !request.url().includes('/api/v1/live'); // a stream has no end
    for (let idle = 0; idle < 4; idle = [...this.asked].some(isOpen) ? 0 : idle + 1)
      await sleep(40);
    await this.page.getByLabel('Loading', { exact: true }).first().waitFor({ state: 'detached' });
  }

  async look(name) {
    await this.settle();
    this.markup.set(name, await this.page.content());
    await this.page.setViewportSize(kPhone);
    const overflow = await this.page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    await this.page.setViewportSize(kDesk);
    if (overflow > 0) this.trouble.push(`scrolls sideways by ${overflow} px`);
    const news = this.trouble.splice(0).filter((what) => !/status of 4(04|10) /.test(what));
    this.found.push(...news.map((what) => `${name}: ${what}`));
  }
}

async function lookAtPages({ page, inspector, server }, made) {
  const { link, other, experiment } = made;
  const pages = [
    '/links',
    '/links/import',
    `/links/${link}`,
    '/live',
    `/compare?value=${link}&value=${other}`,
    '/compare?by=campaign',
    '/compare?by=channel',
    '/experiments',
    `/experiments/${experiment}`,
    ...['general', 'keys', 'domains', 'webhooks', 'alerts', 'exports', 'privacy', 'system'].map(
      (name) => `/settings/${name}`,
    ),
    ...['webhook', 'alert', 'export'].map((kind) => `/settings/${kind}s/${made[kind]}`),
    '/privacy',
    '/no-such-page',
    '/?range=7d&country=DE&traffic=all',
  ];
  for (const at of pages) {
    await page.goto(server.consoleUrl + at);
    await page.locator('main').waitFor();
    await inspector.look(at);
  }
}

// Opens what the button opens, looks at it, closes it.
async function lookAtDialogs({ page, inspector, server }, made) {
  const dialogs = [
    ['/settings/keys', 'New key'],
    ['/settings/domains', 'Add domain'],
    ['/settings/webhooks', 'New webhook'],
    ['/settings/alerts', 'New alert'],
    ['/settings/exports', 'New export'],
    ['/experiments', 'New experiment'],
    [`/links/${made.link}`, 'Edit'],
    [`/links/${made.link}`, 'More actions', 'QR code'],
    ['/links', 'Keyboard shortcuts'],
    ['/links', 'New link'],
  ];
  const dialog = page.getByRole('dialog');
  for (const [at, name, item] of dialogs) {
    await page.goto(server.consoleUrl + at);
    await page.getByRole('button', { name, exact: true }).first().click();
    if (item) await page.getByRole('menuitem', { name: item }).click();
    await dialog.waitFor();
    await inspector.settle();
    if (item === 'QR code') await dialog.getByRole('img', { name: /^QR code of/ }).waitFor();
    const closed = dialog.locator('button[aria-expanded=false]:not([aria-haspopup])');
    while ((await closed.count()) > 0) await closed.first().click();
    await inspector.look(`${at} ${item ?? name}`);
  }
}

// The public pages, as they are sent and as they stand.
async function lookAtPublicPages({ page, inspector, server }) {
  const destination = 'https://shop.example/';
  const past = '2020-01-01T00:00:00Z';
  const future = '2100-01-01T00:00:00Z';
  const links = {
    landing: { landing: true, title: 'Sale & more' },
    gate: { password: 'open sesame', title: 'Minutes' },
    ended: { expires_at: past },
    early: { starts_at: future },
    off: { enabled: false },
    card: { og: { title: 'A "card"', description: 'Shown', image_url: `${destination}x.png` } },
  };
  for (const [prefix, fields] of Object.entries(links))
    await server.api.post('/api/v1/links', { prefix, destination, ...fields });
  await server.untilAtEdge(6);
  for (const prefix of [...Object.keys(links), 'gate+', 'landing+', 'nowhere']) {
    const agent = prefix === 'card' ? kFetcher : undefined;
    const headers = { 'User-Agent': agent ?? (await page.evaluate(() => navigator.userAgent)) };
    const { text } = await request({ port: server.linksPort, path: `/${prefix}`, headers });
    inspector.markup.set(`sent: ${prefix}`, text);
    if (['landing', 'card'].includes(prefix)) continue; // lead on; landing.test.mjs follows
    await page.goto(`${server.linksUrl}/${prefix}`);
    await inspector.look(`/${prefix}`);
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      const violations = await axeViolations(page);
      inspector.found.push(...violations.map((one) => `/${prefix}, ${colorScheme}: ${one}`));
    }
  }
}

// Files of the build that draw charts and the map.
function drawingFiles() {
  const assets = path.join(kDist, 'assets');
  const draws = (name) => /\._zr\b|"arcs":/.test(fs.readFileSync(path.join(assets, name), 'utf8'));
  return fs.readdirSync(assets).filter((name) => name.endsWith('.js') && draws(name));
}

// The overview's figures stand without what draws charts, which is held back until then.
async function lookAtFirstScripts({ page, inspector, server }) {
  const drawing = drawingFiles();
  assert.ok(drawing.length > 0);
  let release;
  const released = new Promise((resolve) => (release = resolve));
  const isDrawing = (url) => drawing.includes(url.pathname.split('/').at(-1));
  await page.route(isDrawing, async (route) => {
    await released;
    await route.continue();
  });
  await page.goto(`${server.consoleUrl}/`);
  await figure(page, 'Clicks').filter({ hasText: /\d/ }).waitFor();
  const scripts = await page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .filter(({ name, responseEnd }) => /\.js$/.test(name) && responseEnd > 0)
      .map(({ encodedBodySize, decodedBodySize }) => [encodedBodySize, decodedBodySize]),
  );
  release();
  await inspector.settle();
  await page.unroute(isDrawing);
  const [sent, plain] = [0, 1].map((at) => scripts.reduce((sum, sizes) => sum + sizes[at], 0));
  assert.ok(sent > 50_000 && sent <= kFirstScripts, `${sent} bytes of first scripts`);
  assert.ok(sent < plain / 2, `${sent} of ${plain} bytes: not packed`);
}

test('every page has manners', { timeout: 400000 }, async (t) => {
  const server = await demo(t);
  const { context, page, trouble } = await open(t, server);
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) =>
      console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`),
    );
  });
  const inspector = new Inspector(page, trouble);
  const look = { context, page, inspector, server };
  const made = await furnish(server);

  await setUp(page, server, () => inspector.look('set-up'));
  await t.test('first scripts', () => lookAtFirstScripts(look));
  await t.test('overview and its tooltip', async () => {
    const chart = page
      .getByRole('region', { name: 'Clicks over time' })
      .locator('svg[width]')
      .last();
    await chart.waitFor();
    await chart.scrollIntoViewIfNeeded();
    const tip = page.locator('.tm-tip-head').first();
    // What comes above it may still move the chart from under the pointer.
    for (let i = 0; i < 40 && (await tip.count()) === 0; ++i) {
      const box = await chart.boundingBox();
      await page.mouse.move(box.x + box.width / 2 + i, box.y + box.height / 2, { steps: 3 });
      await page.waitForTimeout(100);
    }
    await tip.waitFor({ state: 'attached' });
    await inspector.look('/');
  });
  await t.test('pages', () => lookAtPages(look, made));
  await t.test('dialogs', () => lookAtDialogs(look, made));
  await t.test('log-in', async () => {
    await context.clearCookies();
    await page.goto(server.consoleUrl);
    await page.getByLabel('Password', { exact: true }).fill(kPassword);
    await inspector.look('log-in');
  });
  await t.test('public pages', () => lookAtPublicPages(look));
  await t.test('markup', () => assertMarkup(inspector.markup, temporaryFolder(t, 'markup')));
  assert.deepEqual(inspector.found, []);
});
