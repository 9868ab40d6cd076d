// SPDX-License-Identifier: Apache-2.0
//
// The settings, as an admin goes through them: each page under its own address, in both themes and
// on a phone; keys, domains, webhooks, alerts, exports, privacy and the state of the server. What
// the pages say is held against the API's answers.
import assert from 'node:assert/strict';
import path from 'node:path';
import test from 'node:test';

import { assertAccessible, kPerson, open, setUp } from '../lib/browser.mjs';
import { BucketServer } from '../lib/bucket_server.mjs';
import { Receiver } from '../lib/receiver.mjs';
import { kRoot, sleep, startServer } from '../lib/server.mjs';

const kSettings = {
  'console.root': path.join(kRoot, 'web/dist'),
  'webhooks.allow': '127.0.0.1/32',
};
const kPages = {
  general: 'General',
  keys: 'API keys',
  domains: 'Domains',
  webhooks: 'Webhooks',
  alerts: 'Alerts',
  exports: 'Exports',
  privacy: 'Privacy',
  system: 'System',
};

async function begin(t) {
  const server = await startServer(t, { settings: kSettings });
  const opened = await open(t, server);
  await setUp(opened.page, server);
  const go = async (to) => {
    await opened.page.goto(`${server.consoleUrl}/settings/${to}`);
    await opened.page.getByRole('heading', { level: 1 }).waitFor();
  };
  return { server, go, ...opened };
}

const heading = (page, name) => page.getByRole('heading', { level: 1, name, exact: true });
const button = (scope, name) => scope.getByRole('button', { name, exact: true });
const row = (page, list, text) =>
  page
    .getByRole('list', { name: list, exact: true })
    .getByRole('listitem')
    .filter({ hasText: text });

// The refusal that stands at a field.
async function refusalAt(field) {
  await field.and(field.page().locator('[aria-invalid=true]')).waitFor();
  const described = (await field.getAttribute('aria-describedby')).split(' ');
  const id = described.find((one) => one.endsWith('-error'));
  return field.page().locator(`[id="${id}"]`).textContent();
}

async function click(server, link) {
  const answer = await fetch(`${server.linksUrl}${link}`, {
    redirect: 'manual',
    headers: { 'User-Agent': kPerson },
  });
  assert.equal(answer.status, 302);
}

async function until(what, timeoutMs = 15000) {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const value = await what();
    if (value) return value;
    if (Date.now() > deadline) throw new Error(`never: ${what}`);
    await sleep(50);
  }
}

test('every page has an address and stands on a phone', { timeout: 180000 }, async (t) => {
  const { page, go, trouble, server } = await begin(t);
  await page.goto(`${server.consoleUrl}/settings`);
  await heading(page, 'General').waitFor();

  const menu = page.getByRole('navigation', { name: 'Settings' });
  for (const [address, title] of Object.entries(kPages)) {
    const entry = menu.getByRole('link', { name: title, exact: true });
    await entry.focus();
    await page.keyboard.press('Enter');
    await heading(page, title).waitFor();
    assert.equal(new URL(page.url()).pathname, `/settings/${address}`);
    assert.equal(await entry.getAttribute('aria-current'), 'page');
    assert.ok(await entry.evaluate((node) => node === document.activeElement), 'the focus stays');
    await page.waitForLoadState('networkidle');
    await assertAccessible(page, title);
  }

  await page.setViewportSize({ width: 375, height: 740 });
  for (const address of Object.keys(kPages)) {
    await go(address);
    await page.waitForLoadState('networkidle');
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    assert.ok(overflow <= 0, `${address} scrolls sideways by ${overflow} px`);
    assert.ok(await menu.getByRole('link', { name: 'System' }).isVisible());
  }
  await assertAccessible(page, 'a phone');
  assert.deepEqual(trouble, []);
});

