// SPDX-License-Identifier: Apache-2.0
//
// Redirects do not feel the engine: p99 of the redirect with the engine stopped against running, in
// alternating rounds on one server.
//
// Stopped means SIGSTOP on whatever engine child exists, again and again, so that a replacement that
// the supervisor starts stands still as well. Between rounds the engine gets time to catch up.
import { MarkedTraffic, createLinks } from '../tests/lib/kill_check.mjs';
import { Load, median, quantile } from '../tests/lib/load.mjs';
import { sleep } from '../tests/lib/server.mjs';
import { ms, report } from './lib/report.mjs';
import { withServer } from './lib/with_server.mjs';

const kRounds = 5;
const kSeconds = Number(process.env.TALLYMARK_BENCH_SECONDS ?? 12);
const kRate = 1000;

function signal(server, name) {
  const pid = server.enginePid();
  if (pid === undefined) return;
  try {
    process.kill(pid, name);
  } catch {
    // it ended meanwhile
  }
}

async function round(server, traffic, stopped, offset) {
  const load = new Load({
    make: (k) => traffic.request(k + offset),
    connections: 32,
    perSecond: kRate,
  });
  let going = true;
  const holder = stopped
    ? (async () => {
        while (going) {
          signal(server, 'SIGSTOP');
          await sleep(200);
        }
      })()
    : undefined;
  load.start(server.linksPort);
  await sleep(kSeconds * 1000);
  await load.stop();
  going = false;
  await holder;
  if (stopped) signal(server, 'SIGCONT');
  if (load.failures.length) throw load.failures[0];
  if (load.answered.size !== load.sent.size) throw new Error('a redirect was not answered');
  const times = [...load.answered.values()].map(({ took }) => took);
  return { p50: quantile(times, 0.5), p99: quantile(times, 0.99), sent: load.sent.size };
}

const { running, stopped, sent, stored } = await withServer('engine-outage', async (server) => {
  const traffic = new MarkedTraffic(await createLinks(server, 100), 5, 5000);
  const figures = { running: [], stopped: [], sent: 0 };
  await round(server, traffic, false, 1e9); // warm-up
  for (let i = 0; i < kRounds; ++i) {
    for (const kind of i % 2 ? ['stopped', 'running'] : ['running', 'stopped']) {
      const one = await round(server, traffic, kind === 'stopped', i * 1e6);
      figures[kind].push(one);
      figures.sent += one.sent;
      console.log(`round ${i + 1} ${kind}: p50 ${ms(one.p50)} p99 ${ms(one.p99)}`);
      await server.api.untilStored({ timeoutMs: 120000 });
    }
  }
  const summary = await server.api.get('/api/v1/stats/summary', { range: '7d', traffic: 'all' });
  return { ...figures, stored: summary.clicks };
});

const p = (rounds, name) => median(rounds.map((one) => one[name]));
const ratio = p(stopped, 'p99') / p(running, 'p99');
report({
  name: 'engine_outage',
  claim: 'redirect p99 with the engine stopped within 20 % of running',
  holds: ratio <= 1.2,
  rows: [
    ['rounds × seconds, rate', `${kRounds} × ${kSeconds} s, ${kRate}/s`],
    ['running: p50, p99', `${ms(p(running, 'p50'))}, ${ms(p(running, 'p99'))}`],
    ['stopped: p50, p99', `${ms(p(stopped, 'p50'))}, ${ms(p(stopped, 'p99'))}`],
    ['p99 stopped ÷ running', ratio.toFixed(2)],
    ['clicks sent in rounds, stored with warm-up', `${sent}, ${stored}`],
  ],
});
