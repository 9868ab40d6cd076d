// SPDX-License-Identifier: Apache-2.0
//
// The overview and a link's page over demo data: figures on screen are the API's for the same question,
// every row is a filter, filters live in the address and go along, all of it by keyboard too.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';

import { assertAccessible, figure, kPerson, open, settled, setUp } from '../lib/browser.mjs';
import { request } from '../lib/client.mjs';
import { kRoot, run, sleep, startServer, temporaryFolder } from '../lib/server.mjs';

const kZone = 'Asia/Tokyo';
const kDist = path.join(kRoot, 'web/dist');

async function demo(t, clicks) {
  const data = path.join(temporaryFolder(t), 'data');
  const done = await run(['demo', '--data', data, '--clicks', String(clicks)], {
    timeoutMs: 120000,
  });
  assert.equal(done.code, 0, done.stderr);
  return startServer(t, { data, settings: { 'console.root': kDist } });
}

const number = (text) => Number(text.replace(/[^\d.-]/g, ''));
const panel = (page, name) => page.getByRole('region', { name, exact: true });

// The rows of a breakdown as they stand on screen: name to clicks.
async function rowsOf(region) {
  await region.locator('tbody tr').first().waitFor();
  return region.locator('tbody tr').evaluateAll((rows) =>
    rows.map((row) => {
      const name = row.querySelector('th button, th > span:nth-child(2)');
      return [name.textContent, Number(row.querySelector('td').textContent.replace(/\D/g, ''))];
    }),
  );
}

// Holds headline and country rows against the API's answer to the same question.
async function assertSame(page, server, question) {
  const query = { tz: kZone, range: '30d', ...question };
  const summary = await server.api.get('/api/v1/stats/summary', query);
  for (const [label, value] of [
    ['Clicks', summary.clicks],
    ['Unique clicks \\(per day\\)', summary.unique_clicks],
    ['Visitors', summary.visitors],
    ['Bots, apart', summary.bots],
  ]) {
    const shown = figure(page, label).filter({
      hasText: new RegExp(`^${value.toLocaleString('en-GB')}$`),
    });
    await shown.waitFor();
  }
  const countries = await server.api.get('/api/v1/stats/breakdown', {
    ...query,
    by: 'country',
    limit: 8,
  });
  const names = new Intl.DisplayNames('en-GB', {
    type: 'region',
    fallback: 'code',
  });
  const expected = countries.rows
    .filter((row) => row.kind !== 'rest')
    .map((row) => [row.kind === 'unknown' ? 'Unknown' : names.of(row.value), row.clicks]);
  const shown = await rowsOf(panel(page, 'Places and languages'));
  assert.deepEqual(
    shown.filter(([name]) => name !== 'Everything else'),
    expected,
  );
  return summary;
}

const queryOf = (page) => Object.fromEntries(new URL(page.url()).searchParams);
const at = (page, expected) =>
  page.waitForURL((url) => {
    const found = Object.fromEntries(url.searchParams);
    return JSON.stringify(found) === JSON.stringify(expected);
  });

