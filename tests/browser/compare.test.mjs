// SPDX-License-Identifier: Apache-2.0
//
// Links and channels side by side in Chromium: impressions and costs are entered by form and by CSV,
// and every figure on screen is the API's for the same question.
import assert from 'node:assert/strict';
import path from 'node:path';
import test from 'node:test';

import { assertAccessible, open, setUp } from '../lib/browser.mjs';
import { request } from '../lib/client.mjs';
import { untilSafeTime } from '../lib/ledger.mjs';
import { sendAll } from '../lib/load.mjs';
import { kRoot, startServer } from '../lib/server.mjs';

const kConsole = { 'console.root': path.join(kRoot, 'web/dist') };
const kPhone =
  'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36';
const kLinks = [
  {
    prefix: 'letter',
    title: 'Newsletter',
    channel: 'email',
    campaign: 'spring',
    clicks: 130,
  },
  {
    prefix: 'text',
    title: 'Text message',
    channel: 'sms',
    campaign: 'spring',
    clicks: 60,
  },
  {
    prefix: 'feed',
    title: 'Feed',
    channel: 'social',
    campaign: 'summer',
    clicks: 25,
  },
];

const today = () => new Date().toISOString().slice(0, 10);
const count = (value) => value.toLocaleString('en-GB');
const euros = (value) =>
  new Intl.NumberFormat('en-GB', {
    style: 'currency',
    currency: 'EUR',
    minimumFractionDigits: 2,
    maximumFractionDigits: Math.abs(value) < 1 ? 3 : 2,
  }).format(value);
const percent = (value) => Number((100 * value).toPrecision(3));

async function withClicks(server) {
  const { api } = server;
  const links = await api.createLinks(
    kLinks.map(({ clicks: _, ...link }) => ({
      ...link,
      destination: 'https://example.com/',
    })),
  );
  await server.untilAtEdge(links.length);
  let n = 0;
  const requests = kLinks.flatMap(({ prefix, clicks }) =>
    Array.from({ length: clicks }, () => ({
      path: `/${prefix}`,
      headers: {
        'User-Agent': kPhone,
        'X-Forwarded-For': `93.184.${++n >> 8}.${n & 255}`,
      },
    })),
  );
  await sendAll({ port: server.linksPort, requests, connections: 4 });
  await api.untilStored();
  const { data } = await api.get('/api/v1/clicks', {
    link: links[0].id,
    limit: 100,
  });
  for (const { click_id } of data.slice(0, 12))
    await api.call('POST', '/api/v1/conversions', {
      body: { click_id, event: 'order' },
    });
  await api.untilStored();
  return links.map(({ id }) => id);
}

// The cells of the row with this name, as lines of text.
async function cells(table, name) {
  const row = table.getByRole('row').filter({ has: table.page().getByRole('rowheader', { name }) });
  return (await row.getByRole('cell').allInnerTexts()).map((text) => text.split('\n'));
}

async function assertSameAsApi(page, server, by, values) {
  const question = { by, values: values.join(','), range: '30d', tz: 'UTC' };
  const table = page.getByRole('group', { name: 'Side by side, table' });
  await table
    .getByRole('columnheader')
    .nth(values.length - 1)
    .waitFor();
  const { columns } = await server.api.get('/api/v1/stats/compare', question);
  for (const [name, text] of [
    [/^Clicks/, ({ clicks }) => count(clicks)],
    [/^Unique clicks/, ({ unique_clicks }) => count(unique_clicks)],
    [/^Bots, apart/, ({ bots }) => count(bots)],
    [/^Conversions/, ({ conversions }) => count(conversions)],
    [/^Impressions/, ({ impressions }) => (impressions === null ? '–' : count(impressions))],
    [/^Cost What/, ({ cost }) => (cost === null ? '–' : euros(cost))],
    [/^Cost per click/, ({ cpc }) => (cpc === null ? '–' : euros(cpc))],
  ]) {
    const wanted = columns.map(text);
    let shown;
    for (let i = 0; i < 50; ++i) {
      shown = (await cells(table, name)).map(([first]) => (first === 'Enter' ? '–' : first));
      if (JSON.stringify(shown) === JSON.stringify(wanted)) break;
      await page.waitForTimeout(200);
    }
    assert.deepEqual(shown, wanted, String(name));
  }
  const before = (await cells(table, /^Clicks/)).map(([, second]) => second);
  assert.deepEqual(
    before,
    columns.map(({ previous_clicks }) => `${previous_clicks} before`),
  );
  const rates = await cells(table, /^CTR/);
  columns.forEach(({ ctr, ctr_interval }, at) => {
    if (ctr === null) return assert.deepEqual(rates[at].slice(0, 1), ['–']);
    assert.ok(Math.abs(Number.parseFloat(rates[at][0]) - percent(ctr / 100)) < 0.011);
    if (ctr_interval === null) return assert.match(rates[at][1], /more clicks than impressions/);
    const [low, high] = rates[at][1].split(' to ').map(Number.parseFloat);
    assert.ok(Math.abs(low - ctr_interval.low) < 0.06 && Math.abs(high - ctr_interval.high) < 0.06);
  });
}

async function assertFitsPhone(page, what) {
  await page.setViewportSize({ width: 390, height: 800 });
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  assert.ok(overflow <= 0, `${what} scrolls sideways by ${overflow} px`);
  await assertAccessible(page, `${what} on a phone`);
  await page.setViewportSize({ width: 1280, height: 900 });
}