test('the workspace, keys and domains', { timeout: 120000 }, async (t) => {
  const { page, go, trouble, server } = await begin(t);
  const dialog = page.getByRole('dialog');

  await t.test('name, zone and currency are saved', async () => {
    await go('general');
    await page.getByLabel('Name').fill('Harbour');
    await page.getByRole('combobox', { name: 'Currency' }).fill('EUR');
    await page.getByRole('option', { name: /^EUR/ }).click();
    await page.getByRole('combobox', { name: 'Time zone of reports' }).fill('Berlin');
    await page.getByRole('option', { name: 'Europe/Berlin' }).click();
    await button(page, 'Save').click();
    await page.getByText('Saved').waitFor();
    const { name, currency, time_zone } = await server.api.get('/api/v1/settings');
    assert.deepEqual(
      { name, currency, time_zone },
      { name: 'Harbour', currency: 'EUR', time_zone: 'Europe/Berlin' },
    );
  });

  await t.test('a public key comes with the code for pages', async () => {
    await go('keys');
    await button(page, 'New key').click();
    await dialog.getByLabel('Name').fill('Shop');
    await dialog.getByLabel('Report conversions from web pages').check();
    assert.ok(!(await dialog.getByLabel('Read links').isChecked()));
    await button(dialog, 'Create key').click();
    const key = await dialog.getByRole('region', { name: 'The key' }).textContent();
    assert.match(key, /^pub_/);
    const code = await dialog.getByRole('region', { name: 'Code for your pages' }).textContent();
    assert.ok(code.includes(key) && code.includes('/_t/convert'));
    await assertAccessible(page, 'a public key');
    await button(dialog, 'I have kept it').click();
    await row(page, 'API keys', 'Shop').getByText(key).waitFor();
  });

  await t.test('revoking asks', async () => {
    await button(page, 'Revoke Shop').click();
    await assertAccessible(page, 'a question');
    await button(dialog, 'Revoke').click();
    await row(page, 'API keys', 'Shop').waitFor({ state: 'detached' });
  });

  await t.test('a domain: refused, added, changed, removed', async () => {
    await go('domains');
    await button(page, 'Add domain').click();
    await dialog.getByLabel('Host').fill('nodot');
    await button(dialog, 'Add domain').click();
    assert.match(await refusalAt(dialog.getByLabel('Host')), /host name/);
    await dialog.getByLabel('Host').fill('go.example.com');
    await button(dialog, 'Add domain').click();
    await dialog.getByText('go.example.com is added').waitFor();
    await dialog.getByText('nginx', { exact: true }).click();
    await dialog.getByText('server_name go.example.com;').waitFor();
    await assertAccessible(page, 'what a domain needs');
    await button(dialog, 'Done').click();

    await button(page, 'Edit go.example.com').click();
    await dialog.getByLabel('Its front page leads to').fill('https://www.example.com/');
    await button(dialog, 'Save').click();
    await row(page, 'Domains', 'www.example.com').waitFor();
    const [domain] = (await server.api.get('/api/v1/domains')).data;
    assert.equal(domain.root_redirect, 'https://www.example.com/');

    await button(page, 'Remove go.example.com').click();
    await button(dialog, 'Remove').click();
    await page.getByText('Only the default domain').waitFor();
  });
  assert.deepEqual(trouble, []);
});

