// SPDX-License-Identifier: Apache-2.0
//
// Experiments in Chromium: planned, begun, read, ended and removed. The sentence on screen is the
// API's verdict, the figures are the API's figures.
import assert from 'node:assert/strict';
import path from 'node:path';
import test from 'node:test';

import { assertAccessible, open, setUp } from '../lib/browser.mjs';
import { untilSafeTime } from '../lib/ledger.mjs';
import { sendAll } from '../lib/load.mjs';
import { kRoot, startServer } from '../lib/server.mjs';

const kConsole = { 'console.root': path.join(kRoot, 'web/dist') };
const kPhone =
  'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36';

const count = (value) => value.toLocaleString('en-GB');
const points = (value) => {
  const text = (100 * value)
    .toFixed(2)
    .replace(/\.?0+$/, '')
    .replace('-', '−');
  return `${value > 0 ? '+' : ''}${text} pp`;
};

async function withLinks(server) {
  const destination = 'https://example.com/';
  const arms = [
    { prefix: 'button', title: 'Button', clicks: 40, impressions: 1000 },
    { prefix: 'banner', title: 'Banner', clicks: 150, impressions: 1000 },
    { prefix: 'poster', title: 'Poster', clicks: 3, impressions: 30 },
  ];
  const links = await server.api.createLinks([
    ...arms.map(({ prefix, title }) => ({ prefix, title, destination })),
    {
      prefix: 'offer',
      title: 'Offer',
      destination,
      variants: ['Short', 'Long'].map((name) => ({
        name,
        weight: 1,
        destination,
      })),
    },
  ]);
  await server.untilAtEdge(links.length);
  let n = 0;
  const requests = arms.flatMap(({ prefix, clicks }) =>
    Array.from({ length: clicks }, () => ({
      path: `/${prefix}`,
      headers: {
        'User-Agent': kPhone,
        'X-Forwarded-For': `93.184.${++n >> 8}.${n & 255}`,
      },
    })),
  );
  await sendAll({ port: server.linksPort, requests, connections: 4 });
  await server.api.untilStored();
  const day = new Date().toISOString().slice(0, 10);
  const entries = arms.map(({ impressions }, at) => ({
    link_id: links[at].id,
    day,
    impressions,
  }));
  await server.api.call('POST', '/api/v1/impressions', { body: { entries } });
}