test('the overview is what the API says, filtered by its rows', { timeout: 240000 }, async (t) => {
  const server = await demo(t, 6000);
  const { page, trouble } = await open(t, server, { timezoneId: kZone });
  await setUp(page, server);
  await page.goto(`${server.consoleUrl}/`);

  await t.test('without filters', async () => {
    await assertSame(page, server, {});
    await page.locator('path[data-country=DE]').waitFor();
    await assertAccessible(page, 'overview');
  });

  await t.test('a row keeps only its clicks, in every panel', async () => {
    await panel(page, 'Sources').getByRole('button', { name: 'Social', exact: true }).click();
    await at(page, { channel: 'social' });
    const summary = await assertSame(page, server, { channel: 'social' });
    const [first] = await rowsOf(panel(page, 'Sources'));
    assert.deepEqual(first, ['Social', summary.clicks]);
  });

  await t.test('the map filters, and together with another dimension', async () => {
    await page.locator('path[data-country=DE]').click();
    await at(page, { channel: 'social', country: 'DE' });
    await assertSame(page, server, { channel: 'social', country: 'DE' });
    await page.locator('path[data-country=DE][data-chosen]').waitFor();
  });

  await t.test('a row can be left out, by keyboard', async () => {
    await page.getByRole('button', { name: 'Remove filter Country' }).click();
    await at(page, { channel: 'social' });
    const places = panel(page, 'Places and languages');
    await places.getByRole('button', { name: 'Germany', exact: true }).focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await at(page, { channel: 'social', country: '!DE' });
    await assertSame(page, server, { channel: 'social', country: '!DE' });
    await page.getByRole('button', { name: 'Country is not Germany' }).waitFor();
    await assertAccessible(page, 'filtered overview');
  });

  await t.test('the navigation carries the view, and back takes steps back', async () => {
    await page.getByText('90d', { exact: true }).click();
    await at(page, { range: '90d', channel: 'social', country: '!DE' });
    await page.getByRole('link', { name: 'Links', exact: true }).click();
    await page.waitForURL((url) => url.pathname === '/links');
    assert.deepEqual(queryOf(page), {
      range: '90d',
      channel: 'social',
      country: '!DE',
    });
    await page.getByRole('link', { name: 'Overview', exact: true }).click();
    await at(page, { range: '90d', channel: 'social', country: '!DE' });
    for (let back = 0; back < 3; ++back) await page.goBack();
    await at(page, { channel: 'social', country: '!DE' });
    await page.goBack();
    await at(page, { channel: 'social' });
    await assertSame(page, server, { channel: 'social' });
  });

  await t.test('a filter by any dimension, with several values', async () => {
    await page.goto(`${server.consoleUrl}/`);
    await page.getByRole('button', { name: 'Filter', exact: true }).click();
    const form = page.getByRole('dialog', { name: 'Filter' });
    await form.getByRole('combobox', { name: 'Filter by' }).click();
    await page.getByRole('option', { name: 'Browser', exact: true }).click();
    await form.getByRole('checkbox').nth(0).check();
    await form.getByRole('checkbox').nth(1).check();
    await assertAccessible(page, 'the filter form');
    await form.getByRole('button', { name: 'is', exact: true }).click();
    await page.keyboard.press('Escape');
    const { browser } = queryOf(page);
    assert.match(browser, /^!.+,.+$/);
    await assertSame(page, server, { browser });
  });

  await t.test('the zone is in the address and counts', async () => {
    await page.goto(`${server.consoleUrl}/?tz=America/New_York&range=7d`);
    await assertSame(page, server, { tz: 'America/New_York', range: '7d' });
  });

  await t.test('a figure is explained, by keyboard', async () => {
    await page.getByRole('button', { name: 'What is “Visitors”?' }).press('Enter');
    await page.getByText('who comes on two days is two').waitFor();
    await assertAccessible(page, 'an explanation');
    await page.keyboard.press('Escape');
    await page.getByText('who comes on two days is two').waitFor({ state: 'hidden' });
  });

  await t.test('a panel as a file, with what is on screen and all of it', async () => {
    await page.goto(`${server.consoleUrl}/?country=GB,DE`);
    const devices = panel(page, 'Devices');
    const rows = await rowsOf(devices);
    await devices.getByRole('button', { name: 'Clicks by Device: download' }).click();
    const [saved] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: 'What is shown here, as CSV' }).click(),
    ]);
    assert.equal(saved.suggestedFilename(), 'clicks-by-device.csv');
    const lines = fs
      .readFileSync(await saved.path(), 'utf8')
      .trim()
      .split('\r\n');
    const [head, ...cells] = lines.map((line) => line.split(','));
    assert.deepEqual(head.slice(0, 4), ['device', 'name', 'kind', 'clicks']);
    assert.deepEqual(
      cells.map((cell) => [cell[1], Number(cell[3])]),
      rows,
    );
    await devices.getByRole('button', { name: 'Clicks by Device: download' }).click();
    const link = page.getByRole('menuitem', { name: 'All rows, as CSV' });
    const asked = new URL(await link.getAttribute('href'), server.consoleUrl).searchParams;
    assert.deepEqual(Object.fromEntries(asked), {
      range: '30d',
      tz: kZone,
      country: 'GB,DE',
      by: 'device',
    });
  });

  await t.test('a click ticks in, and the figures follow', async () => {
    let n = 0;
    const click = (prefix, agent = kPerson) =>
      request({
        port: server.linksPort,
        path: `/${prefix}`,
        headers: { 'User-Agent': agent, 'X-Forwarded-For': `93.184.7.${++n}` },
      });
    const strip = panel(page, 'Live');
    const rows = strip.getByRole('listitem');
    await page.goto(`${server.consoleUrl}/?prefix=tent&range=12mo`);
    await strip.getByText('Live', { exact: true }).waitFor();
    await figure(page, 'Clicks').waitFor();
    const before = number(await figure(page, 'Clicks').textContent());
    const begun = performance.now();
    await click('tent');
    await rows.first().getByRole('link', { name: '/tent' }).waitFor();
    await strip.getByText('1 click in 30 minutes').waitFor();
    const counted = (before + 1).toLocaleString('en-GB');
    await figure(page, 'Clicks')
      .filter({ hasText: new RegExp(`^${counted}$`) })
      .waitFor();
    // A year is asked for every 30 seconds, were it not for the click.
    assert.ok(performance.now() - begun < 10000);

    // Bots and other links are not what this page is about.
    await click('app');
    await click('tent', 'Googlebot/2.1 (+http://www.google.com/bot.html)');
    await click('tent');
    await strip.getByText('2 clicks in 30 minutes').waitFor();
    assert.equal(await rows.first().getByRole('link').textContent(), '/tent');
    await assertAccessible(page, 'an overview with live clicks');

    // Held still it stays so, on the next page too.
    await strip.getByRole('button', { name: 'Pause: live clicks' }).click();
    await strip.getByText('Paused').waitFor();
    await rows.first().getByRole('link').click();
    await page.waitForURL((url) => url.pathname.startsWith('/links/lnk_'));
    await strip.getByText('Paused').waitFor();
    assert.equal(await rows.count(), 0);
    await strip.getByRole('button', { name: 'Go on: live clicks' }).click();
    await rows.first().waitFor();
    assert.equal(await rows.getByRole('link').count(), 0);
    await click('tent');
    await strip.getByText('3 clicks in 30 minutes').waitFor();

    // Days that are over have no now.
    await page.goto(`${server.consoleUrl}/?from=2026-01-01&to=2026-01-05`);
    await figure(page, 'Clicks').waitFor();
    await settled(page);
    assert.equal(await strip.count(), 0);
  });

  assert.deepEqual(trouble, []);
});