test('a webhook from its making to a replay', { timeout: 120000 }, async (t) => {
  const { page, go, trouble, server } = await begin(t);
  const dialog = page.getByRole('dialog');
  const receiver = await new Receiver(() => ({ status: 200, body: '{"thanks":true}' })).listen(t);
  await server.api.post('/api/v1/links', { destination: 'https://example.com/', prefix: 'a' });
  await server.untilAtEdge(1);

  await t.test('made, with its secret shown once', async () => {
    await go('webhooks');
    await button(page, 'New webhook').click();
    await dialog.getByLabel('Name').fill('Orders');
    await dialog.getByLabel('URL').fill('ftp://hooks.example');
    await button(dialog, 'Make webhook').click();
    assert.match(await refusalAt(dialog.getByLabel('URL')), /https?:/);
    await dialog.getByLabel('URL').fill(receiver.url);
    await button(dialog, 'Which clicks').click();
    await button(dialog, 'How it is sent').click();
    await assertAccessible(page, 'the form of a webhook');
    await button(dialog, 'Make webhook').click();
    const secret = await dialog.getByRole('region', { name: 'The secret' }).textContent();
    assert.match(secret, /^whsec_/);
    await button(dialog, 'I have kept it').click();
    await heading(page, 'Orders').waitFor();
    assert.ok(!(await page.content()).includes(secret));
  });

  await t.test('tested: the answer is shown', async () => {
    await button(page, 'Send a test').click();
    await dialog.getByText(/^Taken: 200/).waitFor();
    await dialog.getByText('"thanks": true').waitFor();
    await assertAccessible(page, 'a test');
    await button(dialog, 'Close').last().click();
  });

  await t.test('a click stands in the log of deliveries', async () => {
    await click(server, '/a');
    const made = row(page, 'Deliveries', 'link.clicked');
    await made.first().waitFor();
    await made.first().getByRole('button', { name: /^Open/ }).click();
    await made.first().getByText('"event": "link.clicked"').waitFor();
    await assertAccessible(page, 'a delivery');
  });

  await t.test('what a gone receiver leaves behind is sent again', async () => {
    receiver.answer = () => 410;
    await click(server, '/a');
    await page.getByText('Off: receiver gone').first().waitFor();
    const dead = row(page, 'Events that were given up', 'link.clicked');
    await dead.first().waitFor();
    await dead.first().getByRole('button', { name: /^Open/ }).click();
    await dead.first().getByText('"prefix": "a"').waitFor();
    await assertAccessible(page, 'a dead letter');
    receiver.answer = () => 204;
    await button(page, 'Switch on').click();
    await button(page, 'Switch off').waitFor();
    const before = receiver.requests.length;
    await button(page, 'Send a range again').click();
    await button(dialog, 'Send again').click();
    await page.getByText('On its way again').waitFor();
    await receiver.until(before + 1);
    await page.getByText('Nothing was given up').waitFor();
    await page.getByText('Working').first().waitFor();
  });

  await t.test('changed, given a new secret, and deleted', async () => {
    await button(page, 'Edit').click();
    await button(dialog, 'Which clicks').click();
    await dialog.getByRole('combobox', { name: 'Only these links' }).click();
    await page.getByRole('option', { name: /\/a$/ }).click();
    await page.keyboard.press('Escape');
    await button(dialog, 'Save').click();
    await page.getByText('Clicks of people, on one link').waitFor();

    await button(page, 'New secret').click();
    await button(dialog, 'Make a new secret').click();
    await dialog.getByRole('region', { name: 'The secret' }).waitFor();
    await button(dialog, 'I have kept it').click();
    await page.getByText('the old secret signs too until').waitFor();

    await button(page, 'Delete').click();
    await button(dialog, 'Delete').click();
    await page.getByText('Nobody is told yet').waitFor();
    assert.deepEqual((await server.api.get('/api/v1/webhooks')).data, []);
  });

  await t.test('a tool needs its key only', async () => {
    await button(page, 'New webhook').click();
    await dialog.getByRole('combobox', { name: 'Who receives it' }).click();
    await page.getByRole('option', { name: 'Segment' }).click();
    await dialog.getByLabel('Name').fill('Product analytics');
    await dialog.getByLabel('Write key of the source').fill('wk');
    await button(dialog, 'Make webhook').click();
    await heading(page, 'Product analytics').waitFor();
    await page.getByText('https://api.segment.io/v1/batch (Segment)').waitFor();
  });
  assert.deepEqual(trouble, []);
});

