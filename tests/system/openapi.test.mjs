// SPDX-License-Identifier: Apache-2.0
//
// The contract and the server are the same: the served openapi.json is the file in the sources,
// every path and method in it exists, every answer, good or bad, has the shape that it promises for
// that status, and nothing else is served.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';

import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

import { Api } from '../lib/api.mjs';
import { request } from '../lib/client.mjs';
import { makePng } from '../lib/png.mjs';
import { kRoot, sleep, startServer } from '../lib/server.mjs';

const kDocument = JSON.parse(fs.readFileSync(path.join(kRoot, 'src/api/openapi.json'), 'utf8'));
const kToday = new Date().toISOString().slice(0, 10);
const kMethods = ['get', 'put', 'post', 'delete', 'patch', 'head', 'options'];

const ajv = new Ajv2020.default({ strict: false, allErrors: true });
addFormats.default(ajv);
ajv.addSchema(kDocument, 'openapi');

const escapePointer = (text) =>
  encodeURIComponent(text.replaceAll('~', '~0').replaceAll('/', '~1'));

function resolve(node) {
  if (!node?.$ref) return node;
  return node.$ref
    .slice(2)
    .split('/')
    .reduce((at, name) => at[name], kDocument);
}

// Judges an answer by what the document promises for that operation and status.
function judge(operationPath, method, answer) {
  const what = `${method.toUpperCase()} ${operationPath} -> ${answer.status} ${answer.text.slice(0, 300)}`;
  const operation = kDocument.paths[operationPath][method];
  const status = String(answer.status);
  const key = status in operation.responses ? status : 'default';
  assert.ok(key in operation.responses, `${what}: status is not in the document`);
  const response = resolve(operation.responses[key]);
  for (const [name, header] of Object.entries(response.headers ?? {})) {
    if (resolve(header).required)
      assert.ok(name.toLowerCase() in answer.headers, `${what}: no ${name}`);
  }
  assert.ok('x-request-id' in answer.headers, `${what}: no X-Request-Id`);
  if (!response.content) {
    assert.equal(answer.text, '', `${what}: should have no body`);
    return;
  }
  const type = (answer.headers['content-type'] ?? '').split(';')[0].trim();
  assert.ok(type in response.content, `${what}: content type ${type}`);
  if (!answer.json) return;
  const pointer = response.content[type].schema.$ref;
  const validate = pointer
    ? ajv.getSchema(`openapi${pointer}`)
    : ajv.compile(response.content[type].schema);
  assert.ok(validate, `${what}: schema ${pointer}`);
  assert.ok(validate(answer.json), `${what}: ${JSON.stringify(validate.errors?.slice(0, 3))}`);
}

test('the document is sound', async () => {
  assert.match(kDocument.openapi, /^3\.1\./);
  for (const name of Object.keys(kDocument.components.schemas)) {
    assert.ok(ajv.getSchema(`openapi#/components/schemas/${escapePointer(name)}`), name);
  }
  const ids = Object.values(kDocument.paths).flatMap((item) =>
    kMethods.filter((method) => item[method]).map((method) => item[method].operationId),
  );
  assert.equal(new Set(ids).size, ids.length, 'operationIds are unique');
  const used = JSON.stringify(kDocument);
  for (const [kind, members] of Object.entries(kDocument.components)) {
    for (const name of Object.keys(members)) {
      if (kind === 'securitySchemes') continue;
      assert.ok(used.includes(`#/components/${kind}/${name}"`), `${kind}/${name} is not used`);
    }
  }
});

test('examples fit their schemas', () => {
  let checked = 0;
  const look = (node, trail) => {
    if (!node || typeof node !== 'object') return;
    if (node.schema?.$ref && node.example !== undefined) {
      const validate = ajv.getSchema(`openapi${node.schema.$ref}`);
      assert.ok(validate(node.example), `${trail}: ${JSON.stringify(validate.errors)}`);
      checked += 1;
    }
    for (const [name, child] of Object.entries(node)) look(child, `${trail}/${name}`);
  };
  look(kDocument.paths, '');
  assert.ok(checked >= 10, `only ${checked} examples`);
});