test("a link's page tells its hours, pace and way", { timeout: 240000 }, async (t) => {
  const server = await demo(t, 20000);
  const api = server.api;
  const links = (await api.get('/api/v1/links', { limit: 50 })).data;
  const link = links.find((one) => one.prefix === 'tent');
  while ((await api.get('/api/v1/conversions')).counts.pending > 0) await sleep(100);

  const { page, trouble } = await open(t, server, { timezoneId: kZone });
  await setUp(page, server);
  const query = { link: link.id, range: '90d', tz: kZone };
  await page.goto(`${server.consoleUrl}/links/${link.id}?range=90d`);

  await t.test('the week', async () => {
    const { cells } = await api.get('/api/v1/stats/heatmap', query);
    const week = page.getByRole('grid');
    await week.locator('[data-slot="7-23"]').waitFor();
    const shown = await week
      .locator('[data-slot]')
      .evaluateAll((all) => all.map((cell) => cell.getAttribute('aria-label')));
    const counts = shown.map((text) => number(/\(([\d,]+) in/.exec(text)[1]));
    assert.deepEqual(
      counts,
      cells.map((cell) => cell.clicks),
    );
    assert.equal(await week.locator('[aria-current=time]').count(), 1);
    const format = new Intl.DateTimeFormat('en-GB', {
      weekday: 'long',
      timeZone: kZone,
    });
    assert.match(
      await week.locator('[aria-current=time]').getAttribute('aria-label'),
      new RegExp(`^${format.format(new Date())}`),
    );
    // From the hour it is now, the arrows lead anywhere, and what is there is written out.
    await week.locator('[tabindex="0"]').focus();
    await page.keyboard.press('Home');
    for (let up = 0; up < 6; ++up) await page.keyboard.press('ArrowUp');
    await panel(page, 'Hours of the week')
      .getByText(/^Monday, 00:00 – 01:00: /)
      .waitFor();
  });

  await t.test("the week by the visitors' clocks", async () => {
    const card = panel(page, 'Hours of the week');
    const { cells, coverage } = await api.get('/api/v1/stats/heatmap', {
      ...query,
      clock: 'visitor',
    });
    await card.getByText('Visitors’ hours', { exact: true }).click();
    await card.getByText(coverage.share === 1 ? /^Each click in the hour/ : /of clicks/).waitFor();
    const shown = await card
      .locator('[data-slot]')
      .evaluateAll((all) => all.map((cell) => cell.getAttribute('aria-label')));
    assert.deepEqual(
      shown.map((text) => number(/\(([\d,]+) in/.exec(text)?.[1] ?? '0')),
      cells.map((cell) => cell.clicks),
    );
    assert.equal(await card.locator('[aria-current=time]').count(), 0);
    await card.getByText('Your hours', { exact: true }).click();
    await card.locator('[aria-current=time]').waitFor();
  });

  await t.test('best times with their evidence', async () => {
    const best = await api.get('/api/v1/stats/best_time', query);
    const hours = panel(page, 'Hours of the week').locator('ol li');
    await panel(page, 'Hours of the week').getByText('Best time to send').waitFor();
    assert.equal(await hours.count(), best.hours.length);
    if (best.hours.length > 0) {
      const { clicks: behind, weeks } = best.hours[0];
      const text = `${behind.toLocaleString('en-GB')} clicks in ${weeks} weeks`;
      assert.match(await hours.first().textContent(), new RegExp(text));
    }
  });

  await t.test('pace and spikes', async () => {
    const velocity = await api.get('/api/v1/stats/velocity', query);
    const card = panel(page, 'Velocity');
    await card.getByText(/an hour,/).waitFor();
    const spikes = velocity.points.filter((point) => point.state === 'spike');
    assert.ok(spikes.length > 0, 'the demo went viral once');
    for (const { clicks, low, high } of spikes) assert.ok(low <= high && high < clicks);
    await card.getByText('what its own past makes ordinary').waitFor();
    const highest = Math.max(...spikes.map((point) => point.clicks)).toLocaleString('en-GB');
    await card.getByText(`Spike: ${highest} clicks`).first().waitFor();
    const chart = panel(page, 'Clicks over time');
    await chart.getByText(`Spike: ${highest} clicks`).first().waitFor();
  });

  await t.test('the overview says which link it was', async () => {
    const own = await api.get('/api/v1/stats/velocity', {
      ...query,
      range: '30d',
      interval: 'day',
    });
    const spikes = own.points.filter((point) => point.state === 'spike');
    const highest = Math.max(...spikes.map((point) => point.clicks)).toLocaleString('en-GB');
    await page.goto(`${server.consoleUrl}/`);
    const chart = panel(page, 'Clicks over time');
    await chart.getByText(`Spike of “${link.title}”: ${highest} clicks`).waitFor();
    await page.goto(`${server.consoleUrl}/links/${link.id}?range=90d`);
  });

  await t.test('the funnel', async () => {
    const { steps } = await api.get('/api/v1/stats/funnel', query);
    const counts = panel(page, 'Funnel').locator('ol li > :nth-child(2)');
    await counts.nth(steps.length - 1).waitFor();
    const shown = await counts.evaluateAll((all) => all.map((one) => one.textContent));
    assert.deepEqual(
      shown,
      steps.map((step) => (step.count === null ? '–' : step.count.toLocaleString('en-GB'))),
    );
    const joined = await api.all('/api/v1/conversions', { link: link.id, status: 'joined' });
    assert.ok(joined.length > 0, 'some who saw the tent bought it');
    assert.equal(steps.at(-1).count, joined.length);
  });

  await t.test('single clicks, page by page', async () => {
    const rows = panel(page, 'Recent clicks').locator('tbody tr');
    await rows.nth(19).waitFor();
    assert.equal(await rows.count(), 20);
    await page.getByRole('button', { name: 'Show more' }).click();
    await rows.nth(39).waitFor();
    const { data } = await api.get('/api/v1/clicks', { ...query, limit: 40 });
    const times = await rows
      .locator('time')
      .evaluateAll((all) => all.map((one) => one.getAttribute('datetime')));
    assert.deepEqual(
      times,
      data.map((click) => click.time),
    );
  });

  await t.test('the chart as a table has the period before', async () => {
    await page.goto(`${server.consoleUrl}/links/${link.id}?range=30d`);
    const chart = panel(page, 'Clicks over time');
    await chart.getByRole('button', { name: 'Table' }).click();
    const first = chart.locator('tbody tr').last().locator('td');
    const now = await api.get('/api/v1/stats/timeseries', {
      ...query,
      range: '30d',
    });
    const { previous, from } = await api.get('/api/v1/stats/summary', {
      ...query,
      range: '30d',
    });
    const before = await api.get('/api/v1/stats/timeseries', {
      link: link.id,
      tz: kZone,
      from: previous.from,
      to: from,
      interval: 'day',
    });
    await first.nth(3).waitFor();
    assert.deepEqual((await first.allTextContents()).map(number), [
      now.points[0].clicks,
      now.points[0].unique_clicks,
      now.points[0].bots,
      before.points[0].clicks,
    ]);
  });

  await t.test('in both themes and on a phone', async () => {
    await assertAccessible(page, "a link's page with all panels");
    await page.setViewportSize({ width: 390, height: 800 });
    await page.goto(`${server.consoleUrl}/links/${link.id}?range=90d`);
    await page.getByRole('grid').waitFor();
    await settled(page);
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    assert.ok(overflow <= 0, `scrolls sideways by ${overflow} px`);
    await assertAccessible(page, "a link's page on a phone");
  });

  assert.deepEqual(trouble, []);
});
