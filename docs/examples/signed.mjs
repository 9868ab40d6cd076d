// SPDX-License-Identifier: Apache-2.0
//
// A receiver of Tallymark's webhooks in front of something else: it checks who sends, gives the
// clicks of a request to `deliver`, and answers when that is done. What fails is answered with 502
// and comes again later, with the same ids; so `deliver` has to bear seeing a click twice.
import { createHmac, timingSafeEqual } from 'node:crypto';
import http from 'node:http';

const kMostBytes = 4 << 20;

function isSigned(secret, body, signature) {
  const expected = createHmac('sha256', secret).update(body).digest();
  const given = Buffer.from(signature ?? '', 'hex');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

async function bodyOf(request) {
  const chunks = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes > kMostBytes) throw new Error('too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

// The clicks in a body of either mode: {id, event, timestamp, data}.
function clicksIn(body) {
  const one = JSON.parse(body);
  const events = one.event === 'batch' ? one.data : [one];
  return events.filter((event) => event.event === 'link.clicked');
}

// An answer of the API behind, or an error that says what it was.
export async function ask(method, url, token, body) {
  const response = await fetch(url, {
    method,
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(10_000),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${text.slice(0, 500)}`);
  return text === '' ? undefined : JSON.parse(text);
}

// The items in groups of at most `size`.
export function groups(items, size) {
  const out = [];
  for (let i = 0; i < items.length; i += size) out.push(items.slice(i, i + size));
  return out;
}

// What the environment must have; ends the process with a line when it has not.
export function fromEnvironment(...names) {
  const missing = names.filter((name) => !process.env[name]);
  if (missing.length > 0) {
    console.error(`set ${missing.join(', ')}`);
    process.exit(2);
  }
  return names.map((name) => process.env[name]);
}

export function receive(secret, deliver) {
  const server = http.createServer(async (request, response) => {
    const answer = (status) => response.writeHead(status).end();
    try {
      const body = await bodyOf(request);
      if (!isSigned(secret, body, request.headers['x-webhook-signature'])) return answer(401);
      await deliver(clicksIn(body));
      return answer(204);
    } catch (error) {
      console.error(error.message);
      return answer(502);
    }
  });
  server.listen(Number(process.env.PORT ?? 8090), '127.0.0.1', () =>
    console.log(`receiving on http://127.0.0.1:${server.address().port}`),
  );
}
