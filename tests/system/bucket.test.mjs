// SPDX-License-Identifier: Apache-2.0
//
// Scheduled files in a bucket, judged by somebody who knows Amazon's rules: every request is signed
// rightly, what is there is the file and says so, an erase reaches it, and a bucket in trouble is
// nobody else's.
import assert from 'node:assert/strict';
import test from 'node:test';

import { parquetReadObjects } from 'hyparquet';

import { queryString } from '../lib/api.mjs';
import { BucketServer, judge, kKey } from '../lib/bucket_server.mjs';
import { readFile, sha256 } from '../lib/export_files.mjs';
import { Server, startServer, temporaryFolder } from '../lib/server.mjs';
import { storeClicks, until } from '../lib/stored_clicks.mjs';

const kExports = '/api/v1/exports';
const kHour = 3600000;
const kDay = 24 * kHour;
const kAllowed = { 'webhooks.allow': '127.0.0.1' };

const isoOf = (ms) => new Date(ms).toISOString();

const untilUploaded = (api, id, files = 1) =>
  until(
    () => api.get(`${kExports}/${id}`),
    (now) => now.files >= files && now.waiting === 0 && now.bucket.waiting === 0,
  );

// An example of Amazon's documentation, and what is wrong with others of the kind.
test('the judge of signatures is right', () => {
  const sum = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
  const signature = 'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41';
  const headers = {
    host: 'examplebucket.s3.amazonaws.com',
    range: 'bytes=0-9',
    'x-amz-content-sha256': sum,
    'x-amz-date': '20130524T000000Z',
    authorization:
      'AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,' +
      `SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,Signature=${signature}`,
  };
  const key = {
    access_key_id: 'AKIAIOSFODNN7EXAMPLE',
    secret_access_key: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  };
  const now = Date.UTC(2013, 4, 24);
  const told = (request = {}, options = {}, body = '') =>
    judge({ method: 'GET', url: '/test.txt', headers, ...request }, body, {
      key,
      place: 'us-east-1',
      now,
      ...options,
    });
  const having = (more) => ({ headers: { ...headers, ...more } });
  assert.equal(told(), undefined);
  assert.equal(told({ method: 'PUT' }), 'SignatureDoesNotMatch');
  assert.equal(told({ url: '/test.tx' }), 'SignatureDoesNotMatch');
  assert.equal(told(having({ range: 'bytes=0-8' })), 'SignatureDoesNotMatch');
  assert.equal(told(having({ 'content-type': 'text/csv' })), 'AccessDenied'); // not signed
  assert.equal(told(having({ authorization: '' })), 'AuthorizationHeaderMalformed');
  assert.equal(told({}, { key: { ...key, secret_access_key: 'x' } }), 'SignatureDoesNotMatch');
  assert.equal(told({}, { key: kKey }), 'InvalidAccessKeyId');
  assert.equal(told({}, { place: 'eu-1' }), 'AuthorizationHeaderMalformed');
  assert.equal(told({}, { now: now + kHour }), 'RequestTimeTooSkewed');
  assert.equal(told({}, {}, 'other bytes'), 'XAmzContentSHA256Mismatch');
});

async function rowsOf(format, bytes) {
  if (format === 'ndjson') return bytes.toString().trim().split('\n').map(JSON.parse);
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
  return parquetReadObjects({ file });
}

