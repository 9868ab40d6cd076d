// SPDX-License-Identifier: Apache-2.0
//
// A bucket on the loopback: s3rver keeps the objects, and in front of it stands a judge of
// signatures, since s3rver takes any of version 4. The judge follows Amazon's rules for the
// Authorization header (Signature Version 4, service s3, body in one chunk): the signature over the
// request as it came, the sum over the body as it came, the time within a quarter of an hour.
import { createHash, createHmac } from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';

import S3rver from 's3rver';

import { sleep, temporaryFolder } from './server.mjs';

export const kKey = { access_key_id: 'S3RVER', secret_access_key: 'S3RVER' };
const kRegion = 'eu-test-1';
const kSkewMs = 15 * 60 * 1000;

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');
const hmac = (key, text) => createHmac('sha256', key).update(text).digest();

// Everything but letters, digits and -._~ is encoded, once.
const encoded = (text) =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );

// The code of the error that Amazon would answer; undefined for a request that is signed rightly.
export function judge({ method, url, headers }, body, options = {}) {
  const { key = kKey, place = kRegion, now = Date.now() } = options;
  const [, id, day, region, service, end, names, signature] =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/([^/,]+), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
      headers.authorization ?? '',
    ) ?? [];
  if (!id) return 'AuthorizationHeaderMalformed';
  if (id !== key.access_key_id) return 'InvalidAccessKeyId';
  if (region !== place || service !== 's3' || end !== 'aws4_request')
    return 'AuthorizationHeaderMalformed';
  const time = headers['x-amz-date'] ?? '';
  const [, y, mo, d, h, mi, s] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(time) ?? [];
  const skew = Math.abs(Date.UTC(y, mo - 1, d, h, mi, s) - now);
  if (!(skew < kSkewMs) || !time.startsWith(day)) return 'RequestTimeTooSkewed';
  const signed = names.split(';');
  const wanted = Object.keys(headers).filter(
    (name) => name === 'host' || name === 'content-type' || name.startsWith('x-amz-'),
  );
  if (names !== [...signed].sort().join(';') || !wanted.every((name) => signed.includes(name)))
    return 'AccessDenied';
  const [rawPath, query = ''] = url.split('?');
  const canonical = [
    method,
    rawPath.split('/').map(decodeURIComponent).map(encoded).join('/'),
    query,
    ...signed.map((name) => `${name}:${(headers[name] ?? '').trim().replace(/ +/g, ' ')}`),
    '',
    names,
    headers['x-amz-content-sha256'],
  ].join('\n');
  const scope = `${day}/${region}/s3/aws4_request`;
  const secret = `AWS4${key.secret_access_key}`;
  const signing = [day, region, 's3', 'aws4_request'].reduce(hmac, secret);
  const text = `AWS4-HMAC-SHA256\n${time}\n${scope}\n${sha256(canonical)}`;
  if (hmac(signing, text).toString('hex') !== signature) return 'SignatureDoesNotMatch';
  if (headers['x-amz-content-sha256'] !== sha256(body)) return 'XAmzContentSHA256Mismatch';
  return undefined;
}

export class BucketServer {
  constructor(bucket = 'logs') {
    this.bucket = bucket;
    this.requests = []; // {method, key, refused (a code)}
    this.answer = undefined; // a status that every request gets; 0: none gets any
  }

  async listen(t) {
    this.folder = temporaryFolder(t, 'bucket');
    this.store = new S3rver({
      port: 0,
      address: '127.0.0.1',
      silent: true,
      directory: this.folder,
      configureBuckets: [{ name: this.bucket }],
    });
    const { port } = await this.store.run();
    this.judge = http.createServer((request, response) => this.#take(request, response, port));
    await new Promise((resolve) => this.judge.listen(0, '127.0.0.1', resolve));
    t.after(async () => {
      this.judge.closeAllConnections();
      await new Promise((resolve) => this.judge.close(resolve));
      await this.store.close();
    });
    return this;
  }

  async #take(request, response, port) {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const { method, url, headers } = request;
    const key = decodeURIComponent(url).slice(`/${this.bucket}/`.length);
    const seen = { method, key };
    this.requests.push(seen);
    if (this.answer === 0) return;
    const refused = judge(request, body);
    if (refused) seen.refused = refused;
    if (refused || this.answer) {
      response.writeHead(refused ? 403 : this.answer, { 'Content-Type': 'application/xml' });
      const code = refused ?? 'InternalError';
      response.end(
        `<?xml version="1.0"?>\n<Error><Code>${code}</Code><Message>No.</Message></Error>`,
      );
      return;
    }
    const inner = http.request(
      { port, host: '127.0.0.1', method, path: url, headers },
      (answer) => {
        response.writeHead(answer.statusCode, answer.headers);
        answer.pipe(response);
      },
    );
    inner.end(body);
  }

  // What a schedule says of it.
  place(prefix, more = {}) {
    return {
      endpoint: `http://127.0.0.1:${this.judge.address().port}`,
      region: kRegion,
      name: this.bucket,
      prefix,
      path_style: true,
      ...kKey,
      ...more,
    };
  }

  // All objects under a prefix: their bytes by key.
  objects(prefix) {
    const top = path.join(this.folder, this.bucket);
    const out = new Map();
    for (const name of fs.readdirSync(top, { recursive: true })) {
      const match = /^(.*)\._S3rver_object$/.exec(name);
      if (match && match[1].startsWith(`${prefix}/`))
        out.set(match[1], fs.readFileSync(path.join(top, name)));
    }
    return out;
  }

  async untilRequests(done, timeoutMs = 20000) {
    const deadline = Date.now() + timeoutMs;
    while (!done(this.requests)) {
      if (Date.now() > deadline) throw new Error(`still ${JSON.stringify(this.requests)}`);
      await sleep(20);
    }
  }
}
