// SPDX-License-Identifier: Apache-2.0
//
// The pages of the links listener in Chromium: a landing page reports the screen and goes on, with
// scripts and without; a password lets through; nothing is blocked by the pages' own policy.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';

import { chromium } from 'playwright-core';

import { request } from '../lib/client.mjs';
import { kRoot, sleep, startServer } from '../lib/server.mjs';

const kFlags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'];
const kAxe = fs.readFileSync(path.join(kRoot, 'tests/node_modules/axe-core/axe.min.js'), 'utf8');
const kDestination = 'https://shop.example/there?a=1';
const kPerson =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/153.0.0.0 Safari/537.36';

async function open(t, options = {}) {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: kFlags,
  });
  t.after(() => browser.close());
  const context = await browser.newContext({ userAgent: kPerson, ...options });
  await context.route('https://shop.example/**', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<title>there</title>' }),
  );
  const page = await context.newPage();
  const trouble = [];
  page.on('pageerror', (error) => trouble.push(error.message));
  page.on('console', (message) => {
    const expected = /status of 403 /.test(message.text());
    if (message.type() === 'error' && !expected) trouble.push(message.text());
  });
  return { page, trouble };
}

async function make(server, fields) {
  await server.api.post('/api/v1/links', { destination: kDestination, ...fields });
  await sleep(200); // an edit is at the edge within 100 ms
}

async function beacons(server) {
  const metrics = await request({ port: server.consolePort, path: '/metrics' });
  return Number(/^tallymark_beacons_total (\d+)$/m.exec(metrics.text)[1]);
}

test('a landing page reports the screen and goes on', { timeout: 120000 }, async (t) => {
  const server = await startServer(t);
  await make(server, { prefix: 'land', landing: true, title: 'Summer sale' });
  const { page, trouble } = await open(t, { deviceScaleFactor: 2 });
  await page.goto(`${server.linksUrl}/land`);
  await page.waitForURL(kDestination, { timeout: 10000 });
  const deadline = Date.now() + 5000;
  while ((await beacons(server)) === 0 && Date.now() < deadline) await sleep(50);
  assert.equal(await beacons(server), 1);
  assert.deepEqual(trouble, []);
});

test('a landing page goes on without scripts', { timeout: 120000 }, async (t) => {
  const server = await startServer(t);
  await make(server, { prefix: 'land', landing: true });
  const { page, trouble } = await open(t, { javaScriptEnabled: false });
  await page.goto(`${server.linksUrl}/land`);
  await page.waitForURL(kDestination, { timeout: 10000 });
  assert.equal(await beacons(server), 0);
  assert.deepEqual(trouble, []);
});

test('a password lets through to another site', { timeout: 120000 }, async (t) => {
  const server = await startServer(t);
  await make(server, { prefix: 'secret', password: 'open sesame', title: 'Minutes' });
  const { page, trouble } = await open(t);
  await page.goto(`${server.linksUrl}/secret`);
  await page.evaluate(kAxe);
  const { violations } = await page.evaluate(() => window.axe.run());
  assert.deepEqual(
    violations.map((violation) => violation.id),
    [],
  );
  await page.fill('input[name=password]', 'no');
  await page.click('button');
  await page.waitForSelector('[role=alert]');
  await page.fill('input[name=password]', 'open sesame');
  await page.click('button');
  await page.waitForURL(kDestination, { timeout: 20000 });
  assert.deepEqual(trouble, []);
});
