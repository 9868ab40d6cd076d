// SPDX-License-Identifier: Apache-2.0
//
// The first minutes of a new user, in Chromium: set-up link, first link, copy, click, count. On the
// way every page is held against axe-core in light and dark, nothing may be loaded from elsewhere,
// and the console must stay silent.
import assert from 'node:assert/strict';
import test from 'node:test';

import { assertAccessible, figure, kPassword, open, settled, setUp } from '../lib/browser.mjs';
import { startServer } from '../lib/server.mjs';

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
      await settled(page);
      await assertAccessible(page, at);
    }
  });

  await t.test('a phone is wide enough', async () => {
    await page.setViewportSize({ width: 375, height: 740 });
    for (const at of ['/', '/links', '/links/lnk_1', '/settings']) {
      await page.goto(server.consoleUrl + at);
      await page.getByRole('main').waitFor();
      await settled(page);
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
