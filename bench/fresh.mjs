// SPDX-License-Identifier: Apache-2.0
//
// Fresh: how long after its 302 a click is in stats/summary, at 1,000 clicks a second.
//
// A probe clicks a link of its own and asks for that link's summary until the click is in it; the
// time from the complete 302 to the start of the answer that has it is the figure, so it includes
// the polling interval and the query. Background clicks make up the rest of the thousand.
import { request } from '../tests/lib/client.mjs';
import { MarkedTraffic, createLinks } from '../tests/lib/kill_check.mjs';
import { Load, median, quantile } from '../tests/lib/load.mjs';
import { sleep } from '../tests/lib/server.mjs';
import { ms, report } from './lib/report.mjs';
import { withServer } from './lib/with_server.mjs';

const kRate = 1000;
const kRounds = 5;
const kProbes = 120;
const kProbesAtOnce = 3;
const kPollMs = 10;
const kAgent = 'Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0';

async function probe(server, link) {
  // Somebody else each time: one person on many links within two seconds is a scanner.
  const n = Number(link.id.slice('lnk_'.length));
  const address = `93.184.${n >> 8}.${n & 255}`;
  const headers = { 'User-Agent': kAgent, 'X-Forwarded-For': address };
  const answer = await request({ port: server.linksPort, path: `/${link.prefix}`, headers });
  if (answer.status !== 302) throw new Error(`probe answered ${answer.status}`);
  const clicked = performance.now();
  for (;;) {
    const asked = performance.now();
    const { clicks } = await server.api.get('/api/v1/stats/summary', {
      range: '24h',
      link: link.id,
    });
    if (clicks === 1) return asked - clicked;
    if (asked - clicked > 10000) throw new Error('not in the stats after 10 s');
    await sleep(kPollMs);
  }
}

const rounds = await withServer('fresh', async (server) => {
  const background = new MarkedTraffic(await createLinks(server, 100), 5, 5000);
  const load = new Load({ make: (k) => background.request(k), connections: 32, perSecond: kRate });
  const probes = await server.api.createLinks(
    Array.from({ length: kRounds * kProbes }, (_, i) => ({
      prefix: `probe-${i}`,
      destination: 'https://example.com/',
    })),
  );
  await server.untilAtEdge(100 + probes.length);
  load.start(server.linksPort);
  await sleep(3000);
  const figures = [];
  for (let round = 0; round < kRounds; ++round) {
    const mine = probes.slice(round * kProbes, (round + 1) * kProbes);
    const times = [];
    const before = { at: performance.now(), answered: load.answered.size };
    const work = async () => {
      for (let link; (link = mine.pop());) times.push(await probe(server, link));
    };
    await Promise.all(Array.from({ length: kProbesAtOnce }, work));
    const rate = ((load.answered.size - before.answered) / (performance.now() - before.at)) * 1000;
    figures.push({
      p50: quantile(times, 0.5),
      p99: quantile(times, 0.99),
      max: Math.max(...times),
      rate,
    });
    console.log(`round ${round + 1}: ${JSON.stringify(figures.at(-1))}`);
  }
  await load.stop();
  if (load.failures.length) throw load.failures[0];
  return figures;
});

const of = (name) => median(rounds.map((round) => round[name]));
report({
  name: 'fresh',
  claim: 'click to stats ≤ 1 s, p99, at 1,000 clicks/s',
  holds: of('p99') <= 1000,
  rows: [
    ['rounds × probes', `${kRounds} × ${kProbes}`],
    ['background rate', `${of('rate').toFixed(0)}/s`],
    ['p50 (median of rounds)', ms(of('p50'))],
    ['p99 (median of rounds)', ms(of('p99'))],
    ['worst of all', ms(Math.max(...rounds.map((round) => round.max)))],
  ],
});