test('what is written is put, and an erase reaches it', { timeout: 120000 }, async (t) => {
  const bucket = await new BucketServer().listen(t);
  const data = storeClicks(temporaryFolder(t, 'bucket'), 3, 480);
  const server = new Server({ data, name: 'bucket', settings: kAllowed });
  t.after(() => server.kill());
  await server.start();
  const { api } = server;
  for (const prefix of ['one', 'two'])
    await api.post('/api/v1/links', { prefix, destination: 'https://x.example/' });
  const now = Date.now();
  const made = [];
  for (const [name, asked] of Object.entries({
    hours: { period: 'hourly', format: 'parquet', from: isoOf(now - 3 * kHour) },
    days: { period: 'daily', format: 'ndjson', from: isoOf(now - 2 * kDay) },
    months: { period: 'monthly', format: 'csv', by: 'country' },
  }))
    made.push(
      await api.post(kExports, {
        name,
        traffic: 'all',
        bucket: bucket.place(`a b/${name}`),
        ...asked,
      }),
    );
  const [hours, days] = made;
  for (const { id, name, format, period } of made) {
    const stands = await untilUploaded(api, id);
    assert.equal(stands.bucket.error, null);
    assert.equal(stands.bucket.secret_access_key, undefined);
    const runs = await api.all(`${kExports}/${id}/runs`, {});
    const objects = bucket.objects(`a b/${name}`);
    assert.equal(objects.size, 2 * runs.length);
    for (const { of, from, to, file, bytes, rows, sha256: sum, upload } of runs) {
      const day = period === 'monthly' ? `${of}-01` : of.slice(0, 10);
      const hour = period === 'hourly' ? `hour=${of.slice(11, 13)}/` : '';
      const folder = `a b/${name}/date=${day}/${hour}`;
      assert.equal(upload.key, `${folder}${of}.${format}`);
      assert.equal(upload.manifest, `${folder}_${of}.manifest`);
      assert.equal(upload.state, 'uploaded');
      const put = objects.get(upload.key);
      assert.equal(sha256(put), sum);
      assert.equal(sha256(readFile(data, 'ws_1', id, file)), sum);
      const manifest = JSON.parse(objects.get(upload.manifest));
      assert.equal(manifest.entries.length, 1);
      assert.equal(manifest.entries[0].url, `s3://logs/${upload.key}`);
      assert.equal(manifest.entries[0].mandatory, true);
      assert.equal(manifest.entries[0].meta.content_length, bytes);
      assert.deepEqual(
        { sha256: sum, bytes, rows, of, from, anew: false, incomplete: false },
        Object.fromEntries(
          ['sha256', 'bytes', 'rows', 'of', 'from', 'anew', 'incomplete'].map((key) => [
            key,
            manifest.tallymark[key],
          ]),
        ),
      );
      if (format === 'csv') continue;
      const found = await rowsOf(format, put);
      const query = queryString({ from, to, traffic: 'all' });
      const { text } = await api.call('GET', `/api/v1/export.ndjson${query}`);
      assert.equal(found.length, text.trim().split('\n').length, of);
      assert.ok(rows === null || rows === found.length);
    }
  }
  // A file comes before its manifest, and nobody had to be refused.
  assert.deepEqual(
    bucket.requests.filter(({ refused }) => refused),
    [],
  );
  const order = bucket.requests.map(({ key }) => key);
  for (const key of order.filter((each) => each.endsWith('.parquet')))
    assert.ok(
      order.indexOf(key) <
        order.indexOf(key.replace(/([^/]+)\.parquet$/, (_, name) => `_${name}.manifest`)),
    );

  await t.test('erased clicks are in no object', async () => {
    const [newest] = (await api.get(`${kExports}/${days.id}/runs`)).data;
    const body = { link: 'lnk_2', from: newest.from, to: newest.to };
    assert.equal((await api.call('POST', '/api/v1/erase', { body })).status, 202);
    await until(
      () => api.get(`${kExports}/${days.id}/runs/${newest.of}`),
      (run) => run.anew && run.upload?.state === 'uploaded',
    );
    const objects = bucket.objects('a b/days');
    const bytes = objects.get(newest.upload.key).toString();
    assert.ok(!bytes.includes('lnk_2') && bytes.includes('lnk_1'));
    assert.equal(JSON.parse(objects.get(newest.upload.manifest)).tallymark.anew, true);
    await untilUploaded(api, hours.id);
  });

  await t.test('a secret can be tried, and a wrong one is refused', async () => {
    const path = `${kExports}/${days.id}`;
    const attempt = async () => (await api.call('POST', `${path}/test`)).json;
    assert.equal((await attempt()).result, 'ok');
    await api.patch(path, { bucket: { secret_access_key: 'wrong' } });
    const refused = await attempt();
    assert.deepEqual(
      [refused.result, refused.put.error, refused.delete],
      ['failed', '403 SignatureDoesNotMatch: No.', null],
    );
    assert.deepEqual(
      [...bucket.objects('a b/days').keys()].filter((key) => key.includes('test')),
      [],
    );
  });

  const { text: metrics } = await api.call('GET', '/metrics');
  assert.match(metrics, /^tallymark_bucket_failures_total 0$/m);
  assert.match(metrics, /^tallymark_bucket_waiting 0$/m);
  assert.ok(Number(/^tallymark_bucket_uploads_total (\d+)$/m.exec(metrics)[1]) >= 6);
});

test('a bucket in trouble is nobody else’s', { timeout: 120000 }, async (t) => {
  const [down, well] = [await new BucketServer().listen(t), await new BucketServer().listen(t)];
  const data = storeClicks(temporaryFolder(t, 'bucket'), 2, 48);
  const { api } = await startServer(t, { data, settings: kAllowed });
  down.answer = 0;
  const body = { period: 'hourly', format: 'ndjson', keep: 1, from: isoOf(Date.now() - 3 * kHour) };
  const add = (name, bucket) => api.post(kExports, { name, ...body, bucket });
  const { id: stuck } = await add('stuck', down.place('a'));
  await down.untilRequests((requests) => requests.length > 0);
  const { id: other } = await add('other', well.place('a'));
  await untilUploaded(api, other);
  assert.equal(well.objects('a').size % 2, 0);
  const waits = await api.get(`${kExports}/${stuck}`);
  // What waits for its upload is kept, although one file is enough.
  assert.ok(waits.bucket.waiting >= 3 && waits.files >= 3, JSON.stringify(waits));

  down.answer = 503;
  down.judge.closeAllConnections();
  const runs = await until(
    () => api.all(`${kExports}/${stuck}/runs`, {}),
    (all) => all.every(({ upload }) => upload.attempts === 1),
  );
  // The first was cut off, the others were answered.
  assert.deepEqual(
    new Set(runs.slice(0, -1).map(({ upload }) => upload.error)),
    new Set(['503 InternalError: No.']),
  );
  assert.ok(runs.every(({ upload }) => Date.parse(upload.next_try_at) > Date.now()));
  down.answer = undefined;
  const done = await untilUploaded(api, stuck);
  assert.equal(done.bucket.error, null);
  assert.equal(done.bucket.missed, 0);
  assert.equal(down.objects('a').size, 2 * (await api.all(`${kExports}/${stuck}/runs`, {})).length);
});

test('no address inside is dialled unless it may be', { timeout: 60000 }, async (t) => {
  const bucket = await new BucketServer().listen(t);
  const data = storeClicks(temporaryFolder(t, 'bucket'), 2, 10);
  const { api } = await startServer(t, { data });
  const { id } = await api.post(kExports, {
    name: 'inside',
    period: 'daily',
    bucket: bucket.place(''),
  });
  const { json } = await api.call('POST', `${kExports}/${id}/test`);
  assert.equal(json.result, 'failed');
  assert.match(json.put.error, /127\.0\.0\.1 is a loopback address, which is not to be called/);
  const { error } = await until(
    async () => (await api.get(`${kExports}/${id}`)).bucket,
    (now) => now.error !== null,
  );
  assert.match(error, /loopback address/);
  assert.deepEqual(bucket.requests, []);
});
