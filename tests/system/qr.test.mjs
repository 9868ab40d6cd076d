// SPDX-License-Identifier: Apache-2.0
//
// QR codes are for scanners: every picture here is read back by zbar, SVG after librsvg has drawn
// it, and must say exactly the short URL that counts as a scan.
import assert from 'node:assert/strict';
import test from 'node:test';

import { assertProblem, queryString } from '../lib/api.mjs';
import { request } from '../lib/client.mjs';
import { makePng, pngHeader } from '../lib/png.mjs';
import { scan } from '../lib/qr.mjs';
import { Random } from '../lib/random.mjs';
import { startServer, temporaryFolder } from '../lib/server.mjs';

const kBrowser = 'Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0';
const kLevels = ['L', 'M', 'Q', 'H'];
const kColors = [
  {},
  { color: '#1a2b6c', background: '#ffe9a8' },
  { color: 'd00', background: 'transparent' },
  { color: '#b7b7b7' }, // the least contrast on white that is not refused
  { background: '#7d7d7d' }, // the darkest ground for black
  { color: '#00204080', background: '#e0f0ff40' },
];

const random = new Random(20271);
const noise = makePng(180, 180, () => [0, 0, 0, 0].map(() => random.between(0, 255)));
const kLogos = {
  black: makePng(64, 64, () => [0, 0, 0, 255]),
  white: makePng(64, 64, () => [255, 255, 255, 255]),
  ring: makePng(200, 200, (x, y) => [220, 30, 30, Math.hypot(x - 100, y - 100) < 98 ? 255 : 0]),
  wide: makePng(300, 40, (x) => [x % 256, 90, 160, 255]),
  noise,
};

async function picture(api, link, format, query, logo) {
  const path = `/api/v1/links/${link.id}/qr.${format}`;
  const post = { raw: logo, headers: { 'Content-Type': 'image/png' } };
  const answer = await api.call(logo ? 'POST' : 'GET', path, { query, ...(logo ? post : {}) });
  assert.equal(answer.status, 200, `${path}${queryString(query)}: ${answer.text.slice(0, 300)}`);
  const type = format === 'svg' ? 'image/svg+xml' : 'image/png';
  assert.equal(answer.headers['content-type'], type);
  const seeThrough = query?.background !== undefined;
  return { format, bytes: answer.body, size: query?.size ?? 512, seeThrough, query };
}

function check(pictures, texts, wanted) {
  const wrong = pictures.flatMap(({ format, query, logo }, i) =>
    texts[i].length === 1 && texts[i][0] === wanted(i)
      ? []
      : [`${format}${queryString(query)} ${logo ?? ''}: read ${JSON.stringify(texts[i])}`],
  );
  assert.deepEqual(wrong, [], `of ${pictures.length} pictures`);
}

test('every level, size and colour can be scanned', { timeout: 300000 }, async (t) => {
  const { api } = await startServer(t, { settings: { 'links.base_url': 'https://go.example' } });
  const folder = temporaryFolder(t, 'qr');
  const link = await api.post('/api/v1/links', {
    destination: 'https://example.com/',
    prefix: 'promo',
    token: 'summer-sale',
  });
  const pictures = [];
  for (const format of ['png', 'svg']) {
    for (const level of kLevels) {
      for (const size of [128, 300, 777]) {
        for (const colors of kColors)
          pictures.push(await picture(api, link, format, { level, size, ...colors }));
      }
      for (const margin of [1, 32])
        pictures.push(await picture(api, link, format, { level, size: 640, margin }));
    }
    pictures.push(await picture(api, link, format, { size: 4096 }));
  }
  for (const { format, bytes, size } of pictures) {
    if (format !== 'png') continue;
    assert.deepEqual(pngHeader(bytes), { width: size, height: size, depth: 1, colors: 3 });
  }
  check(pictures, await scan(folder, pictures), () => 'https://go.example/promo/summer-sale?qr=1');
});

test('a logo leaves the code readable', { timeout: 300000 }, async (t) => {
  const { api } = await startServer(t, { settings: { 'links.base_url': 'https://go.example' } });
  const folder = temporaryFolder(t, 'qr');
  const links = [];
  // From the shortest name to the longest: codes of small and large versions.
  for (const token of ['', 'summer-sale', 'x'.repeat(80), 'ü'.repeat(60), 'é'.repeat(127)]) {
    links.push(
      await api.post('/api/v1/links', {
        destination: 'https://example.com/',
        prefix: `p${links.length}`,
        token: token === '' ? null : token,
      }),
    );
  }
  const pictures = [];
  for (const link of links) {
    for (const [logo, bytes] of Object.entries(kLogos)) {
      for (const format of ['png', 'svg']) {
        for (const query of [{ size: 900 }, { size: 1400, ...kColors[1] }]) {
          const made = await picture(api, link, format, query, bytes);
          pictures.push({ ...made, logo, wanted: `${link.short_url}?qr=1` });
        }
      }
    }
  }
  const texts = await scan(folder, pictures);
  check(pictures, texts, (i) => pictures[i].wanted);
});

