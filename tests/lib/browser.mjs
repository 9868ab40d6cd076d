// SPDX-License-Identifier: Apache-2.0
//
// Chromium as the tests of the console use it: a browser that keeps book of what it should never see,
// axe-core in light and dark, the first admin.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';

import { chromium } from 'playwright-core';

import { kRoot, sleep } from './server.mjs';

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
export const kPerson =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/153.0.0.0 Safari/537.36';
export const kPassword = 'correct horse battery';

// In the page: waits until so many frames in a row found the focus where it was and nothing that
// moves. What asks in the same turn reads no colour that is still fading in.
const still = () => {
  const moving = () =>
    document.getAnimations().filter((one) => one.effect?.getComputedTiming().endTime !== Infinity);
  globalThis.tmStill = async (frames) => {
    let focus = document.activeElement;
    for (let quiet = 0; quiet < frames; ++quiet) {
      await Promise.allSettled(moving().map((one) => one.finished));
      await new Promise((resolve) => requestAnimationFrame(resolve));
      if (moving().length > 0 || document.activeElement !== focus) quiet = -1;
      focus = document.activeElement;
    }
  };
};

// A browser that keeps book of what it should never see.
export async function open(t, server, options = {}) {
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
  await context.addInitScript(still);
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

// Until nothing was asked for a while. The stream of live clicks, which never ends, does not count:
// with it the browser is never idle on a page of figures.
export async function settled(page) {
  const quietMs = 500;
  let last = Date.now();
  const asked = new Set();
  const live = (request) => request.url().includes('/api/v1/live');
  const begun = (request) => !live(request) && asked.add(request);
  const over = (request) => asked.delete(request) && (last = Date.now());
  page.on('request', begun).on('requestfinished', over).on('requestfailed', over);
  while (asked.size > 0 || Date.now() - last < quietMs) await sleep(50);
  page.off('request', begun).off('requestfinished', over).off('requestfailed', over);
}

// What axe-core finds on the page as it stands.
export async function axeViolations(page) {
  await page.evaluate(kAxe);
  return page.evaluate(async () => {
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
}

export async function assertAccessible(page, what) {
  // A part that is loaded when it is needed.
  await page.getByLabel('Loading', { exact: true }).first().waitFor({ state: 'detached' });
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.waitForFunction(
      (scheme) => document.documentElement.getAttribute('data-mantine-color-scheme') === scheme,
      colorScheme,
    );
    await page.evaluate(() => globalThis.tmStill(10)); // colours fade over
    assert.deepEqual(await axeViolations(page), [], `${what}, ${colorScheme}`);
  }
}

// The first admin, made on the page that the printed set-up link opens.
export async function setUp(page, server, look = async () => {}, email = 'ada@example.com') {
  await page.goto(await server.setupUrl());
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(kPassword);
  await page.getByLabel('Password again').fill(kPassword);
  await look();
  await page.getByRole('button', { name: 'Create the admin' }).click();
  await page.waitForURL((url) => url.pathname === '/links');
}

// The figure under a label of the headline.
export const figure = (page, label) =>
  page
    .locator('dl div')
    .filter({ has: page.locator('dt', { hasText: new RegExp(`^${label}$`) }) })
    .locator('dd .tm-num');
