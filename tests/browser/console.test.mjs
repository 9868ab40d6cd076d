// SPDX-License-Identifier: Apache-2.0
//
// The first minutes of a new user, in Chromium: set-up link, first link, copy, click, count. On the
// way every page is held against axe-core in light and dark, nothing may be loaded from elsewhere,
// and the console must stay silent.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';

import { chromium } from 'playwright-core';

import { kRoot, startServer } from '../lib/server.mjs';

const kFlags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const kAxe = fs.readFileSync(path.join(kRoot, 'tests/node_modules/axe-core/axe.min.js'), 'utf8');
const kPerson =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/153.0.0.0 Safari/537.36';
const kPassword = 'correct horse battery';

// A browser that keeps book of what it should never see.
async function open(t, server, options = {}) {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: kFlags,
  });
  t.after(() => browser.close());
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    userAgent: kPerson,
    locale: 'en-GB',
    timezoneId: 'Asia/Kathmandu',
    ...options,
  });
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], {
    origin: server.consoleUrl,
  });
  const trouble = [];
  const allowed = [server.consoleUrl, server.linksUrl];
  context.on('request', (request) => {
    const url = request.url();
    if (/^(data|blob|about):/.test(url) || allowed.some((origin) => url.startsWith(`${origin}/`)))
      return;
    if (request.isNavigationRequest() && request.redirectedFrom()) return; // where a short link led
    trouble.push(`request to ${url}`);
  });
  context.on('page', (page) => {
    page.on('pageerror', (error) => trouble.push(`error: ${error.message}`));
    page.on('console', (message) => {
      const expected = /status of (401|422) /.test(message.text()); // who is logged in; a refusal
      if (['error', 'warning'].includes(message.type()) && !expected)
        trouble.push(`console: ${message.text()}`);
    });
  });
  const page = await context.newPage();
  page.setDefaultTimeout(20000);
  return { context, page, trouble };
}

async function assertAccessible(page, what) {
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.waitForFunction(
      (scheme) => document.documentElement.getAttribute('data-mantine-color-scheme') === scheme,
      colorScheme,
    );
    // Colours fade over: until some frames in a row found nothing that still moves.
    await page.evaluate(async () => {
      const moving = () =>
        document
          .getAnimations()
          .filter((one) => one.effect?.getComputedTiming().endTime !== Infinity);
      for (let still = 0; still < 10; still = moving().length === 0 ? still + 1 : 0) {
        await Promise.allSettled(moving().map((one) => one.finished));
        await new Promise((resolve) => requestAnimationFrame(resolve));
      }
    });
    await page.evaluate(kAxe);
    const violations = await page.evaluate(async () => {
      const result = await globalThis.axe.run(document, {
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
      });
      return result.violations.map(
        (one) =>
          `${one.id}: ${one.nodes
            .slice(0, 3)
            .map((node) => node.html)
            .join(' | ')}`,
      );
    });
    assert.deepEqual(violations, [], `${what}, ${colorScheme}`);
  }
}

// The first admin, made on the page that the printed set-up link opens.
async function setUp(page, server, look = async () => {}) {
  await page.goto(await server.setupUrl());
  await page.getByLabel('Email').fill('ada@example.com');
  await page.getByLabel('Password', { exact: true }).fill(kPassword);
  await page.getByLabel('Password again').fill(kPassword);
  await look();
  await page.getByRole('button', { name: 'Create the admin' }).click();
  await page.waitForURL((url) => url.pathname === '/links');
}

// The figure under a label of the headline.
const figure = (page, label) =>
  page
    .locator('dl div')
    .filter({ has: page.locator('dt', { hasText: new RegExp(`^${label}$`) }) })
    .locator('dd .tm-num');