test('100 random links read back as they are', { timeout: 300000 }, async (t) => {
  const { api } = await startServer(t, { settings: { 'links.base_url': 'https://go.example' } });
  const folder = temporaryFolder(t, 'qr');
  const pieces = ['a', 'Z', '7', '-', '_', '.', '~', '%', ' ', 'é', '雪', '😀', '&', '?', '#', '+'];
  const slug = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_';
  const text = (from, length) => Array.from({ length }, () => random.pick(from)).join('');
  const links = await api.createLinks(
    Array.from({ length: 100 }, (_, i) => ({
      destination: 'https://example.com/',
      prefix: text([...slug], random.between(1, 60)) + i,
      token: i % 3 === 0 ? null : `t${text(pieces, random.between(0, 50))}`,
    })),
  );
  const pictures = [];
  for (const [i, link] of links.entries()) {
    const query = { level: kLevels[i % 4], size: random.between(400, 1100) };
    pictures.push(await picture(api, link, i % 5 === 0 ? 'svg' : 'png', query));
  }
  check(pictures, await scan(folder, pictures), (i) => `${links[i].short_url}?qr=1`);
});

test('a scan counts as one, and the name may change under the tag', async (t) => {
  const server = await startServer(t);
  const { api } = server;
  const folder = temporaryFolder(t, 'qr');
  const link = await api.post('/api/v1/links', {
    destination: 'https://example.com/',
    prefix: 'poster',
  });
  await server.untilAtEdge(1);
  const [[url]] = await scan(folder, [await picture(api, link, 'svg')]);
  const scanned = new URL(url);
  assert.equal(Number(scanned.port), server.linksPort);
  const answer = await request({
    port: server.linksPort,
    path: scanned.pathname + scanned.search,
    headers: { 'User-Agent': kBrowser },
  });
  assert.equal(answer.headers.location, 'https://example.com/');
  await api.untilStored();
  const { data } = await api.get('/api/v1/clicks', { traffic: 'all' });
  assert.deepEqual(
    data.map((click) => click.trigger),
    ['qr'],
  );

  const path = `/api/v1/links/${link.id}/qr.svg`;
  const first = await api.call('GET', path);
  const { etag } = first.headers;
  const head = await api.call('HEAD', path);
  assert.deepEqual([head.status, head.text, head.headers.etag], [200, '', etag]);
  assert.equal(head.headers['content-length'], String(first.body.length));
  const headers = { 'If-None-Match': etag };
  const known = await api.call('GET', path, { headers });
  assert.deepEqual([known.status, known.text, known.headers.etag], [304, '', etag]);
  await api.patch(`/api/v1/links/${link.id}`, { prefix: 'poster2' });
  const renamed = await api.call('GET', path, { headers });
  assert.equal(renamed.status, 200);
  assert.notEqual(renamed.headers.etag, etag);
  const saved = await api.call('GET', path, { query: { download: 1 } });
  assert.equal(saved.headers['content-disposition'], 'attachment; filename="poster2.svg"');
});

test('the largest pictures stay small, and limits hold', async (t) => {
  const { api } = await startServer(t);
  const link = await api.post('/api/v1/links', {
    destination: 'https://example.com/',
    prefix: 'p',
    token: 'é'.repeat(127),
  });
  const plain = await picture(api, link, 'png', { size: 4096 });
  assert.ok(plain.bytes.length < 100_000, `${plain.bytes.length} bytes`);
  for (const format of ['png', 'svg']) {
    const made = await picture(api, link, format, { size: 4096 }, noise);
    assert.ok(made.bytes.length < 2_000_000, `${format}: ${made.bytes.length} bytes`);
  }
  const path = `/api/v1/links/${link.id}/qr.png`;
  const post = (raw, type = 'image/png') =>
    api.call('POST', path, { raw, headers: { 'Content-Type': type } });
  assertProblem(await post(noise.subarray(0, -1)), 422, 'logo_damaged', 'logo');
  assertProblem(await post(Buffer.from('GIF89a')), 422, 'logo_not_png', 'logo');
  const wide = makePng(1025, 1, () => [0, 0, 0, 255]);
  assertProblem(await post(wide), 422, 'logo_too_large', 'logo');
  assertProblem(await post(Buffer.alloc(256 * 1024 + 1)), 413, 'too_large');
  assertProblem(await post(noise, 'image/jpeg'), 415, 'unsupported_media_type');
  const get = (query) => api.call('GET', path, { query });
  assertProblem(await get({ color: 'fff' }), 422, 'low_contrast', 'color');
  assertProblem(await get({ size: 64, margin: 32 }), 422, 'too_small', 'size');
  assertProblem(await get({ size: 5000 }), 400, 'bad_value', 'size');
  assertProblem(await get({ colour: '#000' }), 400, 'unknown_parameter', 'colour');
});