test('alerts and scheduled exports', { timeout: 120000 }, async (t) => {
  const { page, go, trouble, server } = await begin(t);
  const dialog = page.getByRole('dialog');

  await t.test('an alert: refused at its filter, made, changed, deleted', async () => {
    await go('alerts');
    await button(page, 'New alert').click();
    await dialog.getByLabel('Name').fill('Silent');
    await dialog.getByLabel('Silence').check();
    await dialog.getByLabel('Silent for').fill('6');
    await button(dialog, 'Which clicks').click();
    await button(dialog, 'Add a filter').click();
    await dialog.getByRole('combobox', { name: 'Filter by' }).click();
    await page.getByRole('option', { name: 'Country' }).click();
    const country = dialog.getByLabel('Country is');
    await country.fill('Germany');
    await button(dialog, 'Make alert').click();
    assert.match(await refusalAt(country), /two capital letters/);
    await assertAccessible(page, 'the form of an alert');
    await country.fill('DE');
    await button(dialog, 'Make alert').click();
    await heading(page, 'Silent').waitFor();
    await page.getByText('No click of a person for 6 hours, where country is DE').waitFor();
    const [alert] = (await server.api.get('/api/v1/alerts')).data;
    assert.deepEqual([alert.what, alert.hours, alert.filters], ['no_clicks', 6, { country: 'DE' }]);
    await assertAccessible(page, 'an alert');

    await button(page, 'Edit').click();
    await dialog.getByLabel('Silent for').fill('7');
    await button(dialog, 'Save').click();
    await page.getByText('No click of a person for 7 hours').waitFor();
    await button(page, 'Delete').click();
    await button(dialog, 'Delete').click();
    await page.getByText('Nothing is watched').waitFor();
  });

  await t.test('an export: made, its file is there', async () => {
    await go('exports');
    await button(page, 'New export').click();
    await dialog.getByLabel('Name').fill('Countries');
    await dialog.getByLabel('Counts by something').check();
    await dialog.getByRole('combobox', { name: 'By', exact: true }).click();
    await page.getByRole('option', { name: 'Country' }).click();
    await button(dialog, 'Which clicks, and how many files').click();
    await assertAccessible(page, 'the form of an export');
    await button(dialog, 'Make export').click();
    await heading(page, 'Countries').waitFor();
    const file = page.getByRole('link', { name: /^Download / });
    await file.first().waitFor();
    await assertAccessible(page, 'an export');
    const downloading = page.waitForEvent('download');
    await file.first().click();
    const download = await downloading;
    assert.match(download.suggestedFilename(), /\.csv$/);
    const [item] = (await server.api.get('/api/v1/exports')).data;
    assert.deepEqual([item.by, item.period], ['country', 'daily']);
  });

  await t.test('a bucket: refused at its field, tried, filled', async () => {
    const bucket = await new BucketServer().listen(t);
    const place = bucket.place('from/here');
    await button(page, 'Edit').click();
    await dialog.getByRole('switch').focus();
    await page.keyboard.press('Space');
    const endpoint = dialog.getByLabel('Endpoint');
    await endpoint.fill(`${place.endpoint}/more`);
    await dialog.getByLabel('Bucket', { exact: true }).fill(place.name);
    await dialog.getByLabel('Region').fill(place.region);
    await dialog.getByLabel('Folder').fill(place.prefix);
    await dialog.getByLabel('Access key id').fill(place.access_key_id);
    await dialog.getByLabel('Secret access key').fill(place.secret_access_key);
    await dialog.getByLabel('The bucket is named in the path').check();
    await button(dialog, 'Save').click();
    assert.notEqual(await refusalAt(endpoint), '');
    await endpoint.fill(place.endpoint);
    await assertAccessible(page, 'the fields of a bucket');
    await button(dialog, 'Save').click();
    await page.getByText(`${place.endpoint}/${place.name}/from/here`).waitFor();
    await button(page, 'Test the bucket').click();
    await dialog.getByText('Put: 200').waitFor();
    await dialog.getByText(/^Delete: 20/).waitFor();
    await assertAccessible(page, 'a test of a bucket');
    await button(dialog, 'Close').last().click();
    await page.getByText('in the bucket').first().waitFor();
    assert.equal(bucket.objects('from/here').size, 2); // the file and its manifest
    assert.ok(!(await page.content()).includes('secret_access_key'));
  });
  assert.deepEqual(trouble, []);
});

