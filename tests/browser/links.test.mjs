// SPDX-License-Identifier: Apache-2.0
//
// Links in Chromium: the way from an empty console to the first click, the list and what is done to
// many links at once, the form with all that a link can do, QR codes, and files of links and clicks.
// What is on screen is held against what the API says.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';

import { assertAccessible, kPerson, open, setUp } from '../lib/browser.mjs';
import { makePng, pngHeader } from '../lib/png.mjs';
import { kRoot, startServer, temporaryFolder } from '../lib/server.mjs';

const settings = { 'console.root': path.join(kRoot, 'web/dist') };

// Opens a short link as `people` different people.
async function clicks(url, people) {
  for (let i = 0; i < people; ++i) {
    const headers = { 'User-Agent': kPerson, 'X-Forwarded-For': `198.51.100.${i + 1}` };
    const answer = await fetch(url, { redirect: 'manual', headers });
    assert.equal(answer.status, 302);
  }
}

// What a press saves as a file.
async function saved(page, press) {
  const [file] = await Promise.all([page.waitForEvent('download'), press()]);
  return { name: file.suggestedFilename(), bytes: fs.readFileSync(await file.path()) };
}

const rows = (page) => page.getByRole('row').filter({ has: page.locator('[data-row]') });
const row = (page, name) => rows(page).filter({ hasText: name });
const section = (page, name) =>
  page.getByRole('dialog').getByRole('button', { name, expanded: false }).click();

test('an empty console leads to the first click', { timeout: 120000 }, async (t) => {
  const server = await startServer(t, { settings });
  const { page, trouble } = await open(t, server);
  await setUp(page, server);
  await page.getByText('No links yet').waitFor();
  await assertAccessible(page, 'no links');

  await page.getByRole('button', { name: 'Shorten' }).click();
  await page.getByText('Paste an address first').waitFor();
  await page.keyboard.type('example.com/welcome');
  await page.keyboard.press('Enter');
  await page.getByText('Waiting for your first click').waitFor();
  await assertAccessible(page, 'waiting');
  await page.getByRole('region', { name: 'First click' }).getByRole('button').click();
  const shortUrl = await page.evaluate(() => navigator.clipboard.readText());

  const before = Date.now();
  await clicks(shortUrl, 1);
  await page.getByText('The first click is here').waitFor();
  assert.ok(Date.now() - before < 5000, 'the click took too long to appear');
  await page.getByText('with Chrome on Linux').waitFor();
  await assertAccessible(page, 'the first click');
  await page.getByRole('link', { name: 'See it' }).click();
  await page.waitForURL(/\/links\/lnk_1$/);
  assert.deepEqual(trouble, []);
});

