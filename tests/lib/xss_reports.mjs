// SPDX-License-Identifier: Apache-2.0
//
// What shops, ad managers and users report, by those who would rather run: the events of
// conversions, files of costs and impressions, addresses. What the rules of a field do not let
// through is refused by name.
import assert from 'node:assert/strict';

import { assertProblem } from './api.mjs';
import { kPassword } from './browser.mjs';
import { request } from './client.mjs';
import { each } from './xss_seed.mjs';

const bytes = (text) => Buffer.byteLength(text);
const cell = (text) => `"${text.replaceAll('"', '""')}"`;
const parted = (all, good) => [all.filter(good), all.filter((text) => !good(text))];

/** An address for the first admin, of as much as one may hold. Addresses are lower-case. */
export async function hostileEmail(server, all) {
  const token = new URL(await server.setupUrl()).searchParams.get('token');
  const [good, bad] = parted(all, (text) => !/[\0-\x20\x7f,;@]/.test(text));
  const refused = await each(bad, (text) => {
    const body = { token, email: `${text}@example.com`, password: kPassword };
    return server.api.call('POST', '/api/v1/setup', { body });
  });
  for (const answer of refused) assertProblem(answer, 422, 'bad_email', 'email');
  let name = '';
  for (const text of good.filter((one) => /^\S+$/.test(one)).filter((_, at) => at % 37 === 0))
    if (bytes(name + text) <= 240) name += text;
  return `${name.toLowerCase()}@example.com`;
}

/** Addresses that an alert mails to: as mail is addressed, so without what makes an element. */
export async function seedRecipients({ api }, all, alert) {
  const atoms = /^[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*$/;
  const [good, bad] = parted(all, (text) => atoms.test(text) && text.length <= 64);
  const patch = (recipients) =>
    api.call('PATCH', `/api/v1/alerts/${alert.id}`, { body: { recipients } });
  for (const answer of await each(bad, (text) => patch([`${text}@example.com`])))
    assertProblem(answer, 422, 'bad_email', 'recipients[0]');
  const { status, text } = await patch(good.slice(0, 20).map((name) => `${name}@example.com`));
  assert.equal(status, 200, text);
}

/** A conversion by each payload that an event may be, told to a webhook; gives those events. */
export async function seedConversions({ api, linksPort }, all, { hook, ids }) {
  const [events, long] = parted(all, (text) => bytes(text) <= 64);
  const webhook = await api.post('/api/v1/webhooks', {
    name: all[0],
    url: hook,
    events: ['conversion.created'],
    filter: { traffic: 'all' },
  });
  const tell = (event, at) =>
    api.call('POST', '/api/v1/conversions', {
      body: { click_id: ids[at % ids.length], event, value: 1, currency: 'EUR' },
    });
  for (const answer of await each(events, tell)) assert.equal(answer.status, 201, answer.text);
  for (const answer of await each(long, tell)) assertProblem(answer, 422, 'bad_event', 'event');
  // Pages, which anyone can open, may say less.
  const { key } = await api.post('/api/v1/keys', { name: all[1], scopes: ['convert:public'] });
  const loud = all.filter((text, at) => at % 9 === 0 && /[^\w.:-]/.test(text));
  for (const answer of await each(loud, (event) =>
    request({
      port: linksPort,
      method: 'POST',
      path: '/_t/convert',
      headers: { 'Content-Type': 'text/plain' },
      body: JSON.stringify({ key, click_id: ids[0], event }),
    }),
  ))
    assert.equal(answer.status, 422, answer.text);
  return { webhook, events };
}

/** What every link was shown and cost today, in files that name links by their paths. */
export async function seedFigures({ api }, all, { links, day }) {
  const enter = (what, raw) =>
    api.call('POST', `/api/v1/${what}`, { raw, headers: { 'Content-Type': 'text/csv' } });
  const pathOf = ({ prefix, token }) => `/${prefix}/${token.replaceAll('%', '%25')}`;
  for (const [what, column, value] of [
    ['impressions', 'impressions', 500],
    ['costs', 'amount', '12.50'],
  ]) {
    const lines = links.map((link) => `${cell(pathOf(link))},${day},${value}`);
    const entered = await enter(what, `link,day,${column}\n${lines.join('\n')}\n`);
    assert.deepEqual([entered.status, entered.json], [200, { entries: links.length }]);
    const some = all.filter((_, at) => at % 9 === 0);
    for (const answer of await each(some, (text) => enter(what, `link,day,${cell(text)}\n`)))
      assertProblem(answer, 400, 'bad_header');
    for (const at of [0, 1, 2]) {
      const cells = (text) => ['/p/t', day, value].with(at, cell(text)).join(',');
      const refused = await enter(what, `link,day,${column}\n${some.map(cells).join('\n')}\n`);
      assertProblem(refused, 422, 'invalid_items');
    }
  }
}

/** Files of impressions whose head, and then whose every cell, is something else. */
export function hostileFiles(all, day) {
  const lines = all.slice(0, 60).map((text) => `${cell(text)},${day},${cell(text)}`);
  return [`link,day,${cell(all[0])}\n`, `link,day,impressions\n${lines.join('\n')}\n`];
}