test('every answer has the promised shape', { timeout: 120000 }, async (t) => {
  const server = await startServer(t);
  const { api } = server;
  const nobody = new Api({ port: server.consolePort });
  const origin = new Api({ port: server.consolePort, origin: server.consoleUrl });
  const seen = new Set();
  const call = async (who, method, template, options = {}) => {
    const { id, of, ...rest } = options;
    const path = template
      .replace('{id}', id ?? '')
      .replace('{of}', of ?? '')
      .replace('{day}', kToday);
    const answer = await who.call(method.toUpperCase(), path, rest);
    seen.add(`${method} ${template}`);
    judge(template, method, answer);
    return answer;
  };
  const expect = async (status, ...rest) => {
    const answer = await call(...rest);
    assert.equal(answer.status, status, `${rest[1]} ${rest[2]}: ${answer.text}`);
    return answer.json;
  };

  const served = await expect(200, nobody, 'get', '/api/v1/openapi.json');
  assert.deepEqual(served, kDocument, 'the served document is the one in the sources');
  for (const open of ['/healthz', '/readyz', '/metrics', '/api/v1/meta', '/api/v1/setup']) {
    await expect(200, nobody, 'get', open);
    await expect(400, nobody, 'get', open, { query: { nonsense: 1 } });
  }

  const links = '/api/v1/links';
  const link = '/api/v1/links/{id}';
  const made = await expect(201, api, 'post', links, {
    body: { destination: 'https://example.com/', prefix: 'a' },
  });
  await expect(409, api, 'post', links, {
    body: { destination: 'https://example.com/', prefix: 'a' },
  });
  await expect(422, api, 'post', links, { body: { destination: 'ftp://example.com/' } });
  await expect(400, api, 'post', links, { raw: '{' });
  await expect(413, api, 'post', links, { raw: `{"destination":"${'x'.repeat(1100000)}"}` });
  await expect(415, api, 'post', links, { raw: '{}', headers: { 'Content-Type': 'text/plain' } });
  await expect(401, nobody, 'post', links, { body: {} });
  await expect(200, api, 'get', links);
  for (const state of ['active', 'expired', 'scheduled', 'disabled'])
    assert.equal(
      (await expect(200, api, 'get', links, { query: { state, count: true } })).total,
      state === 'active' ? 1 : 0,
    );
  for (const query of [{ sort: 'x' }, { state: 'x' }, { count: 'x' }])
    await expect(400, api, 'get', links, { query });
  await expect(401, nobody, 'get', links);
  await expect(200, api, 'get', link, { id: made.id });
  await expect(404, api, 'get', link, { id: 'lnk_9999' });
  await expect(200, api, 'patch', link, { id: made.id, body: { title: 'x' } });
  await expect(200, api, 'patch', link, {
    id: made.id,
    raw: '{"title":null}',
    headers: { 'Content-Type': 'application/merge-patch+json' },
  });
  await expect(422, api, 'patch', link, { id: made.id, body: { nonsense: 1 } });
  await expect(404, api, 'patch', link, { id: 'lnk_9999', body: {} });
  const history = `${link}/history`;
  await expect(200, api, 'get', history, { id: made.id, query: { limit: 1 } });
  await expect(400, api, 'get', history, { id: made.id, query: { cursor: 'x' } });
  await expect(401, nobody, 'get', history, { id: made.id });
  await expect(404, api, 'get', history, { id: 'lnk_9999' });

  const again = '/api/v1/traffic/reclassify';
  const range = { from: '2027-01-01T00:00:00Z', to: '2027-02-01T00:00:00Z', dry_run: true };
  const job = await expect(202, api, 'post', again, { body: range });
  await expect(422, api, 'post', again, { body: { from: range.from } });
  await expect(401, nobody, 'post', again, { body: range });
  await expect(200, api, 'get', `${again}/{id}`, { id: job.id });
  await expect(404, api, 'get', `${again}/{id}`, { id: 'rcl_99' });

  const erase = '/api/v1/erase';
  const erased = await expect(202, api, 'post', erase, { body: { link: 'lnk_9999' } });
  await expect(422, api, 'post', erase, { body: {} });
  await expect(422, api, 'post', erase, { body: { visitor: { click_id: '0'.repeat(26) } } });
  await expect(400, api, 'post', erase, { raw: '{' });
  await expect(401, nobody, 'post', erase, { body: { link: 'lnk_9999' } });
  await expect(200, api, 'get', erase);
  await expect(401, nobody, 'get', erase);
  await expect(200, api, 'get', `${erase}/{id}`, { id: erased.id });
  await expect(404, api, 'get', `${erase}/{id}`, { id: 'ers_99' });
  await expect(401, nobody, 'get', `${erase}/{id}`, { id: erased.id });

  const logo = makePng(8, 8, () => [255, 0, 0, 255]);
  for (const format of ['svg', 'png']) {
    const qr = `${link}/qr.${format}`;
    const { id } = made;
    const headers = { 'Content-Type': 'image/png' };
    const picture = await call(api, 'get', qr, { id, query: { size: 300, download: 1 } });
    assert.equal(picture.status, 200);
    const known = { 'If-None-Match': picture.headers.etag };
    await expect(304, api, 'get', qr, { id, query: { size: 300 }, headers: known });
    await expect(400, api, 'get', qr, { id, query: { size: 1 } });
    await expect(422, api, 'get', qr, { id, query: { color: '#fff' } });
    await expect(404, api, 'get', qr, { id: 'lnk_9999' });
    await expect(401, nobody, 'get', qr, { id });
    await expect(200, api, 'post', qr, { id, raw: logo, headers });
    await expect(422, api, 'post', qr, { id, raw: logo.subarray(1), headers });
    await expect(413, api, 'post', qr, { id, raw: Buffer.alloc(300000), headers });
    await expect(415, api, 'post', qr, { id, raw: '{}' });
    await expect(401, nobody, 'post', qr, { id, raw: logo, headers });
  }

  const everything = {
    destination: 'https://example.com/{token}?c={click_id}',
    prefix: 'full',
    token: ':token',
    ios: { url: 'https://example.com/app', store_url: 'itms-apps://apps.example/1' },
    rules: [
      {
        if: {
          platform: ['ios'],
          device: ['tablet'],
          country: ['DE'],
          region: ['BY'],
          language: ['de'],
          time: { weekdays: [1, 7], from: '22:00', to: '24:00', tz: 'Europe/Berlin' },
          query: { name: 'a', value: 'b' },
        },
        destination: 'https://example.com/de',
      },
    ],
    variants: [{ name: 'a', weight: 2, destination: 'https://example.com/a' }],
    og: { title: 'T' },
    password: 'open sesame',
    click_limit: 5,
    status: 307,
    privacy: 'do_not_record',
  };
  await expect(201, api, 'post', links, { body: everything });
  await expect(200, api, 'get', links);
  const bulk = '/api/v1/links/bulk';
  const one = { links: [{ destination: 'https://example.com/1' }] };
  await expect(201, api, 'post', bulk, { body: one });
  await expect(422, api, 'post', bulk, { body: { links: [{}, everything] } });
  await expect(422, api, 'post', bulk, { body: { links: [] } });
  await expect(400, api, 'post', bulk, { raw: '[' });
  await expect(401, nobody, 'post', bulk, { body: one });

  const domains = '/api/v1/domains';
  const domain = '/api/v1/domains/{id}';
  const added = await expect(201, api, 'post', domains, { body: { host: 'b.example' } });
  await expect(409, api, 'post', domains, { body: { host: 'B.example' } });
  await expect(422, api, 'post', domains, { body: { host: 'no host' } });
  await expect(200, api, 'get', domains);
  await expect(401, nobody, 'get', domains);
  await expect(200, api, 'get', domain, { id: added.id });
  await expect(404, api, 'get', domain, { id: 'dom_99' });
  await expect(200, api, 'patch', domain, {
    id: added.id,
    body: { root_redirect: 'https://www.b.example/' },
  });
  await expect(422, api, 'patch', domain, { id: added.id, body: { host: 'c.example' } });
  await expect(204, api, 'delete', domain, { id: added.id });
  await expect(404, api, 'delete', domain, { id: added.id });

  const settings = '/api/v1/settings';
  await expect(200, api, 'get', settings);
  await expect(200, api, 'patch', settings, { body: { currency: 'EUR' } });
  await expect(422, api, 'patch', settings, { body: { currency: 'euro' } });
  await expect(200, api, 'patch', settings, { body: { retention_days: 36525 } });
  await expect(422, api, 'patch', settings, { body: { retention_days: 0 } });
  await expect(200, api, 'patch', settings, { body: { retention_days: null } });
  await expect(401, nobody, 'get', settings);
  for (const [path, value] of [
    ['/api/v1/impressions', { impressions: 9 }],
    ['/api/v1/costs', { amount: '1.50' }],
  ]) {
    const file = { headers: { 'Content-Type': 'text/csv' } };
    const name = Object.keys(value)[0];
    const figure = { link_id: made.id, day: kToday, ...value };
    await expect(200, api, 'post', path, { body: { entries: [figure] } });
    await expect(422, api, 'post', path, { body: { entries: [figure, figure] } });
    await expect(200, api, 'post', path, { raw: `link,day,${name}\n/a,${kToday},2\n`, ...file });
    await expect(422, api, 'post', path, { raw: `link,day,${name}\n/b,${kToday},2\n`, ...file });
    await expect(400, api, 'post', path, { raw: 'link', ...file });
    await expect(415, api, 'post', path, { raw: 'x', headers: { 'Content-Type': 'text/plain' } });
    await expect(401, nobody, 'post', path, { body: {} });
    await expect(200, api, 'get', path);
    await expect(400, api, 'get', path, { query: { from: 'x' } });
    await expect(404, api, 'delete', `${path}/{id}/{day}`, { id: 'lnk_9999' });
  }
  await expect(409, api, 'patch', settings, { body: { currency: null } });

  await server.untilAtEdge(3);
  for (const path of [`/a?utm_source=x`, '/a', '/nothing']) {
    await request({
      port: server.linksPort,
      path,
      headers: {
        'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0',
        'X-Forwarded-For': '93.184.216.34',
        Referer: 'https://www.google.com/x?y',
      },
    });
  }
  await api.untilStored();
  for (const traffic of ['human', 'bot', 'all']) {
    await expect(200, api, 'get', '/api/v1/stats/summary', { query: { traffic } });
    await expect(200, api, 'get', '/api/v1/stats/summary', { query: { traffic, range: 'all' } });
    await expect(200, api, 'get', '/api/v1/stats/timeseries', {
      query: { traffic, by: 'country' },
    });
    await expect(200, api, 'get', '/api/v1/stats/breakdowns', {
      query: { traffic, by: 'link,country,screen' },
    });
    await expect(200, api, 'get', '/api/v1/stats/heatmap', { query: { traffic } });
    await expect(200, api, 'get', '/api/v1/stats/heatmap', {
      query: { traffic, clock: 'visitor' },
    });
    await expect(200, api, 'get', '/api/v1/stats/velocity', { query: { traffic } });
    await expect(200, api, 'get', '/api/v1/stats/channels', { query: { traffic } });
    await expect(200, api, 'get', '/api/v1/clicks', { query: { traffic } });
    for (const ending of ['csv', 'ndjson', 'parquet']) {
      await expect(200, api, 'get', `/api/v1/export.${ending}`, { query: { traffic } });
      await expect(200, api, 'get', `/api/v1/export.${ending}`, { query: { traffic, by: 'os' } });
    }
    for (const by of kDocument.components.schemas.Dimension.enum) {
      await expect(200, api, 'get', '/api/v1/stats/breakdown', { query: { traffic, by } });
    }
  }
  const places = ['country', 'region', 'city'];
  for (const traffic of ['human', 'bot', 'all']) {
    const values = { traffic, by: 'country', values: 'DE,Unknown' };
    await expect(200, api, 'get', '/api/v1/stats/compare', { query: values });
    await expect(200, api, 'get', '/api/v1/stats/best_time', { query: { traffic } });
    for (const by of places)
      await expect(200, api, 'get', '/api/v1/stats/geo', { query: { traffic, by, range: 'all' } });
  }
  await expect(200, api, 'get', '/api/v1/stats/compare', {
    query: { values: `${made.id},lnk_9999`, tag: '!x', range: 'all' },
  });
  await expect(400, api, 'get', '/api/v1/stats/geo', { query: { by: 'device' } });
  await expect(200, api, 'get', '/api/v1/stats/funnel');
  await expect(400, api, 'get', '/api/v1/stats/funnel', { query: { traffic: 'bot' } });

  const experiments = '/api/v1/experiments';
  const experiment = '/api/v1/experiments/{id}';
  const split = await expect(201, api, 'post', links, {
    body: {
      destination: 'https://example.com/',
      variants: ['a', 'b'].map((name) => ({
        name,
        weight: 1,
        destination: `https://example.com/${name}`,
      })),
    },
  });
  const begun = [
    { name: 'Links', link_ids: [made.id, split.id] },
    { name: 'Variants', link_id: split.id, control: 'b', ends_at: '2099-01-01T00:00:00Z' },
  ];
  for (const body of begun) {
    const { id } = await expect(201, api, 'post', experiments, { body });
    await expect(200, api, 'get', experiment, { id });
    await expect(200, api, 'patch', experiment, { id, body: { state: 'ended' } });
    await expect(200, api, 'get', experiment, { id });
    await expect(422, api, 'patch', experiment, { id, body: { state: 'won' } });
    await expect(200, api, 'get', experiments, { query: { limit: 1 } });
    await expect(204, api, 'delete', experiment, { id });
    await expect(404, api, 'delete', experiment, { id });
    await expect(404, api, 'get', experiment, { id });
    await expect(404, api, 'patch', experiment, { id, body: {} });
  }
  await expect(422, api, 'post', experiments, { body: { name: 'E', link_id: made.id } });
  await expect(400, api, 'post', experiments, { raw: '{' });
  await expect(401, nobody, 'post', experiments, { body: begun[0] });
  await expect(200, api, 'get', `${experiments}/plan`, { query: { base: 0.05, per_day: 100 } });
  await expect(400, api, 'get', `${experiments}/plan`, { query: { base: 2 } });

  const alerts = '/api/v1/alerts';
  const alert = '/api/v1/alerts/{id}';
  const watched = [
    { name: 'S', what: 'spike', filters: { link: made.id, country: '!DE' } },
    { name: 'D', what: 'drop', platform: 'ios', interval: 'day' },
    { name: 'T', what: 'threshold', value: 5, measure: 'conversions', bound: 'below' },
    { name: 'B', what: 'bots_share', value: 0.5 },
    { name: 'N', what: 'no_clicks', hours: 1 },
  ];
  for (const body of watched) {
    const { id } = await expect(201, api, 'post', alerts, { body });
    await api.untilStored();
    await expect(200, api, 'get', alert, { id });
    await expect(200, api, 'patch', alert, { id, body: { recipients: ['a@x.example'] } });
    await expect(422, api, 'patch', alert, { id, body: { recipients: ['a'] } });
    await expect(409, api, 'post', `${alert}/test`, { id });
    await expect(200, api, 'get', `${alert}/history`, { id, query: { limit: 1 } });
    await expect(200, api, 'get', alerts, { query: { limit: 1 } });
    await expect(204, api, 'delete', alert, { id });
    await expect(404, api, 'delete', alert, { id });
    await expect(404, api, 'get', alert, { id });
    await expect(404, api, 'patch', alert, { id, body: {} });
    await expect(404, api, 'get', `${alert}/history`, { id });
    await expect(404, api, 'post', `${alert}/test`, { id });
  }
  await expect(422, api, 'post', alerts, { body: { name: 'A', what: 'no_clicks' } });
  await expect(401, nobody, 'post', alerts, { body: watched[0] });

  const exports = '/api/v1/exports';
  const schedule = `${exports}/{id}`;
  const written = `${schedule}/runs/{of}`;
  for (const body of [
    { name: 'Hits', period: 'daily', filters: { link: made.id, country: '!DE' } },
    { name: 'Weeks', period: 'weekly', format: 'parquet', by: 'country', traffic: 'all' },
    { name: 'Months', period: 'monthly', format: 'ndjson', interval: 'day', enabled: false },
  ]) {
    const { id } = await expect(201, api, 'post', exports, { body });
    await expect(200, api, 'get', schedule, { id });
    await expect(200, api, 'patch', schedule, { id, body: { keep: 5 } });
    await expect(422, api, 'patch', schedule, { id, body: { period: 'daily' } });
    await expect(200, api, 'get', exports, { query: { limit: 1 } });
    while (body.enabled !== false && (await api.get(`${exports}/${id}`)).files === 0)
      await sleep(50);
    const { data } = await expect(200, api, 'get', `${schedule}/runs`, { id });
    for (const { of } of data) {
      await expect(200, api, 'get', written, { id, of });
      await expect(200, api, 'get', `${written}/file`, { id, of });
    }
    await expect(404, api, 'get', written, { id, of: '1999-01-01' });
    await expect(404, api, 'get', `${written}/file`, { id, of: '1999-01-01' });
    await expect(204, api, 'delete', schedule, { id });
    await expect(404, api, 'delete', schedule, { id });
    await expect(404, api, 'get', schedule, { id });
    await expect(404, api, 'patch', schedule, { id, body: {} });
    await expect(404, api, 'get', `${schedule}/runs`, { id });
    await expect(404, api, 'post', `${schedule}/test`, { id });
  }
  const bucket = {
    endpoint: 'https://127.0.0.1:1',
    name: 'logs',
    access_key_id: 'A',
    secret_access_key: 'S',
    path_style: true,
  };
  const put = { name: 'Put', period: 'hourly', bucket };
  const { id: hourly } = await expect(201, api, 'post', exports, { body: put });
  await expect(422, api, 'post', exports, { body: put }); // the same place
  await expect(200, api, 'patch', schedule, { id: hourly, body: { bucket: { prefix: 'b' } } });
  await expect(200, api, 'post', `${schedule}/test`, { id: hourly });
  while ((await api.get(`${exports}/${hourly}`)).files === 0) await sleep(50);
  const { data: hours } = await expect(200, api, 'get', `${schedule}/runs`, { id: hourly });
  await expect(200, api, 'get', written, { id: hourly, of: hours[0].of });
  await expect(200, api, 'patch', schedule, { id: hourly, body: { bucket: null } });
  await expect(409, api, 'post', `${schedule}/test`, { id: hourly });
  await expect(204, api, 'delete', schedule, { id: hourly });
  await expect(401, nobody, 'post', `${schedule}/test`, { id: hourly });
  await expect(422, api, 'post', exports, { body: { name: 'A', period: 'yearly' } });
  await expect(401, nobody, 'post', exports, { body: { name: 'A', period: 'daily' } });

  const webhooks = '/api/v1/webhooks';
  const webhook = `${webhooks}/{id}`;
  const url = 'http://127.0.0.1:9/'; // nobody is there
  for (const body of [
    { name: 'C', url, events: ['link.clicked'], filter: { links: [made.id], traffic: 'all' } },
    { name: 'A', url, events: ['alert.fired'], mode: 'batch', signature: 'ed25519', ip: 'full' },
  ]) {
    const { id } = await expect(201, api, 'post', webhooks, { body });
    await expect(200, api, 'get', webhook, { id });
    await expect(200, api, 'patch', webhook, { id, body: { filter: { campaigns: ['x'] } } });
    await expect(422, api, 'patch', webhook, { id, body: { signature: 'hmac' } });
    await expect(200, api, 'post', `${webhook}/rotate`, { id, body: { overlap_hours: 1 } });
    await expect(422, api, 'post', `${webhook}/rotate`, { id, body: { overlap_hours: 1000 } });
    await call(api, 'post', `${webhook}/test`, { id });
    await expect(200, api, 'get', `${webhook}/deliveries`, { id, query: { result: 'failed' } });
    await expect(400, api, 'get', `${webhook}/deliveries`, { id, query: { result: 'x' } });
    await expect(200, api, 'get', `${webhook}/dead-letters`, { id, query: { limit: 1 } });
    const range = { from: '2027-01-01T00:00:00Z', to: '2027-02-01T00:00:00Z' };
    await expect(202, api, 'post', `${webhook}/replay`, { id, body: range });
    await expect(404, api, 'post', `${webhook}/replay`, { id, body: { event_id: 'msg_x' } });
    await expect(422, api, 'post', `${webhook}/replay`, { id, body: {} });
    await expect(200, api, 'get', webhooks, { query: { limit: 1 } });
    await expect(204, api, 'delete', webhook, { id });
    await expect(404, api, 'get', webhook, { id });
    await expect(404, api, 'patch', webhook, { id, body: {} });
    await expect(404, api, 'delete', webhook, { id });
    await expect(404, api, 'post', `${webhook}/rotate`, { id, body: {} });
    await expect(404, api, 'post', `${webhook}/test`, { id });
    await expect(404, api, 'get', `${webhook}/deliveries`, { id });
    await expect(404, api, 'get', `${webhook}/dead-letters`, { id });
  }
  await expect(422, api, 'post', webhooks, { body: { name: 'A', url, events: [] } });
  await expect(401, nobody, 'post', webhooks, { body: { name: 'A', url, events: [] } });

  const conversions = '/api/v1/conversions';
  const [{ click_id }] = (await api.get('/api/v1/clicks')).data;
  const headers = { 'Idempotency-Key': 'c1' };
  const told = await expect(201, api, 'post', conversions, { body: { click_id }, headers });
  await expect(200, api, 'post', conversions, { body: { click_id }, headers });
  await expect(409, api, 'post', conversions, { body: { click_id, event: 'x' }, headers });
  await expect(422, api, 'post', conversions, { body: { click_id, value: 1, currency: 'XTS' } });
  await expect(400, api, 'post', conversions, { raw: '{' });
  await expect(401, nobody, 'post', conversions, { body: { click_id } });
  await expect(200, api, 'get', conversions, { query: { limit: 1 } });
  await expect(401, nobody, 'get', conversions);
  await expect(200, api, 'get', `${conversions}/{id}`, { id: told.id });
  await expect(404, api, 'get', `${conversions}/{id}`, { id: 'cnv_99' });

  for (const path of [
    '/api/v1/stats/summary',
    '/api/v1/stats/timeseries',
    '/api/v1/stats/breakdown',
    '/api/v1/stats/breakdowns',
    '/api/v1/stats/heatmap',
    '/api/v1/stats/channels',
    '/api/v1/stats/funnel',
    '/api/v1/stats/best_time',
    '/api/v1/stats/geo',
    '/api/v1/stats/compare',
    '/api/v1/experiments',
    '/api/v1/experiments/plan',
    '/api/v1/alerts',
    '/api/v1/exports',
    '/api/v1/webhooks',
    '/api/v1/clicks',
    '/api/v1/live',
    '/api/v1/export.csv',
    '/api/v1/export.ndjson',
    '/api/v1/export.parquet',
    '/api/v1/conversions',
  ]) {
    await expect(400, api, 'get', path, { query: { nonsense: 1 } });
    await expect(401, nobody, 'get', path);
  }
  const imports = '/api/v1/import/clicks';
  const past = (raw, type = 'application/x-ndjson', query = {}) => ({
    raw,
    query,
    headers: { 'Content-Type': type },
  });
  const old = `{"time":"2026-03-01T10:00:00Z","outcome":"not_found","prefix":"gone"}`;
  await expect(200, api, 'post', imports, past(old, 'application/x-ndjson', { check: 1 }));
  await expect(200, api, 'post', imports, past(old));
  await expect(200, api, 'post', imports, past('time,outcome\n2026-03-02,not_found\n', 'text/csv'));
  await expect(422, api, 'post', imports, past(`${old}\n{"time":1}`));
  await expect(400, api, 'post', imports, past('when\n', 'text/csv'));
  await expect(400, api, 'post', imports, past(old, 'application/x-ndjson', { check: 2 }));
  await expect(415, api, 'post', imports, past(old, 'application/json'));
  await expect(401, nobody, 'post', imports, past(old));
  await expect(200, api, 'get', imports);

  for (const path of ['/api/v1/impressions', '/api/v1/costs'])
    await expect(204, api, 'delete', `${path}/{id}/{day}`, { id: made.id });
  await expect(204, api, 'delete', link, { id: made.id });

  const keys = '/api/v1/keys';
  const key = await expect(201, api, 'post', keys, { body: { name: 'k', scopes: ['links:read'] } });
  await expect(422, api, 'post', keys, { body: { name: 'k', scopes: ['everything'] } });
  const open = await expect(201, api, 'post', keys, {
    body: { name: 'page', scopes: ['convert:public'] },
  });
  await expect(422, api, 'post', keys, {
    body: { name: 'page', scopes: ['convert:public', 'admin'] },
  });
  await expect(401, new Api({ port: server.consolePort, key: open.key }), 'get', keys);
  await expect(200, api, 'get', keys);
  await expect(401, nobody, 'get', keys);
  const reader = new Api({ port: server.consolePort, key: key.key });
  await expect(403, reader, 'get', keys);
  await expect(403, reader, 'get', '/api/v1/stats/summary');
  await expect(204, api, 'delete', '/api/v1/keys/{id}', { id: key.id });
  await expect(404, api, 'delete', '/api/v1/keys/{id}', { id: key.id });

  const setup = { token: 'x', email: 'a@example.com', password: 'long enough for anyone' };
  await expect(403, origin, 'post', '/api/v1/setup', { body: setup });
  const token = new URL(await server.setupUrl()).searchParams.get('token');
  await expect(201, origin, 'post', '/api/v1/setup', { body: { ...setup, token } });
  await expect(409, origin, 'post', '/api/v1/setup', { body: { ...setup, token } });
  const session = '/api/v1/session';
  const { email, password } = setup;
  await expect(401, origin, 'post', session, { body: { email, password: 'not the right one' } });
  await expect(422, origin, 'post', session, { body: { email } });
  const login = await call(origin, 'post', session, { body: { email, password } });
  assert.equal(login.status, 201);
  const cookie = login.headers['set-cookie']?.split(';')[0];
  const person = new Api({ port: server.consolePort, origin: server.consoleUrl, cookie });
  await expect(200, person, 'get', session);
  await expect(204, person, 'delete', session);
  await expect(401, person, 'get', session);
  for (let i = 0; i < 12; ++i)
    await call(origin, 'post', session, { body: { email, password: `wrong ${i} guess` } });

  const promised = Object.entries(kDocument.paths).flatMap(([template, item]) =>
    kMethods.filter((method) => item[method]).map((method) => `${method} ${template}`),
  );
  assert.deepEqual(
    promised.filter((one) => !seen.has(one)),
    [],
    'operations that were not tried',
  );
});