test('privacy and the state of the server', { timeout: 120000 }, async (t) => {
  const { page, context, go, trouble, server } = await begin(t);
  const dialog = page.getByRole('dialog');
  const link = await server.api.post('/api/v1/links', {
    destination: 'https://example.com/',
    prefix: 'gone',
  });
  await server.untilAtEdge(1);
  for (let i = 0; i < 3; ++i) await click(server, '/gone');
  await server.api.untilStored();
  const clicks = async () =>
    (await server.api.get('/api/v1/stats/summary', { range: 'all', traffic: 'all', link: link.id }))
      .clicks;
  assert.equal(await clicks(), 3);

  await t.test('a shorter retention is asked about', async () => {
    await go('privacy');
    await page.getByLabel('For so many days').check();
    await page.getByRole('textbox', { name: 'Days' }).fill('400');
    await button(page, 'Save').click();
    await dialog.getByText('are deleted within minutes').waitFor();
    await button(dialog, 'Delete and save').click();
    await page.getByText('Clicks are deleted when they are 400 days old').waitFor();
    assert.equal((await server.api.get('/api/v1/settings')).retention_days, 400);
  });

  await t.test('the cookie is off until it is switched on', async () => {
    const cookie = page.getByRole('switch');
    assert.ok(!(await cookie.isChecked()));
    await cookie.focus();
    await page.keyboard.press('Space');
    await page.getByText('One exception to none').waitFor();
    assert.equal((await server.api.get('/api/v1/settings')).experiment_cookie, true);
  });

  await t.test('erasing says what goes, asks, and says when it is done', async () => {
    // What was saved before is said where the list of links opens.
    await page.getByRole('alert').first().waitFor({ state: 'detached' });
    await page.getByRole('combobox', { name: 'Link', exact: true }).click();
    await page.getByRole('option', { name: /\/gone$/ }).click();
    await page.keyboard.press('Escape');
    await button(page, 'Erase …').click();
    await dialog.getByText('which has 3 clicks of people and bots').waitFor();
    await assertAccessible(page, 'the question before an erase');
    await button(dialog, 'Erase').click();
    await row(page, 'Erases', 'Done').waitFor();
    await row(page, 'Erases', '3 clicks found').waitFor();
    await until(async () => (await clicks()) === 0);
    await assertAccessible(page, 'an erase');
  });

  await t.test('a visitor who cannot be found is said at the field', async () => {
    await page.getByLabel('Of a visitor, by one of their clicks').check();
    await page.getByLabel('Click id').fill('nobody');
    await button(page, 'Erase …').click();
    await button(dialog, 'Erase').click();
    assert.match(await refusalAt(page.getByLabel('Click id')), /id of a click/);
  });

  await t.test('parts are those of /readyz', async () => {
    await go('system');
    const { parts } = await (await fetch(`${server.consoleUrl}/readyz`)).json();
    await page.getByText('Everything works').waitFor();
    const shown = page.getByRole('list', { name: 'Parts' }).getByRole('listitem');
    assert.equal(await shown.count(), parts.length);
    await page.getByText(/\d \w+ free of \d/).waitFor();
    await page.getByText(/^(Enough|Short)$/).waitFor();
    await page.getByText('leaves the last 67.1 MB to the log').waitFor();
  });

  await t.test('judging again reports before it changes', async () => {
    await button(page, 'See what would change').click();
    await page.getByText(/^0 of \d+ hits would change$/).waitFor();
    await button(page, 'Change them …').click();
    await dialog.getByText('Judge these clicks again?').waitFor();
    await button(dialog, 'Not now').click();
    await assertAccessible(page, 'a report');
  });

  await t.test('visitors read what is collected without a log-in', async () => {
    await context.clearCookies();
    await page.goto(`${server.consoleUrl}/privacy`);
    await heading(page, 'What our short links collect').waitFor();
    await page.getByRole('heading', { name: 'Your IP address' }).waitFor();
    // What the server is set to, and nothing that it may be set to.
    for (const text of ['It is not stored with the click.', 'change nothing here'])
      await page.getByText(text).waitFor();
    const { privacy } = await (await fetch(`${server.consoleUrl}/api/v1/meta`)).json();
    await page.getByText(`when they are ${privacy.workspace.retention_days} days old`).waitFor();
    assert.equal(await page.getByText(/operator/).count(), 0);
    await assertAccessible(page, 'the page for visitors');
  });
  assert.deepEqual(trouble, []);
});