test('the list of links', { timeout: 180000 }, async (t) => {
  const server = await startServer(t, { settings });
  const { page, trouble } = await open(t, server);
  const { api } = server;
  await setUp(page, server);
  const links = Array.from({ length: 260 }, (_, i) => ({
    destination: `https://shop.example/${i}`,
    prefix: 'n',
    token: String(i),
    title: i % 50 === 7 ? '<img src=x onerror=alert(1)>' : `Number ${i}`,
    tags: i % 2 === 0 ? ['even'] : ['<b>odd</b>', 'second', 'third'],
    ...(i < 5 ? { campaign: 'few' } : {}),
  }));
  const { json } = await api.call('POST', '/api/v1/links/bulk', { body: { links } });
  const urlOf = (i) => json.data[i].short_url;
  await server.untilAtEdge(links.length);
  await clicks(urlOf(259), 3);
  await clicks(urlOf(257), 1);
  await api.untilStored();

  await t.test('draws what is in view, and more as one scrolls', async () => {
    await page.goto(`${server.consoleUrl}/links`);
    await row(page, '/n/259').waitFor();
    await page.getByText('260 links', { exact: true }).waitFor();
    assert.ok((await rows(page).count()) < 40);
    for (let i = 0; i < 4; ++i) {
      await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
      await page.waitForTimeout(400);
    }
    await row(page, 'Number 0').waitFor();
    assert.ok((await rows(page).count()) < 40);
    await page.evaluate(() => scrollTo(0, 0));
  });

  await t.test('the clicks beside a link are those of the API', async () => {
    for (const i of [259, 258, 257]) {
      const { clicks: counted } = await api.get('/api/v1/stats/summary', {
        link: json.data[i].id,
        range: '30d',
        tz: 'Asia/Kathmandu',
      });
      const cell = row(page, `/n/${i}`).getByRole('cell').nth(5);
      await cell.filter({ hasText: new RegExp(`^${counted}$`) }).waitFor();
    }
    await assertAccessible(page, 'the list');
  });

  await t.test('search, filters and order', async () => {
    await page.keyboard.press('/');
    await page.keyboard.type('n/25');
    await page.waitForURL(/q=/);
    await page.waitForFunction(() => document.querySelectorAll('[data-row]').length < 40);
    await page.getByRole('button', { name: 'Show all' }).click();
    await page.getByRole('combobox', { name: 'Campaign' }).fill('few');
    await page.keyboard.press('Enter');
    await row(page, '/n/4').waitFor();
    assert.equal(await rows(page).count(), 5);
    await page.getByText('5 links match').waitFor();
    await page.getByRole('button', { name: 'Created' }).click();
    await page.waitForURL(/sort=created_at/);
    await page.locator('[data-row="0"]', { hasText: '/n/0' }).waitFor();
    await page.getByRole('combobox', { name: 'Tag' }).fill('nowhere');
    await page.keyboard.press('Enter');
    await page.getByText('No link matches').waitFor();
    await assertAccessible(page, 'nothing matches');
    await page.getByRole('button', { name: 'Show all' }).click();
  });

  await t.test('by state, and on to a link with the view of before', async () => {
    const expired = { expires_at: '2020-01-01T00:00:00Z' };
    await api.call('PATCH', `/api/v1/links/${json.data[3].id}`, { body: expired });
    await page.goto(`${server.consoleUrl}/links?range=7d&traffic=all&tag=second`);
    await page.getByText('130 links match').waitFor();
    await page.getByRole('combobox', { name: 'State' }).click();
    await page.getByRole('option', { name: 'Expired' }).click();
    await page.getByText('1 link matches').waitFor();
    assert.equal(await rows(page).count(), 1);
    await row(page, '/n/3').getByRole('link').click();
    await page.waitForURL(`**/links/${json.data[3].id}?range=7d&traffic=all`);
    await page.goBack();
    await page.getByText('1 link matches').waitFor();
    await api.call('PATCH', `/api/v1/links/${json.data[3].id}`, { body: { expires_at: null } });
  });

  await t.test('many at once, by keys and by mouse', async () => {
    await page.goto(`${server.consoleUrl}/links?campaign=few&sort=created_at`);
    await page.locator('[data-row="2"]', { hasText: '/n/2' }).waitFor();
    await page.locator('[data-row="0"]').focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Shift+ArrowDown');
    await page.getByText('3 chosen').waitFor();
    await page.keyboard.press('Escape');
    await page.getByText('3 chosen').waitFor({ state: 'hidden' });

    await page.getByLabel(/Choose .*\/n\/0$/).click();
    await page.getByLabel(/Choose .*\/n\/2$/).click({ modifiers: ['Shift'] });
    await page.getByText('3 chosen').waitFor();
    await assertAccessible(page, 'some are chosen');
    await page.getByRole('button', { name: 'Tags …' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('combobox', { name: 'Add' }).fill('fresh');
    await page.keyboard.press('Enter');
    await dialog.getByText('Type a tag').click(); // closes the list of tags
    await dialog.getByRole('button', { name: 'Change 3 links' }).click();
    await page.getByText('3 links tagged').waitFor();
    await page.getByRole('button', { name: 'Disable' }).click();
    await page.getByText('3 links disabled').waitFor();
    const tagged = await api.get('/api/v1/links', { tag: 'fresh', enabled: 'false' });
    assert.deepEqual(tagged.data.map(({ token }) => token).sort(), ['0', '1', '2']);

    const file = await saved(page, () => page.getByRole('button', { name: 'Export CSV' }).click());
    assert.match(file.name, /^links-.*\.csv$/);
    const lines = file.bytes.toString().trim().split('\r\n');
    assert.equal(lines.length, 4);
    assert.match(
      lines[1],
      /^lnk_\d+,http:\/\/\S+\/n\/0,,n,0,https:\/\/shop\.example\/0,Number 0,even\|fresh,few,/,
    );

    await page.getByRole('button', { name: 'Delete …' }).click();
    await dialog.getByText('Delete 3 links?').waitFor();
    await assertAccessible(page, 'the question before deleting');
    await dialog.getByRole('button', { name: 'Delete 3 links' }).click();
    await page.getByText('3 links deleted').waitFor();
    assert.equal((await api.get('/api/v1/links', { campaign: 'few' })).data.length, 2);
    assert.equal(await rows(page).count(), 2);
  });

  await t.test('all that match, not only what is loaded', async () => {
    await page.goto(`${server.consoleUrl}/links?tag=second`);
    const bar = page.getByRole('region', { name: 'Chosen links' });
    const matching = 129; // of 260, half have the tag and one of them is deleted
    await page.getByText(`${matching} links match`).waitFor();
    await page.getByLabel('Choose all links loaded so far').click();
    await bar.getByText('100 chosen').waitFor();
    await bar.getByRole('button', { name: `Choose all ${matching} that match` }).focus();
    await page.keyboard.press('Enter');
    await bar.getByText(`${matching} chosen`).waitFor();
    assert.ok(await bar.evaluate((node) => node === document.activeElement));

    // The first try is stopped on its way, and goes on with those that are left.
    let patches = 0;
    let more;
    const held = new Promise((resolve) => (more = resolve));
    await page.route('**/api/v1/links/lnk_*', async (route) => {
      if (++patches > 20) await held;
      await route.continue();
    });
    const dialog = page.getByRole('dialog');
    const tag = async (amount) => {
      await bar.getByRole('button', { name: 'Tags …' }).click();
      await dialog.getByRole('combobox', { name: 'Add' }).fill('matched');
      await page.keyboard.press('Enter');
      await dialog.getByText('Type a tag').click(); // closes the list of tags
      // Twice, as people do: it begins once.
      await dialog.getByRole('button', { name: `Change ${amount} links` }).dblclick();
    };
    await tag(matching);
    await bar.getByRole('progressbar', { name: `Tagging 20 of ${matching}` }).waitFor();
    await dialog.waitFor({ state: 'hidden' });
    await assertAccessible(page, 'links being tagged');
    await bar.getByRole('button', { name: 'Stop' }).click();
    more();
    await page.getByText('24 links tagged').waitFor();
    await page.getByText(`Stopped: ${matching - 24} links left as before.`).waitFor();
    const tagged = async () =>
      (await api.get('/api/v1/links', { tag: 'matched', count: 'true' })).total;
    assert.equal(await tagged(), 24);
    await tag(matching - 24);
    await page.getByText(`${matching - 24} links tagged`).waitFor();
    assert.equal(await tagged(), matching);
    const asked = await api.get('/api/v1/links', { tag: 'second', count: 'true' });
    assert.equal(asked.total, matching);
    await bar.getByRole('button', { name: 'Delete …' }).click();
    await dialog.getByText(`and ${matching - 24 - 6} more`).waitFor();
    await dialog.getByRole('button', { name: 'Keep them' }).click();
    await page.unrouteAll();
  });

  await t.test('a phone is wide enough', async () => {
    await page.setViewportSize({ width: 390, height: 800 });
    await page.goto(`${server.consoleUrl}/links`);
    await row(page, '/n/259').waitFor();
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    assert.ok(overflow <= 0, `scrolls sideways by ${overflow} px`);
    await assertAccessible(page, 'the list on a phone');
  });
  assert.deepEqual(trouble, []);
});

test('a link with everything, its QR code', { timeout: 180000 }, async (t) => {
  const server = await startServer(t, { settings });
  const { page, trouble } = await open(t, server);
  const { api } = server;
  await setUp(page, server);
  const dialog = page.getByRole('dialog');

  await t.test('is made in one form', async () => {
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'New link' }).first().click();
    await dialog.getByLabel('Destination').fill('shop.example/sale?utm_source=mail');
    await dialog.getByLabel('First part').fill('all');
    await section(page, /^Title, tags/);
    await dialog.getByLabel('Title', { exact: true }).fill('Everything');
    await section(page, /^UTM/);
    await dialog.getByRole('button', { name: 'Take them' }).click();
    await dialog.getByLabel('Medium').fill('email');
    await dialog.getByLabel('Send them on').check();
    await dialog
      .getByText('https://shop.example/sale?utm_source=mail&utm_medium=email')
      .first()
      .waitFor();
    await section(page, /^Rules/);
    await dialog.getByRole('button', { name: 'Add a rule' }).click();
    await dialog.getByRole('combobox', { name: 'Country' }).fill('Germ');
    await page.keyboard.press('Enter');
    await dialog.getByText('go to').click(); // closes the list of countries
    await dialog.getByLabel('go to', { exact: true }).fill('shop.example/de');
    await section(page, /^Variants/);
    await dialog.getByRole('button', { name: 'Split between' }).click();
    await dialog
      .getByRole('group', { name: 'Variant b' })
      .getByLabel('Goes to')
      .fill('shop.example/b');
    await dialog.getByRole('group', { name: 'Variant b' }).getByLabel('Weight').fill('3');
    await dialog.getByText('75%').first().waitFor();
    await section(page, /^Password/);
    await dialog.getByLabel('Ask for a password').check();
    await dialog.getByLabel('Password to open it').fill('fern');
    await section(page, /^Preview card/);
    await dialog.getByLabel('Card title').fill('A card');
    await assertAccessible(page, 'the form, opened');
  });

  await t.test('what was typed outlives a slip', async () => {
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'New link' }).first().click();
    await dialog.getByText('What you had typed is still here').waitFor();
    assert.equal(await dialog.getByLabel('First part').inputValue(), 'all');
  });

  await t.test('a refusal is shown at its field, in its section', async () => {
    await section(page, /^iPhone/);
    await dialog.getByRole('group', { name: 'iPhone' }).getByLabel('Go to').fill('gopher://x');
    await dialog.getByRole('button', { name: /^iPhone/, expanded: true }).click();
    await dialog.getByRole('button', { name: 'Create link' }).click();
    const field = dialog.getByRole('group', { name: 'iPhone' }).getByLabel('Go to');
    await field.and(page.locator('[aria-invalid=true]')).waitFor();
    await field.fill('');
    await dialog.getByRole('button', { name: 'Create link' }).click();
    await dialog.getByText('Ready to share').waitFor();
    await assertAccessible(page, 'made');
    await page.keyboard.press('Escape');
  });

  await t.test('is what was typed', async () => {
    const link = await api.get('/api/v1/links/lnk_1');
    assert.equal(link.destination, 'https://shop.example/sale?utm_source=mail');
    assert.equal(link.title, 'Everything');
    assert.equal(link.utm.source, 'mail');
    assert.equal(link.utm.medium, 'email');
    assert.equal(link.passthrough, true);
    assert.deepEqual(link.rules, [
      { if: { country: ['DE'] }, destination: 'https://shop.example/de' },
    ]);
    assert.deepEqual(
      link.variants.map(({ name, weight, destination }) => [name, weight, destination]),
      [
        ['a', 1, 'https://shop.example/sale?utm_source=mail'],
        ['b', 3, 'https://shop.example/b'],
      ],
    );
    assert.equal(link.password, '********');
    assert.equal(link.og.title, 'A card');
  });

  await t.test('an edit sends what changed', async () => {
    await page.getByRole('button', { name: /^More for/ }).click();
    await page.getByRole('menuitem', { name: 'Edit' }).click();
    await section(page, /^Title, tags/);
    await dialog.getByLabel('Title', { exact: true }).fill('');
    await section(page, /^Schedule/);
    await dialog.getByLabel('Closes after clicks').fill('5');
    const [patch] = await Promise.all([
      page.waitForRequest((request) => request.method() === 'PATCH'),
      dialog.getByRole('button', { name: 'Save' }).click(),
    ]);
    assert.deepEqual(patch.postDataJSON(), { title: null, click_limit: 5 });
    await dialog.waitFor({ state: 'hidden' });
  });

  await t.test('its history, and back to what it was', async () => {
    await page.getByRole('button', { name: /^More for/ }).click();
    await page.getByRole('menuitem', { name: 'History' }).click();
    const edits = dialog.getByRole('list', { name: 'History' }).getByRole('listitem');
    await edits.nth(1).waitFor();
    assert.match(await edits.nth(0).innerText(), /^Changed by \S+@\S+[^]*Title\s+Everything/);
    assert.match(await edits.nth(1).innerText(), /^Created by [^]*Rules\s+Germany → https:/);
    assert.doesNotMatch(await dialog.innerText(), /fern|argon2id/);
    await assertAccessible(page, 'the history');
    await dialog.getByRole('button', { name: /^Restore what was before/ }).focus();
    await page.keyboard.press('Enter');
    await edits.nth(2).waitFor();
    const link = await api.get('/api/v1/links/lnk_1');
    assert.deepEqual([link.title, link.click_limit], ['Everything', null]);
    const { data } = await api.get('/api/v1/links/lnk_1/history');
    assert.deepEqual(
      data.map(({ kind, changes }) => [kind, changes.map(({ field }) => field)]).slice(0, 2),
      Array(2).fill(['updated', ['title', 'click_limit']]),
    );
    await page.setViewportSize({ width: 390, height: 800 });
    const overflow = await dialog.evaluate((shown) => shown.scrollWidth - shown.clientWidth);
    assert.ok(overflow <= 0, `scrolls sideways by ${overflow} px`);
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
  });

  await t.test('its QR code', async () => {
    await page.getByRole('button', { name: /^More for/ }).click();
    await page.getByRole('menuitem', { name: 'QR code' }).click();
    await dialog.getByRole('img', { name: /^QR code of/ }).waitFor();
    await assertAccessible(page, 'the QR designer');
    await dialog.getByLabel('Code', { exact: true }).fill('#ffee00');
    await dialog.getByText('clearly darker').waitFor();
    assert.ok(await dialog.getByRole('button', { name: 'SVG' }).isDisabled());
    await dialog.getByLabel('Code', { exact: true }).fill('#102030');
    await dialog.getByText('clearly darker').waitFor({ state: 'hidden' });
    await page.keyboard.press('Tab');
    await dialog.getByLabel('Size of the PNG').fill('640');
    const logo = makePng(32, 32, () => [200, 30, 30, 255]);
    await dialog
      .locator('input[type=file]')
      .setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer: logo });
    await dialog.getByText('logo.png').waitFor();
    const png = await saved(page, () => dialog.getByRole('button', { name: 'PNG' }).click());
    assert.match(png.name, /-all\.png$/);
    assert.equal(pngHeader(png.bytes).width, 640);
    const svg = await saved(page, () => dialog.getByRole('button', { name: 'SVG' }).click());
    assert.match(svg.bytes.toString(), /^<svg[\s\S]*#102030/);
    await dialog
      .locator('input[type=file]')
      .setInputFiles({ name: 'no.png', mimeType: 'image/png', buffer: Buffer.from('no picture') });
    await dialog.getByRole('alert').waitFor();
    await page.keyboard.press('Escape');
  });
  assert.deepEqual(trouble, []);
});

