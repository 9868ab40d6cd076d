// SPDX-License-Identifier: Apache-2.0
//
// The console without a mouse: whoever logs in, makes a link and reads its statistics presses keys
// and nothing else. At every step what has the focus looks different from when it has not, a dialog
// gives the focus back to what opened it, and Tab leads through every page and out again.
import assert from 'node:assert/strict';
import path from 'node:path';
import test from 'node:test';

import { kPassword, kPerson, open, settled } from '../lib/browser.mjs';
import { request } from '../lib/client.mjs';
import { kRoot, startServer } from '../lib/server.mjs';

// In the page: what has the focus, under the name that is read out, and whether what had it before
// looked different then.
const steps = () => {
  const look = (node) => {
    const around = [
      node,
      node.nextElementSibling,
      node.parentElement,
      node.closest('li, tr, label'),
    ];
    return around
      .filter(Boolean)
      .flatMap((one) => [null, '::before', '::after'].map((part) => getComputedStyle(one, part)))
      .map((s) => [s.outline, s.boxShadow, s.borderColor, s.backgroundColor, s.left].join())
      .join('\n');
  };
  const nameOf = (node) => {
    const by = node.getAttribute('aria-labelledby');
    const labels = [...(node.labels ?? [])].map((label) => label.textContent).join(' ');
    const text = by ? document.getElementById(by)?.textContent : null;
    return (
      text ??
      node.getAttribute('aria-label') ??
      (labels || node.innerText || node.textContent)
    ).trim();
  };
  let last = null;
  globalThis.tmStep = async () => {
    await globalThis.tmStill(2); // a ring may fade in
    const node = document.activeElement;
    const before = last;
    last = node === document.body ? null : { node, shown: look(node), name: nameOf(node) };
    globalThis.tmBlind = () =>
      before && before.node !== node && before.node.isConnected && before.node.id !== 'page'
        ? look(before.node) === before.shown && before.name
        : false;
    return { name: last ? last.name : null, id: node.id };
  };
};