test('experiments', { timeout: 240000 }, async (t) => {
  await untilSafeTime(120);
  const server = await startServer(t, { settings: kConsole });
  const { page, trouble } = await open(t, server);
  await setUp(page, server);
  await withLinks(server);
  const dialog = page.getByRole('dialog');
  const verdict = page.getByRole('region', { name: 'Verdict' });

  const begin = async (name, fill) => {
    await page.goto(`${server.consoleUrl}/experiments`);
    await page.getByRole('button', { name: 'New experiment' }).click();
    await dialog.getByLabel('Name').fill(name);
    await fill();
    await dialog.getByRole('button', { name: 'Begin now' }).click();
    await page.waitForURL(/\/experiments\/exp_\d+$/);
    return server.api.get(`/api/v1/experiments/${page.url().split('/').at(-1)}`);
  };
  const addLink = async (search, option) => {
    await dialog.getByRole('combobox', { name: 'Add a link' }).fill(search);
    await page.getByRole('option', { name: option }).click();
  };

  await t.test('the planner says what the API plans', async () => {
    await page.goto(`${server.consoleUrl}/experiments`);
    await page.getByText('No experiments yet').waitFor();
    await page.getByLabel('Rate today').fill('4');
    await page.getByLabel('Change worth finding').fill('25');
    await page.getByLabel('Visitors a day').fill('2000');
    const plan = await server.api.get('/api/v1/experiments/plan', {
      base: 0.04,
      lift: 0.25,
      per_day: 2000,
    });
    const region = page.getByRole('region', {
      name: 'How long would it take?',
    });
    for (const { days, total } of [plan.always_valid, plan.fixed]) {
      await region.getByText(`${count(days)} days`, { exact: true }).waitFor();
      await region.getByText(`${count(total)} visitors`).waitFor();
    }
    await assertAccessible(page, 'no experiments');
  });

  await t.test('a form that lacks something says what', async () => {
    await page.getByRole('button', { name: 'New experiment' }).click();
    await dialog.getByRole('button', { name: 'Begin now' }).click();
    await dialog.getByText('Choose at least two links').waitFor();
    await assertAccessible(page, 'new experiment with a mistake');
    await page.keyboard.press('Escape');
  });

  await t.test('of two links the better one is named', async () => {
    const { id, result } = await begin('Button or banner', async () => {
      await addLink('butt', /Button/);
      await addLink('bann', /Banner/);
    });
    assert.deepEqual([result.verdict, result.winner], ['winner', 1]);
    await verdict
      .getByRole('heading', {
        name: '“Banner” is better than “Button”, the control.',
      })
      .waitFor();
    const counts = page.getByRole('region', { name: 'Counts' });
    for (const [at, name] of ['Button', 'Banner'].entries()) {
      const shown = await counts.getByRole('row', { name }).getByRole('cell').allInnerTexts();
      const { trials, successes, rate } = result.arms[at];
      assert.deepEqual(shown.slice(0, 2), [count(trials), count(successes)]);
      assert.equal(Number.parseFloat(shown[2]), Number((100 * rate).toFixed(2)));
    }
    const { sequence, description } = result.variants[0];
    await page.getByText(`${points(-sequence.high)} to ${points(-sequence.low)}`).waitFor();
    const apart = page.getByRole('region', { name: 'Only description' });
    await apart.getByText(points(-description.difference), { exact: true }).waitFor();
    await assertAccessible(page, 'a winner');
    await page.setViewportSize({ width: 390, height: 800 });
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    assert.ok(overflow <= 0, `the report scrolls sideways by ${overflow} px`);
    await assertAccessible(page, 'a winner on a phone');
    await page.setViewportSize({ width: 1280, height: 900 });

    await page.getByRole('button', { name: 'End now' }).click();
    await page.getByRole('button', { name: 'Go on' }).waitFor();
    assert.equal((await server.api.get(`/api/v1/experiments/${id}`)).state, 'ended');
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByRole('button', { name: 'End now' }).waitFor();
    await page.getByRole('button', { name: 'Edit' }).click();
    await dialog.getByLabel('Name').fill('Banner or button');
    await dialog.getByLabel('Smallest change worth finding').fill('50');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { level: 1, name: 'Banner or button' }).waitFor();
    const { name, state, least_effect } = await server.api.get(`/api/v1/experiments/${id}`);
    assert.deepEqual([name, state, least_effect], ['Banner or button', 'running', 0.5]);
  });

  await t.test('what is too early to say is not said', async () => {
    const { result } = await begin('Too small', async () => {
      await addLink('butt', /Button/);
      await addLink('post', /Poster/);
      await dialog.getByRole('button', { name: 'Make Poster the control' }).click();
    });
    assert.equal(result.verdict, 'not_enough_data');
    await verdict.getByRole('heading', { name: 'Too early to say.' }).waitFor();
    await verdict.getByText('“Poster” 30 and “Button” 1,000').waitFor();
  });

  await t.test('variants of a link, and how long one is kept', async () => {
    const { kind, sticks_for } = await begin('Offer page', async () => {
      await dialog.getByText('Variants of one link').click();
      await dialog.getByRole('combobox', { name: 'Link' }).fill('offer');
      await page.getByRole('option', { name: /Offer/ }).click();
      await dialog.getByRole('radio', { name: /^Long/ }).check();
      await assertAccessible(page, 'new experiment of variants');
    });
    assert.deepEqual([kind, sticks_for], ['variants', 'day']);
    await page.getByText('keeps it until the UTC day ends, without a cookie').waitFor();
    await page.getByRole('heading', { name: 'Difference from the control, “Long”' }).waitFor();
  });

  await t.test('the list has every verdict, and one can be removed', async () => {
    await page.goto(`${server.consoleUrl}/experiments`);
    const list = page.getByRole('list', { name: 'Experiments' });
    await list.getByText('“Banner” is better than “Button”, the control.').waitFor();
    assert.equal(await list.getByRole('listitem').count(), 3);
    await assertAccessible(page, 'experiments');
    await list.getByRole('link', { name: 'Too small' }).click();
    await page.getByRole('button', { name: 'Delete' }).click();
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await page.waitForURL(/\/experiments$/);
    await list.getByRole('link', { name: 'Too small' }).waitFor({ state: 'hidden' });
    const { data } = await server.api.get('/api/v1/experiments');
    assert.deepEqual(data.map(({ name }) => name).sort(), ['Banner or button', 'Offer page']);
  });

  assert.deepEqual(trouble, []);
});
