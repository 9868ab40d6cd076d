// SPDX-License-Identifier: Apache-2.0
//
// Text of strangers stays text. More than a thousand payloads (lib/xss_payloads.mjs) stand wherever
// text comes in (lib/xss_seed.mjs), and every page that shows some of it is opened in a browser that
// does not enforce the content security policy: what escapes would run, not just be refused. It then
// calls tmXss, opens a dialog, asks another host or leaves an element behind that a page of ours
// does not have. Some pages are opened again under the policy, which must have nothing to refuse.
import assert from 'node:assert/strict';
import path from 'node:path';
import test from 'node:test';

import { kPerson, settled, setUp } from '../lib/browser.mjs';
import { request } from '../lib/client.mjs';
import { sendAll } from '../lib/load.mjs';
import { Receiver } from '../lib/receiver.mjs';
import { kRoot, startServer } from '../lib/server.mjs';
import { SmtpSink } from '../lib/smtp.mjs';
import { names, payloads } from '../lib/xss_payloads.mjs';
import {
  hostileEmail,
  hostileFiles,
  seedConversions,
  seedFigures,
  seedRecipients,
} from '../lib/xss_reports.mjs';
import { addressOf, importClicks, seedClicks, seedLinks, seedSettings } from '../lib/xss_seed.mjs';
import { strangers, textOf, watched } from '../lib/xss_watch.mjs';

const all = payloads();
const today = '?range=24h&traffic=all';
const kOutside = ['Region', 'Channel', 'Source', 'Referring page', 'Campaign', 'Content'].concat([
  'Tag (?src=)',
  'Link tag',
  'Browser',
  'Link',
]);
const filterText = (text) => text.replace(/[\\,]/g, '\\$&').replace(/^!/, '\\!');