test('from the set-up link to the first counted click', { timeout: 240000 }, async (t) => {
  const server = await startServer(t, { key: null });
  const { context, page, trouble } = await open(t, server);

  await t.test('set-up makes the first admin', () =>
    setUp(page, server, () => assertAccessible(page, 'set-up')),
  );

  await t.test('an empty list says what to do', async () => {
    await page.getByText('No links yet').waitFor();
    await assertAccessible(page, 'empty links page');
  });

  let shortUrl;
  await t.test('create a link and copy it', async () => {
    await page.getByRole('button', { name: 'New link' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Destination').fill('javascript:alert(1)');
    await dialog.getByLabel('First part').fill('hello');
    await dialog.getByRole('button', { name: 'Create link' }).click();
    await dialog.getByLabel('Destination').and(page.locator('[aria-invalid=true]')).waitFor();
    await assertAccessible(page, 'create dialog with a mistake');
    await dialog.getByLabel('Destination').fill('http://example.com/welcome');
    await dialog.getByRole('button', { name: 'Create link' }).click();
    await dialog.getByText('Ready to share').waitFor();
    await assertAccessible(page, 'created');
    await dialog.getByRole('button', { name: 'Copy link' }).click();
    shortUrl = await page.evaluate(() => navigator.clipboard.readText());
    assert.equal(shortUrl, `${server.linksUrl}/hello`);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await page.getByRole('link', { name: /\/hello$/ }).waitFor();
    await assertAccessible(page, 'links page');
  });

  await t.test('click it as a person', async () => {
    const visitor = await context.newPage();
    await visitor.route('http://example.com/**', (route) =>
      route.fulfill({ contentType: 'text/html', body: '<title>welcome</title>' }),
    );
    const answers = [];
    visitor.on('response', (response) => answers.push([response.url(), response.status()]));
    await visitor.goto(shortUrl).catch(() => {}); // the destination need not be reachable from here
    assert.deepEqual(answers[0], [shortUrl, 302]);
    await visitor.close();
  });

  await t.test("the link's page shows one click", async () => {
    await page.getByRole('link', { name: /\/hello$/ }).click();
    await page.waitForURL(/\/links\/lnk_1$/);
    const show = async (label, value) => {
      await figure(page, label)
        .filter({ hasText: new RegExp(`^${value}$`) })
        .waitFor();
    };
    await show('Clicks', 1);
    await show('Unique clicks \\(per day\\)', 1);
    await show('Bots, apart', 0);
    await assertAccessible(page, "a link's page");
  });

  await t.test('the other pages', async () => {
    for (const at of ['/', '/settings', '/no-such-page']) {
      await page.goto(server.consoleUrl + at);
      await page.getByRole('main').waitFor();
      await page.waitForLoadState('networkidle');
      await assertAccessible(page, at);
    }
  });

  await t.test('a phone is wide enough', async () => {
    await page.setViewportSize({ width: 375, height: 740 });
    for (const at of ['/', '/links', '/links/lnk_1', '/settings']) {
      await page.goto(server.consoleUrl + at);
      await page.getByRole('main').waitFor();
      await page.waitForLoadState('networkidle');
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      assert.ok(overflow <= 0, `${at} scrolls sideways by ${overflow} px`);
      await assertAccessible(page, `${at} on a phone`);
    }
  });

  assert.deepEqual(trouble, []);
});

test('logging in and out', { timeout: 90000 }, async (t) => {
  const server = await startServer(t, { key: null });
  const { page, context, trouble } = await open(t, server);
  await setUp(page, server);

  await context.clearCookies();
  await page.goto(`${server.consoleUrl}/links`);
  const logIn = page.getByRole('button', { name: 'Log in' });
  await logIn.waitFor();
  await assertAccessible(page, 'login');
  await page.getByLabel('Email').fill('ada@example.com');
  await page.getByLabel('Password', { exact: true }).fill('not the password');
  await logIn.click();
  await page.getByRole('alert').first().waitFor();
  await assertAccessible(page, 'a refused login');
  await page.getByLabel('Password', { exact: true }).fill(kPassword);
  await logIn.click();
  await page.getByText('No links yet').waitFor();
  assert.deepEqual(trouble, []);
});