test('files of links and of clicks', { timeout: 120000 }, async (t) => {
  const server = await startServer(t, { settings });
  const { page, trouble } = await open(t, server);
  const { api } = server;
  await setUp(page, server);
  const folder = temporaryFolder(t, 'import');
  const file = (name, text) => {
    const at = path.join(folder, name);
    fs.writeFileSync(at, text);
    return at;
  };
  const choose = (at) => page.locator('input[type=file]').setInputFiles(at);

  await t.test('links: columns are found, the bad line is named', async () => {
    await page.getByRole('link', { name: 'Import links and clicks' }).click();
    await assertAccessible(page, 'import of links');
    await choose(
      file(
        'links.csv',
        'Long URL;Slug;Note;UTM Source;tags\n' +
          'https://shop.example/a;a;mine;news;x|y\n' +
          'no address at all;b;;;\n' +
          '"https://shop.example/c";c;;;\n',
      ),
    );
    await page.getByText('3 rows').waitFor();
    assert.equal(await page.getByRole('combobox', { name: 'Column Slug' }).inputValue(), 'prefix');
    assert.equal(
      await page.getByRole('combobox', { name: 'Column Note' }).inputValue(),
      'Leave out',
    );
    await page.getByRole('combobox', { name: 'Column Note' }).click();
    await page.getByRole('option', { name: 'title', exact: true }).click();
    await assertAccessible(page, 'columns');
    await page.getByRole('button', { name: 'Import 3 links' }).click();
    await page.getByText('2 links imported, 1 refused').waitFor();
    const refused = page.getByRole('table', { name: 'Refused lines' }).getByRole('row').nth(1);
    assert.match(await refused.innerText(), /^3\s+destination/);
    await assertAccessible(page, 'imported links');
    const { data } = await api.get('/api/v1/links', { sort: 'prefix' });
    assert.deepEqual(
      data.map(({ prefix, title, tags, utm }) => [prefix, title, tags, utm.source]),
      [
        ['a', 'mine', ['x', 'y'], 'news'],
        ['c', null, [], null],
      ],
    );
  });

  await t.test('clicks: nothing of a file with a mistake, all of a good one, once', async () => {
    await page.goto(`${server.consoleUrl}/links/import?what=clicks`);
    const day = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
    const good = `time,prefix,country,visitor\n${day}T10:00:00Z,a,DE,ada\n${day}T11:00:00Z,a,FR,bob\n`;
    await choose(file('bad.csv', `${good}${day}T12:00:00Z,nowhere,DE,eve\n`));
    await page.getByText('Nothing was stored').waitFor();
    const refused = page.getByRole('table', { name: 'Refused lines' }).getByRole('row').nth(1);
    assert.match(await refused.innerText(), /^4\s/);
    await assertAccessible(page, 'refused clicks');
    await page.getByRole('button', { name: 'Another file' }).click();
    await choose(file('good.csv', good));
    await page.getByText('2 clicks imported').waitFor();
    await page.getByText('All of them are counted').waitFor();
    await page.getByRole('button', { name: 'Another file' }).click();
    await choose(file('again.csv', good));
    await page.getByText('0 clicks imported, 2 were there already').waitFor();
    const { clicks: counted } = await api.get('/api/v1/stats/summary', {
      range: '7d',
      imported: 'true',
    });
    assert.equal(counted, 2);
  });
  assert.deepEqual(trouble, []);
});