test('side by side', { timeout: 240000 }, async (t) => {
  await untilSafeTime(120);
  const server = await startServer(t, { key: undefined, settings: kConsole });
  const { page, trouble } = await open(t, server);
  await setUp(page, server);
  const [letter, text, feed] = await withClicks(server);

  await t.test('the largest few are there at once', async () => {
    await page.goto(`${server.consoleUrl}/compare`);
    const chosen = page.getByRole('list', { name: 'Compared' });
    await chosen.getByText('Newsletter').waitFor();
    assert.equal(await chosen.getByRole('listitem').count(), 3);
  });

  await t.test('why there is no CTR is said, with the way out', async () => {
    await page.getByRole('status').filter({ hasText: 'the zone that the workspace reports in' });
    await page.getByRole('button', { name: 'Show days of UTC' }).click();
    await assertSameAsApi(page, server, 'link', [letter, text, feed]);
    await assertAccessible(page, 'compare, links');
  });

  const dialog = page.getByRole('dialog');
  await t.test('figures of a day are entered where they are missing', async () => {
    await page.getByRole('button', { name: 'Enter impressions of Newsletter' }).click();
    await dialog.getByLabel('Impressions', { exact: true }).fill('4000');
    await dialog.getByRole('textbox', { name: 'Cost' }).fill('12,5');
    await dialog.getByRole('button', { name: 'Enter', exact: true }).click();
    await dialog.getByText('Choose the currency of all costs').waitFor();
    await dialog.getByRole('combobox', { name: 'Currency' }).fill('EUR');
    await page.getByRole('option', { name: 'EUR' }).click();
    await dialog.getByRole('button', { name: 'Enter', exact: true }).click();
    await dialog.getByText(`Entered for ${today()}`).waitFor();
    await assertAccessible(page, 'entry by day');
    const { data } = await server.api.get('/api/v1/costs', { link: letter });
    assert.deepEqual(data, [{ link_id: letter, day: today(), amount: '12.5' }]);
  });

  await t.test('many figures by CSV, and the line that is wrong is named', async () => {
    await dialog.getByRole('tab', { name: 'CSV' }).click();
    const send = dialog.getByRole('button', { name: 'Enter', exact: true });
    const lines = (last) =>
      `link,day,impressions\n/text,${today()},400\n/feed,${today()},${last}\n`;
    await dialog.getByLabel('CSV').last().fill(lines('many'));
    await send.click();
    await dialog.getByText('Line 3, impressions').waitFor();
    await assertAccessible(page, 'a refused CSV');
    await dialog.getByLabel('CSV').last().fill(lines('0020'));
    await send.click();
    await dialog.getByText('2 entered.').waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await assertSameAsApi(page, server, 'link', [letter, text, feed]);
    await page.getByText('more clicks than impressions').first().waitFor();
  });

  await t.test('what stands first is what the others are held against', async () => {
    await page.getByRole('button', { name: 'Put Text message first' }).click();
    await page.getByRole('button', { name: 'Take Feed out' }).click();
    await assertSameAsApi(page, server, 'link', [text, letter]);
    assert.deepEqual(new URL(page.url()).searchParams.getAll('value'), [text, letter]);
    const { differences } = await server.api.get('/api/v1/stats/compare', {
      values: `${text},${letter}`,
      range: '30d',
      tz: 'UTC',
    });
    const ctr = differences.find(({ rate }) => rate === 'ctr');
    assert.ok(ctr.interval.high < 0);
    const shown = (100 * ctr.difference)
      .toFixed(2)
      .replace('-', '−')
      .replace(/\.?0+$/, '');
    await page.getByText(`${shown} pp (`).waitFor();
  });

  await t.test('channels have costs, what is usual, and advice', async () => {
    await page.getByText('Channels', { exact: true }).first().click();
    const table = page.getByRole('group', { name: 'Channels, table' });
    await table.getByRole('rowheader', { name: 'Email' }).waitFor();
    const answer = await server.api.get('/api/v1/stats/channels', {
      range: '30d',
      tz: 'UTC',
    });
    for (const [channel, name] of [
      ['email', 'Email'],
      ['sms', 'SMS'],
    ]) {
      const row = answer.rows.find((one) => one.channel === channel);
      const [clicks, ctr, cost, cpc, conversions] = await cells(table, name);
      assert.deepEqual(
        [clicks[0], cost[0], cpc[0], conversions[0]],
        [
          count(row.clicks),
          row.cost === null ? '–' : euros(row.cost),
          row.cpc === null ? '–' : euros(row.cpc),
          count(row.conversions),
        ],
      );
      assert.ok(Math.abs(Number.parseFloat(ctr[0]) - percent(row.ctr / 100)) < 0.011);
      const standing = {
        unclear: 'unclear',
        below: 'below usual',
        within: 'usual',
        above: 'above usual',
      };
      assert.ok(ctr.some((line) => line.startsWith(`${standing[row.benchmarks[0].standing]}:`)));
    }
    assert.equal(answer.shift_reason, 'one_channel');
    await page.getByRole('heading', { name: 'Only one channel has costs.' }).waitFor();
    await assertAccessible(page, 'compare, channels');
    await assertFitsPhone(page, 'compare, channels');
  });

  await t.test('the lines are a table too, and campaigns are compared', async () => {
    await page.getByText('Campaigns', { exact: true }).click();
    await assertSameAsApi(page, server, 'campaign', ['spring', 'summer']);
    await page.getByRole('button', { name: 'Table' }).click();
    const chart = page.getByRole('region', { name: 'Clicks over time' });
    await chart.getByRole('columnheader', { name: 'spring' }).waitFor();
    await chart.getByRole('cell', { name: '190', exact: true }).waitFor();
    await assertAccessible(page, 'compare, campaigns');
  });

  assert.equal((await request({ port: server.consolePort, path: '/compare' })).status, 200);
  assert.deepEqual(trouble, []);
});