test('nothing else is served', { timeout: 60000 }, async (t) => {
  const { api } = await startServer(t);
  for (const [template, item] of Object.entries(kDocument.paths)) {
    const at = template.replace('{id}', 'lnk_1').replace('{day}', kToday);
    for (const method of kMethods) {
      if (item[method] || (method === 'head' && item.get)) continue;
      const answer = await api.call(method.toUpperCase(), at);
      assert.equal(answer.status, 405, `${method} ${at}: ${answer.status}`);
      const allowed = kMethods.filter((one) => item[one] || (one === 'head' && item.get));
      const told = (answer.headers.allow ?? '').toLowerCase().split(/,\s*/).sort();
      assert.deepEqual(told, allowed.sort(), `Allow of ${at}`);
    }
  }
  const others = [
    '',
    '/',
    '/links/bulk/x',
    '/links/lnk_1/qr.gif',
    '/stats',
    '/lives',
    '/webhook',
    '/campaigns',
    '/tags',
    '/users',
    '/workspaces',
    '/openapi.json/',
    '/Links',
  ];
  for (const path of others) {
    for (const method of ['GET', 'POST']) {
      const body = method === 'POST' ? {} : undefined;
      const answer = await api.call(method, `/api/v1${path}`, { body });
      assert.equal(answer.status, 404, `${method} ${path}: ${answer.status}`);
      assert.equal(answer.json.code, 'not_found');
    }
  }
});