test('keys are enough', { timeout: 120000 }, async (t) => {
  const server = await startServer(t, {
    key: null,
    settings: { 'console.root': path.join(kRoot, 'web/dist') },
  });
  const token = new URL(await server.setupUrl()).searchParams.get('token');
  const body = { token, email: 'ada@example.com', password: kPassword };
  assert.equal((await server.api.call('POST', '/api/v1/setup', { body })).status, 201);
  const { page, trouble } = await open(t, server);
  await page.addInitScript(steps);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const { keyboard } = page;

  const step = async () => {
    const now = await page.evaluate(() => globalThis.tmStep());
    // What closes behind the focus is drawn once more.
    const blind = () => page.evaluate(() => globalThis.tmBlind());
    for (let i = 0; i < 40 && (await blind()); ++i) await page.waitForTimeout(25);
    assert.equal(await blind(), false, 'nobody sees that it has the focus');
    return now;
  };
  const press = async (key) => {
    await keyboard.press(key);
    return step();
  };
  // Tab until what is called so has the focus.
  const tabTo = async (name, key = 'Tab') => {
    const passed = [];
    for (let i = 0; i < 120; ++i) {
      const now = await press(key);
      if (now.name !== null && name.test(now.name)) return now;
      passed.push(now.name);
    }
    assert.fail(`${name} was not among ${JSON.stringify(passed)}`);
  };
  // What opens or closes moves the focus a moment later.
  const focusComesTo = async (name, why) => {
    let now = await step();
    for (let i = 0; i < 20 && now.name !== name; ++i) {
      await page.waitForTimeout(50);
      now = await step();
    }
    assert.equal(now.name, name, why);
  };
  const dialog = page.getByRole('dialog');
  const search = () => new URL(page.url()).searchParams;
  const urlHas = (name, value) => page.waitForURL((url) => url.searchParams.get(name) === value);

  await t.test('logging in', async () => {
    await page.goto(`${server.consoleUrl}/links`);
    await page.getByRole('button', { name: 'Log in' }).waitFor();
    if ((await step()).name === null) await tabTo(/^Email/);
    await keyboard.type('ada@example.com');
    await tabTo(/^Password/);
    await keyboard.type(kPassword);
    await keyboard.press('Enter');
    await page.getByText('No links yet').waitFor();
  });

  await t.test('the first Tab offers to skip the menu', async () => {
    await page.reload();
    await page.getByText('No links yet').waitFor();
    await settled(page);
    await tabTo(/^Skip to the page$/);
    assert.equal((await press('Enter')).id, 'page');
  });

  let shortUrl;
  await t.test('a link is made and copied', async () => {
    await tabTo(/^New link$/, 'Shift+Tab');
    await press('Enter');
    await dialog.getByLabel('Destination').waitFor();
    await keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await focusComesTo('New link', 'the focus goes back');
    await press('Enter');
    await dialog.getByLabel('Destination').waitFor();
    await focusComesTo('Destination *');
    await keyboard.type('http://example.com/welcome');
    await keyboard.press('Enter');
    await dialog.getByText('Ready to share').waitFor();
    await focusComesTo('Copy link');
    await press('Enter');
    await page.getByText('Short link copied').waitFor();
    shortUrl = await page.evaluate(() => navigator.clipboard.readText());
    await keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await focusComesTo('New link');
  });

  await t.test('its page is opened', async () => {
    for (let i = 1; i <= 3; ++i) {
      const headers = { 'User-Agent': kPerson, 'X-Forwarded-For': `198.51.100.${i}` };
      await request({ port: server.linksPort, path: new URL(shortUrl).pathname, headers });
    }
    await tabTo(new RegExp(`^127.*${new URL(shortUrl).pathname}$`));
    await press('Enter');
    await page.waitForURL(/\/links\/lnk_1/);
    await page.getByRole('region', { name: 'Recent clicks' }).getByRole('row').nth(3).waitFor();
  });

  await t.test('its statistics: range, filter, explanation, table', async () => {
    await tabTo(/Last 30 days/);
    await press('ArrowRight');
    await urlHas('range', '90d');
    await tabTo(/^Filter$/);
    await press('Enter');
    await tabTo(/^Filter by$/);
    await keyboard.press('Control+a');
    await keyboard.type('Browser');
    await press('Enter');
    await tabTo(/^Chrome/);
    await press('Space');
    await urlHas('browser', 'Chrome');
    await keyboard.press('Escape');
    await focusComesTo('Filter');
    await tabTo(/^Remove filter Browser$/);
    await keyboard.press('Enter');
    await urlHas('browser', null);
    assert.equal(search().get('range'), '90d');

    const asked = await tabTo(/^What is “/);
    await press('Enter');
    await dialog.waitFor();
    await keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await focusComesTo(asked.name);

    await tabTo(/^Table$/);
    await keyboard.press('Enter');
    await page.getByRole('figure').getByRole('table').waitFor();
    await focusComesTo('Chart', 'the focus stays');
  });

  await t.test('every page has an end', async () => {
    for (const to of ['/', '/links/lnk_1', '/settings']) {
      await page.goto(server.consoleUrl + to);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await settled(page);
      await tabTo(/^Skip to the page$/);
      let stops = 0;
      for (let now = await press('Tab'); now.name !== null; now = await press('Tab')) {
        assert.notEqual(now.name, '', `${to} has a stop without a name`);
        assert.ok((stops += 1) < 250, `${to} does not let the focus out`);
      }
      assert.ok(stops > 8, to);
    }
  });

  await t.test('live and back', async () => {
    await page.goto(`${server.consoleUrl}/links/lnk_1`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await tabTo(/^Live$/);
    await press('Enter');
    await page.getByRole('list', { name: 'Clicks, newest first' }).waitFor();
    await tabTo(new RegExp(`^${new URL(shortUrl).pathname}$`));
    await press('Enter');
    await page.waitForURL(/\/links\/lnk_1/);
  });
  assert.deepEqual(trouble, []);
});
