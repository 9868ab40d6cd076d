// SPDX-License-Identifier: Apache-2.0
//
// The live page in Chromium: clicks within a second, held still and going on, across a restart of
// the server, and bounded however many come.
import assert from 'node:assert/strict';
import path from 'node:path';
import test from 'node:test';

import { assertAccessible, open, setUp } from '../lib/browser.mjs';
import { request } from '../lib/client.mjs';
import { sendAll } from '../lib/load.mjs';
import { kRoot, startServer } from '../lib/server.mjs';

const kConsole = { 'console.root': path.join(kRoot, 'web/dist') };
const kPerson = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
const kBot = 'Googlebot/2.1 (+http://www.google.com/bot.html)';
const kMostRows = 60;

test('clicks as they come', { timeout: 240000 }, async (t) => {
  const server = await startServer(t, { settings: kConsole });
  const { page, trouble } = await open(t, server);
  await setUp(page, server);
  const links = await server.api.createLinks(
    ['a', 'b'].map((prefix) => ({
      prefix,
      destination: 'https://example.com/',
    })),
  );
  await server.untilAtEdge(links.length);

  let n = 0;
  const one = (prefix, agent = kPerson) => ({
    path: `/${prefix}`,
    headers: {
      'User-Agent': agent,
      'X-Forwarded-For': `93.184.${++n >> 8}.${n & 255}`,
    },
  });
  const click = (prefix, agent) => request({ port: server.linksPort, ...one(prefix, agent) });
  const rows = page.getByRole('list', { name: 'Clicks, newest first' }).getByRole('listitem');
  const untilRows = async (count) => {
    await rows.nth(count - 1).waitFor();
    assert.equal(await rows.count(), count);
  };
  const state = (text) => page.getByRole('status').filter({ hasText: text }).waitFor();
  const addresses = () => rows.locator('a').allInnerTexts();

  await t.test('what was there is listed, and what comes is there within a second', async () => {
    await click('a');
    await server.api.untilStored();
    await page.goto(`${server.consoleUrl}/live`);
    await state('Live');
    await untilRows(1);
    const before = performance.now();
    await click('b');
    await rows.nth(1).waitFor();
    const took = performance.now() - before;
    assert.deepEqual(await addresses(), ['/b', '/a']);
    assert.ok(took < 1000, `took ${took} ms`);
    await server.api.untilStored();
    const { data } = await server.api.get('/api/v1/clicks', { range: '24h' });
    assert.deepEqual(
      await rows.locator('time').evaluateAll((all) => all.map((each) => each.dateTime)),
      data.map(({ time }) => time),
    );
  });

  await t.test('held still nothing moves, going on shows all of it', async () => {
    await page.getByRole('button', { name: 'Pause' }).click();
    await state('Paused');
    await click('a');
    await click('a');
    await page.getByRole('button', { name: 'Go on (2 new)' }).waitFor();
    await untilRows(2);
    await page.getByRole('button', { name: 'Go on (2 new)' }).click();
    await untilRows(4);
    await assertAccessible(page, 'live');
  });

  await t.test('bots are apart, and filters come from the address', async () => {
    await click('a', kBot);
    await click('b');
    await untilRows(5);
    await page.getByText('Bots', { exact: true }).click();
    await untilRows(1);
    await page.goto(`${server.consoleUrl}/live?link=${links[1].id}&range=7d`);
    await untilRows(2);
    assert.deepEqual(await addresses(), ['/b', '/b']);
    await click('a');
    await click('b');
    await untilRows(3);
    await page.getByRole('button', { name: 'Remove filter Link' }).click();
    await untilRows(7);
  });

  await t.test('it comes back by itself and has what came meanwhile', async () => {
    const { linksPort, consolePort } = server;
    Object.assign(server.options, {
      links: `127.0.0.1:${linksPort}`,
      consoleAt: `127.0.0.1:${consolePort}`,
    });
    await server.stop();
    await state('Cut off');
    await server.start();
    await server.untilAtEdge(links.length);
    await click('b');
    await untilRows(8);
    await state('Live');
    assert.equal((await addresses())[0], '/b');
  });

  await t.test('many clicks stay few rows, and all of them are counted', async () => {
    const requests = Array.from({ length: 400 }, () => one('a'));
    await sendAll({ port: server.linksPort, requests, connections: 4 });
    await page.getByRole('heading', { name: 'Where the last 408 clicks came from' }).waitFor();
    assert.equal(await rows.count(), kMostRows);
    await server.api.untilStored();
    const { clicks } = await server.api.get('/api/v1/stats/summary', {
      range: '24h',
    });
    assert.equal(clicks, 408);
    const minute = page.locator('dl div', { hasText: 'Clicks, last minute' }).locator('dd');
    await page.waitForFunction(
      (element) => Number(element.textContent) >= 400,
      await minute.elementHandle(),
    );
  });

  await t.test('a phone is wide enough', async () => {
    await page.setViewportSize({ width: 390, height: 800 });
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    assert.ok(overflow <= 0, `scrolls sideways by ${overflow} px`);
    await assertAccessible(page, 'live on a phone');
  });

  // The browser itself says that a server which is being restarted does not answer.
  assert.deepEqual(
    trouble.filter((what) => !/ERR_CONNECTION_REFUSED|ERR_INCOMPLETE|status of 503/.test(what)),
    [],
  );
});
