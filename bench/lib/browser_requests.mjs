// SPDX-License-Identifier: Apache-2.0
//
// What browsers send on followed links: 10,000 links whose popularity falls off as 1/rank, browsers
// by their share, addresses from everywhere.
import { loadBrowsers, randomV4 } from '../../tests/lib/corpus.mjs';
import { Random } from '../../tests/lib/random.mjs';

export const kLinks = 10000;
export const kRequests = 50000;
export const kDestination = 'https://shop.example.com/landing/page';

// What Chromium sends on a followed link; other agents without the client hints.
function requestText(random, agent, slug, close) {
  const chromium = /Chrome\/\d/.test(agent) && !/iPhone|iPad/.test(agent);
  const lines = [
    `GET /${slug}${random.next() < 0.3 ? '?utm_source=newsletter&utm_medium=email' : ''} HTTP/1.1`,
    'Host: go.example.com',
    `Connection: ${close ? 'close' : 'keep-alive'}`,
    ...(chromium
      ? [
          'sec-ch-ua: "Chromium";v="153", "Google Chrome";v="153", "Not?A_Brand";v="24"',
          `sec-ch-ua-mobile: ${/Mobile/.test(agent) ? '?1' : '?0'}`,
          `sec-ch-ua-platform: "${/Android/.test(agent) ? 'Android' : 'Windows'}"`,
        ]
      : []),
    'Upgrade-Insecure-Requests: 1',
    `User-Agent: ${agent}`,
    'Accept: text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8',
    'Sec-Fetch-Site: cross-site',
    'Sec-Fetch-Mode: navigate',
    'Sec-Fetch-User: ?1',
    'Sec-Fetch-Dest: document',
    ...(random.next() < 0.6 ? ['Referer: https://www.instagram.com/'] : []),
    'Accept-Encoding: gzip, deflate, br, zstd',
    'Accept-Language: en-US,en;q=0.9,de;q=0.8',
    `X-Forwarded-For: ${randomV4(random)}`,
  ];
  return `${lines.join('\r\n')}\r\n\r\n`;
}

// Whole requests for the links of createLinks(), which ask to close the connection or to keep it.
export function browserRequests({ close = false } = {}) {
  const random = new Random(3);
  const browsers = loadBrowsers().choice;
  const weights = Array.from({ length: kLinks }, (_, i) => 1 / (i + 1));
  const sums = [];
  weights.reduce((sum, weight, i) => (sums[i] = sum + weight), 0);
  return Array.from({ length: kRequests }, () => {
    const at = random.next() * sums[kLinks - 1];
    const rank = sums.findIndex((sum) => sum >= at);
    return requestText(random, browsers.pick(random).userAgent, `e${rank}`, close);
  });
}

export async function createLinks(server) {
  await server.api.createLinks(
    Array.from({ length: kLinks }, (_, i) => ({
      prefix: `e${i}`,
      destination: `${kDestination}/${i}`,
    })),
  );
  await server.untilAtEdge(kLinks, 20000);
}
