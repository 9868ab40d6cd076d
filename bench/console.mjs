// SPDX-License-Identifier: Apache-2.0
//
// The console as it is waited for: from the navigation until the overview's headline figures stand,
// each time in a browser context that has nothing cached, beside a bare page from a server of Node
// that shows how much of it is the browser. Then 100,000 links in the table, scrolled by wheel and
// by keys: how long its frames take.
//
//   TALLYMARK_BENCH_CLICKS   clicks in the demo data, default 20,000
//   TALLYMARK_BENCH_LINKS    rows of the table, default 100,000
//   TALLYMARK_BENCH_LOADS    default 10
//
// Chromium draws without a GPU, beside the server on the same cores.
import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';

import { figure, open, setUp } from '../tests/lib/browser.mjs';
import { quantile } from '../tests/lib/load.mjs';
import { kRoot, run, Server, sleep } from '../tests/lib/server.mjs';
import { ms, report } from './lib/report.mjs';

const kClicks = Number(process.env.TALLYMARK_BENCH_CLICKS ?? 20_000);
const kLinks = Number(process.env.TALLYMARK_BENCH_LINKS ?? 100_000);
const kLoads = Number(process.env.TALLYMARK_BENCH_LOADS ?? 10);
const kBatch = 10_000;
const kScrollMs = 5000;
const kSlowFrame = 50;
const kBare = '<!doctype html><title>bare</title><main><dl><dd class="tm-num">1</dd></dl></main>';

// Notes when the first figure stands, in ms since the navigation began.
function noteFigure() {
  const look = () => {
    const text = document.querySelector('main dl .tm-num')?.textContent ?? '';
    if (/\d/.test(text)) globalThis.figureAt = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

// How long each load of `url` took, by a visitor with these cookies and an empty cache.
async function measureLoads(browser, cookies, url) {
  const times = [];
  for (let i = 0; i <= kLoads; ++i) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    await context.addCookies(cookies);
    await context.addInitScript(noteFigure);
    const page = await context.newPage();
    await page.goto(url);
    const shown = await page.waitForFunction(() => globalThis.figureAt);
    if (i > 0) times.push(await shown.jsonValue()); // the first warms the server
    await context.close();
  }
  return times;
}

async function fill({ api }) {
  for (let first = 0; first < kLinks; first += kBatch) {
    const links = Array.from({ length: Math.min(kBatch, kLinks - first) }, (_, k) => ({
      prefix: 'row',
      token: String(first + k),
      destination: `https://shop.example/item-${first + k}`,
      title: `Item ${first + k}`,
      tags: [`tag-${k % 200}`],
    }));
    const { status } = await api.call('POST', '/api/v1/links/bulk', { body: { links } });
    if (status !== 201) throw new Error(`bulk answered ${status}`);
  }
}

// The times between frames while `act` is done over and over.
async function framesWhile(page, act) {
  await page.evaluate(() => {
    const frames = (globalThis.frames_ = []);
    let before = performance.now();
    const next = (now) => {
      frames.push(now - before);
      before = now;
      globalThis.framesTimer = requestAnimationFrame(next);
    };
    globalThis.framesTimer = requestAnimationFrame(next);
  });
  const end = performance.now() + kScrollMs;
  while (performance.now() < end) {
    await act();
    await sleep(16);
  }
  const frames = await page.evaluate(() => {
    cancelAnimationFrame(globalThis.framesTimer);
    return globalThis.frames_.slice(1);
  });
  const last = await page.locator('[data-row]').last().getAttribute('data-row');
  const slow = frames.filter((frame) => frame > kSlowFrame).length / frames.length;
  return { frames, slow, last: Number(last) };
}

async function measureTable(page, server) {
  await page.goto(`${server.consoleUrl}/links`);
  await page.locator('[data-row="5"]').waitFor();
  await page.mouse.move(600, 600);
  const wheel = await framesWhile(page, () => page.mouse.wheel(0, 300));
  await page.goto(`${server.consoleUrl}/links`);
  await page.locator('[data-row="0"]').focus();
  const keys = await framesWhile(page, () => page.keyboard.press('ArrowDown'));
  return { wheel, keys };
}

const endings = [];
const until = { after: (ending) => endings.push(ending) };
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tallymark-bench-console-'));
try {
  const data = path.join(folder, 'data');
  const made = await run(['demo', '--data', data, '--clicks', String(kClicks)], {
    timeoutMs: 300_000,
  });
  if (made.code !== 0) throw new Error(made.stderr);
  const settings = { 'console.root': path.join(kRoot, 'web/dist') };
  const server = new Server({ data, settings, name: 'bench-console' });
  endings.push(() => server.running && server.stop());
  await server.start();
  const bare = http.createServer((_, answer) => {
    answer.setHeader('Content-Type', 'text/html').end(kBare);
  });
  await new Promise((resolve) => bare.listen(0, '127.0.0.1', resolve));
  endings.push(() => bare.close());

  const { context, page } = await open(until, server);
  await setUp(page, server);
  await page.goto(server.consoleUrl);
  await figure(page, 'Clicks').filter({ hasText: /\d/ }).waitFor();
  const cookies = await context.cookies();
  const browser = context.browser();
  await page.goto('about:blank');
  const empty = await measureLoads(browser, [], `http://127.0.0.1:${bare.address().port}/`);
  const loads = await measureLoads(browser, cookies, `${server.consoleUrl}/`);
  await fill(server);
  const { wheel, keys } = await measureTable(page, server);

  const median = quantile(loads, 0.5);
  const say = (list) => `median ${ms(quantile(list, 0.5))}, highest ${ms(quantile(list, 1))}`;
  const frames = ({ frames: list, slow, last }) =>
    `${list.length} frames to row ${last}, ${(100 * slow).toFixed(1)} % over ${kSlowFrame} ms, ` +
    `longest ${ms(Math.max(...list))}`;
  report({
    name: 'console',
    claim:
      'overview usable ≤ 1 s after the load began; 100,000 links scroll with ≤ 1 % slow frames',
    holds: median <= 1000 && wheel.slow <= 0.01 && keys.slow <= 0.01,
    rows: [
      [`overview, ${kClicks} clicks, ${kLoads} loads with nothing cached`, say(loads)],
      ['a bare page, the same way', say(empty)],
      [`${kLinks} links, 5 s of the wheel`, frames(wheel)],
      [`${kLinks} links, 5 s of the arrow key`, frames(keys)],
    ],
  });
} finally {
  for (const ending of endings.reverse()) await ending();
  fs.rmSync(folder, { recursive: true, force: true });
}