test('text of strangers stays text', { timeout: 480000 }, async (t) => {
  assert.ok(all.length >= 1000);
  const sink = await SmtpSink.start(t);
  const hostile = all.slice(0, 12).join('\n');
  const answering = (status) =>
    new Receiver(() => ({
      status,
      headers: { 'Content-Type': 'text/html', 'X-Why': '<img src=x onerror=tmXss(1)>' },
      body: hostile,
    })).listen(t);
  const receiver = await answering(400);
  const told = await answering(200);
  const server = await startServer(t, {
    settings: {
      'console.root': path.join(kRoot, 'web/dist'),
      'webhooks.allow': '127.0.0.1/32',
      'mail.smtp_url': `smtp://127.0.0.1:${sink.port}`,
      'mail.from': 'stats@example.com',
    },
  });
  const { api } = server;
  const { page, context, ran, trouble } = await watched(t, server, { bypassCSP: true });
  const email = await hostileEmail(server, all);
  await setUp(page, server, undefined, email);
  const { links, any, gates } = await seedLinks(server, all);
  // Costs are shown in days of the workspace; zones have more than one name.
  const zone = await page.evaluate(() => Intl.DateTimeFormat().resolvedOptions().timeZone);
  const seeded = await seedSettings(server, all, { hook: receiver.url, links, zone });
  await server.untilAtEdge(links.length + 1);
  const { clicks, ids } = await seedClicks(server, all);
  await importClicks(server, all);
  await api.untilStored();
  const day = new Date().toLocaleDateString('sv', { timeZone: zone });
  await seedRecipients(server, all, seeded.other);
  await seedFigures(server, all, { links, day });
  const { webhook, events } = await seedConversions(server, all, { hook: told.url, ids });

  // Lists as long as the API gives them.
  await context.route(/\/api\/v1\/(stats\/breakdowns?|clicks|links)\?/, (route) => {
    const url = new URL(route.request().url());
    const most = { breakdowns: 100, links: 200 }[url.pathname.split('/').at(-1)] ?? 1000;
    if (url.searchParams.has('limit')) url.searchParams.set('limit', most);
    return route.continue({ url: url.href });
  });
  const seen = new Set();
  const missing = (text, of) => of.filter((one) => !text.includes(one));
  const look = async (what, { least = 0 } = {}) => {
    const text = await textOf(page);
    const here = all.filter((one) => text.includes(one));
    here.forEach((one) => seen.add(one));
    assert.deepEqual(await strangers(page), [], what);
    assert.deepEqual(ran, [], what);
    assert.deepEqual(
      trouble.filter((line) => !/Failed to load resource/.test(line)),
      [],
      what,
    );
    assert.ok(here.length >= least, `${what} shows ${here.length} of ${least} payloads`);
    return text;
  };
  const go = async (to, on = page) => {
    await on.goto(server.consoleUrl + to);
    await on.getByRole('heading', { level: 1 }).first().waitFor();
    await settled(on);
  };

  await t.test('a payload that is let through is noticed', async () => {
    const control = await context.newPage();
    await control.setContent(`<img src=x onerror="tmXss(7)"><a href=" javascript:tmXss(8)">x</a>`);
    await control.waitForFunction(() => document.images[0].complete);
    for (let i = 0; ran.length === 0 && i < 100; ++i) await control.waitForTimeout(10);
    assert.deepEqual(ran.splice(0), [7]);
    assert.equal((await strangers(control)).length, 2);
    await control.close();
  });

  await t.test('filters and paths out of the address', async () => {
    await go('/');
    const fields = ['source', 'medium', 'campaign', 'content', 'term', 'src', 'token', 'referrer'];
    const addresses = [];
    for (let at = 0; at < all.length; at += 4 * fields.length) {
      const query = new URLSearchParams();
      fields.forEach((field, i) => {
        const texts = all.slice(at + 4 * i, at + 4 * i + 4).map(filterText);
        if (texts.length > 0) query.set(field, texts.join(','));
      });
      addresses.push(`/?${query}&${encodeURIComponent(all[at])}=1#${encodeURI(all[at])}`);
    }
    const chips = await page.evaluate(async (all) => {
      const texts = [];
      for (const address of all) {
        history.pushState(null, '', address);
        await new Promise((resolve) => setTimeout(resolve, 40));
        texts.push(document.querySelector('ul[aria-label=Filters]').textContent);
      }
      return texts.join('\n');
    }, addresses);
    assert.deepEqual(missing(chips, all), []);
    await look('chips');

    const named = ['channel', 'device', 'outcome', 'traffic', 'in_app', 'country', 'link', 'tag'];
    const paths = ['/', '/links/', '/settings/', '/experiments/', '/links?tag=', '/setup?token='];
    for (const text of names) {
      const query = new URLSearchParams(named.map((field) => [field, text]));
      await page.evaluate((address) => history.pushState(null, '', address), `/?${query}`);
      const list = page.getByRole('list', { name: 'Filters' });
      await list.filter({ hasText: /Channel/ }).waitFor();
    }
    await look('names of properties');
    for (const text of all.filter((_, at) => at % 40 === 0))
      for (const before of paths) {
        const to = before + encodeURIComponent(text);
        await page.evaluate((address) => history.pushState(null, '', address), to);
      }
    await look('paths');
  });

  await t.test('the list of links', async () => {
    await go('/links');
    const titles = new Set();
    for (let at = 0; at < links.length + 4;) {
      const rows = page.locator('[data-row]');
      await page.locator(`[data-row="${Math.min(at, links.length + 3)}"]`).waitFor();
      for (const text of await rows.evaluateAll((nodes) =>
        nodes.map((node) => node.closest('[role=row]').textContent),
      ))
        titles.add(text);
      at = Number(await rows.last().getAttribute('data-row')) + 1;
      await rows.last().evaluate((node) => node.scrollIntoView());
      if (titles.size % 5 === 0) await look('rows');
    }
    const text = [...titles].join('\n');
    all.filter((one) => text.includes(one)).forEach((one) => seen.add(one));
    assert.deepEqual(missing(text, all), []);
    await go(`/links?q=${encodeURIComponent(all[3])}&tag=${encodeURIComponent(all[3])}`);
    await look('a search');
  });

  await t.test('a link with all clicks, each opened', async () => {
    await go(`/links/${any.id}${today}&imported=false`);
    const recent = page.getByRole('region', { name: 'Recent clicks' });
    await recent.getByRole('button', { expanded: false }).first().waitFor();
    await recent.getByRole('button', { name: 'Show more' }).click();
    await recent
      .getByRole('row')
      .nth(clicks.length / 2)
      .waitFor();
    await recent.evaluate((node) =>
      node.querySelectorAll('th button').forEach((button) => button.click()),
    );
    const text = await look('raw clicks');
    assert.deepEqual(missing(text, all), []);
  });
  await t.test('overview, by all that comes from outside', async () => {
    await go(`/${today}`);
    for (const name of kOutside) {
      await page.getByRole('tab', { name, exact: true }).click();
      const table = page.getByRole('table', { name: `Clicks by ${name}`, exact: true });
      await table.getByRole('row').nth(100).waitFor();
      await look(name, { least: 80 });
    }
    await page.getByRole('button', { name: 'Link tag: show all' }).click();
    await page.getByRole('dialog').getByRole('row').nth(100).waitFor();
    await look('all rows of a card', { least: 80 });
  });

  await t.test('a link in its form, and its QR code', async () => {
    await go(`/links/${links[5].id}`);
    await page.getByRole('button', { name: 'Edit' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Destination').first().waitFor();
    await dialog.evaluate((node) =>
      node.querySelectorAll('button[aria-expanded=false]').forEach((button) => button.click()),
    );
    await look('the form', { least: 12 });
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'QR code' }).click();
    await page.getByRole('img', { name: /^QR code of/ }).waitFor();
    await look('the designer');
    await page.keyboard.press('Escape');
    const edited = await page.evaluate(async (address) => {
      const [method, body] = ['PATCH', JSON.stringify({ append_click_id: true })];
      const headers = { 'Content-Type': 'application/json' };
      return (await fetch(address, { method, body, headers })).status;
    }, `/api/v1/links/${links[5].id}`);
    assert.equal(edited, 200);
    await page.getByRole('button', { name: 'Account and appearance' }).click();
    await page.getByRole('menu').getByText(email).waitFor();
    await look('who is logged in');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'History' }).click();
    await page.getByRole('dialog').getByText(email).waitFor();
    await look('who changed it', { least: 12 });
    for (const { id } of links.filter((_, at) => at % 20 === 0)) {
      const svg = await api.call('GET', `/api/v1/links/${id}/qr.svg`);
      assert.match(svg.headers['content-security-policy'], /default-src 'none'/);
      assert.doesNotMatch(svg.text, /tmXss|script|\son/i);
    }
  });

  await t.test('side by side, with the tip of the chart', async () => {
    const some = all.filter((_, at) => at % 120 === 7).slice(0, 8);
    for (const [by, values] of [
      ['campaign', some],
      ['channel', some],
      ['link', links.slice(0, 6).map(({ id }) => id)],
    ]) {
      const query = new URLSearchParams({ by, range: '7d', traffic: 'all' });
      values.forEach((value) => query.append('value', value));
      await go(`/compare?${query}`);
      if (by !== 'channel') {
        await page.locator('main svg[width]').last().hover({ force: true });
        await page.locator('.tm-tip-head').first().waitFor();
      }
      await page.getByText(/€\d/).first().waitFor();
      await look(`compared by ${by}`, { least: 6 });
    }
  });

  await t.test('figures as they are entered', async () => {
    await go(`/compare?by=variant&of=${links[0].id}`);
    await page.getByRole('button', { name: 'Impressions and costs' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('rowheader', { name: day }).waitFor();
    await look('figures of a link', { least: 1 });
    await dialog.getByRole('tab', { name: 'CSV' }).click();
    for (const file of hostileFiles(all, day)) {
      await dialog.getByRole('textbox', { name: 'CSV' }).fill(file);
      await dialog.getByRole('button', { name: 'Enter', exact: true }).click();
      await dialog.getByText(/there is no column|Line 21/).waitFor();
      await look('a refused file', { least: 1 });
    }
  });

  await t.test('experiments, the live page', async () => {
    await go('/experiments');
    await look('experiments', { least: 60 });
    await go(`/experiments/${seeded.experiment.id}`);
    await look('an experiment', { least: 3 });
    await page.goto(`${server.consoleUrl}/live?traffic=all`);
    await page.getByRole('list', { name: 'Clicks, newest first' }).waitFor();
    await request({ port: server.linksPort, ...clicks[20] });
    await look('live', { least: 20 });
  });

  await t.test('settings', async () => {
    await api.call('POST', `/api/v1/webhooks/${seeded.webhook.id}/test`);
    await api.call('POST', '/api/v1/links', { body: { destination: 'https://shop.example/' } });
    await receiver.until(2);
    for (const [to, least] of [
      ['general', 1],
      ['keys', 300],
      ['domains', 1],
      ['webhooks', 80],
      ['alerts', 60],
      ['exports', 60],
      ['privacy', 0],
      ['system', 0],
      [`alerts/${seeded.alert.id}`, 3],
      [`exports/${seeded.file.id}`, 3],
    ]) {
      await go(`/settings/${to}`);
      await look(`settings/${to}`, { least });
    }
    await go(`/settings/webhooks/${seeded.webhook.id}`);
    const deliveries = page.getByRole('list', { name: 'Deliveries', exact: true });
    await deliveries.getByRole('button', { name: /^Open/ }).first().click();
    await page.getByLabel('What was answered').waitFor();
    await look('what a receiver answered', { least: 12 });

    await told.until(events.length);
    await go(`/settings/webhooks/${webhook.id}`);
    await deliveries.getByRole('button', { name: /^Open/ }).first().waitFor();
    await deliveries.evaluate((node) =>
      node.querySelectorAll('button[aria-expanded=false]').forEach((button) => button.click()),
    );
    const sent = await look('conversions that were told of');
    assert.ok(events.filter((event) => sent.includes(JSON.stringify(event))).length > 15);
  });

  await t.test('files that are read in the browser', async () => {
    await go('/links/import');
    const cell = (text) => `"${text.replaceAll('"', '""')}"`;
    const lines = all.slice(0, 200).map((text) => [text, text, text].map(cell).join(','));
    await page
      .locator('input[type=file]')
      .first()
      .setInputFiles({
        name: '<img src=x onerror=tmXss(1)>.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from(`${cell(all[0])},destination,title\n${lines.join('\n')}\n`),
      });
    await page.getByText(/200/).first().waitFor();
    await look('a file of links', { least: 1 });
  });

  await t.test('every payload was on screen', () => {
    assert.deepEqual(
      all.filter((text) => !seen.has(text)),
      [],
    );
  });

  await t.test('pages that visitors see', async () => {
    const bot = 'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)';
    const asked = links.flatMap(({ short_url }, at) => {
      const at_path = new URL(short_url).pathname;
      return [
        { path: at_path, agent: bot, title: all[(at + 9) % all.length] },
        at % 2
          ? { path: `${at_path}+`, agent: kPerson, title: all[at] }
          : { path: at_path, agent: kPerson, title: all[at] },
      ];
    });
    asked.push(
      ...gates.map(({ short_url, title }) => ({ path: new URL(short_url).pathname, title })),
      ...all.map((text) => ({ path: `/${encodeURIComponent(text)}`, title: 'Link not found' })),
    );
    await sendAll({
      port: server.linksPort,
      connections: 4,
      requests: asked.map((one, at) => {
        // Nobody guesses: each is someone else.
        const headers = { 'User-Agent': one.agent ?? kPerson, 'X-Forwarded-For': addressOf(at) };
        return Object.assign(one, { headers });
      }),
      onAnswer: (one, answer) => {
        one.html = answer.text;
        assert.match(
          answer.headers['content-security-policy'] ?? '',
          /default-src 'none'/,
          `${one.path} ${answer.status}`,
        );
      },
    });
    await page.goto('about:blank');
    for (let at = 0; at < asked.length; at += 200) {
      // Our own script would lead away.
      const some = asked.slice(at, at + 200).map(({ html, title }) => ({
        title,
        html: html.replace(/<script>\(function[^<]*<\/script><\/main>/, ''),
      }));
      const wrong = await page.evaluate(async (pages) => {
        // All are parsed; a third are also opened, which is dear and where a script would run.
        const documents = pages.map(({ html }, i) => {
          if (i % 3 > 0) return new DOMParser().parseFromString(html, 'text/html');
          const frame = document.createElement('iframe');
          frame.srcdoc = html;
          document.body.append(frame);
          return new Promise((resolve) => (frame.onload = () => resolve(frame.contentDocument)));
        });
        const told = [];
        for (const [i, { body, title }] of (await Promise.all(documents)).entries()) {
          const odd = body.querySelectorAll(
            'script,img,svg,iframe,object,embed,style,template,math',
          );
          if (odd.length > 0 || body.querySelector('h1').textContent !== pages[i].title)
            told.push([pages[i].title, title, body.innerHTML]);
        }
        document.body.replaceChildren();
        return told;
      }, some);
      assert.deepEqual(wrong, []);
    }
    assert.deepEqual(ran, []);
  });

  await t.test('mail and files', async () => {
    await api.call('POST', `/api/v1/alerts/${seeded.alert.id}/test`);
    const [mail] = await sink.until(1);
    assert.match(mail.headers['content-type'], /^text\/plain/);
    assert.equal(mail.headers.subject, `Test: ${seeded.alert.name}`);
    for (const format of ['csv', 'ndjson']) {
      const query = { range: '24h', traffic: 'all' };
      const file = await api.call('GET', `/api/v1/export.${format}`, { query });
      assert.match(file.headers['content-disposition'], /^attachment/);
      assert.equal(file.headers['x-content-type-options'], 'nosniff');
      assert.doesNotMatch(file.headers['content-type'], /html|svg|xml/);
      if (format !== 'csv') continue;
      const found = file.text.matchAll(/("(?:[^"]|"")*"|[^",\r\n]*)(?:,|\r\n)/g);
      const cells = Array.from(found, ([, cell]) => cell);
      const run = cells.filter((cell) => /^"?[=+@-]/.test(cell));
      assert.ok(cells.length > 40 * all.length);
      assert.deepEqual(run.slice(0, 9), []);
    }
  });

  await t.test('the policy has nothing to refuse', async () => {
    const strict = await watched(t, server, { storageState: await context.storageState() });
    for (const to of [`/${today}`, `/links/${links[9].id}${today}`, '/links', '/settings/keys']) {
      await go(to, strict.page);
      assert.deepEqual(strict.ran, []);
    }
    const markup = () =>
      document.body.insertAdjacentHTML('beforeend', '<img src="/x" onerror="tmXss(9)">');
    await assert.rejects(strict.page.evaluate(markup), /requires 'TrustedHTML'/);
    for (let i = 0; strict.ran.length === 0 && i < 100; ++i) await strict.page.waitForTimeout(10);
    assert.match(String(strict.ran), /^refused: require-trusted-types-for/);
  });
});
