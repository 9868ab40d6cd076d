// SPDX-License-Identifier: Apache-2.0
//
// wrk with a script of ours: whole requests made beforehand, in a fixed order, so that both servers
// get the same bytes and wrk itself has nothing to do per request but to send them.
//
// Below saturation each connection waits a random time between requests (wrk's `delay`); the mean is
// found by trying until the wanted rate is met.
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);

const kScript = `
local requests = {}
local lines = io.open(os.getenv("TALLYMARK_REQUESTS"), "rb"):read("*a")
for request in lines:gmatch("(.-\\r\\n\\r\\n)") do requests[#requests + 1] = request end
local at = tonumber(os.getenv("TALLYMARK_OFFSET"))
local mean = tonumber(os.getenv("TALLYMARK_DELAY_MS"))
function request()
  at = at + 1
  if at > #requests then at = 1 end
  return requests[at]
end
if mean > 0 then
  -- Uniform over [0, 2 mean], rounded at random: whole milliseconds are all that wrk takes.
  function delay() return math.floor(math.random() * 2 * mean + math.random()) end
end
function done(summary, latency)
  io.write(string.format(
    "RESULT {\\"requests\\":%d,\\"us\\":%d,\\"p50\\":%d,\\"p99\\":%d,\\"p999\\":%d,\\"errors\\":%d}\\n",
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
    latency:percentile(99.9), summary.errors.connect + summary.errors.read +
    summary.errors.write + summary.errors.status + summary.errors.timeout))
end
`;

export class Wrk {
  // requests: whole request texts; core: where wrk runs.
  constructor(folder, requests, core) {
    this.script = path.join(folder, 'load.lua');
    this.requests = path.join(folder, 'requests.txt');
    this.core = core;
    this.offset = 0;
    fs.writeFileSync(this.script, kScript);
    fs.writeFileSync(this.requests, requests.join(''));
  }

  // {requests, perSecond, p50, p99, p999 (µs), errors}
  async run({ port, connections, seconds, delayMs = 0 }) {
    this.offset += 1013;
    const { stdout } = await execute(
      'taskset',
      [
        ...['-c', String(this.core), 'wrk', '-t', '1', '-c', String(connections)],
        ...['-d', `${seconds}s`, '--latency', '--timeout', '10s', '-s', this.script],
        `http://127.0.0.1:${port}`,
      ],
      {
        env: {
          ...process.env,
          TALLYMARK_REQUESTS: this.requests,
          TALLYMARK_OFFSET: String(this.offset % 10000),
          TALLYMARK_DELAY_MS: String(delayMs),
        },
      },
    );
    const result = JSON.parse(/^RESULT (.*)$/m.exec(stdout)[1]);
    return { ...result, perSecond: (result.requests / result.us) * 1e6 };
  }

  // The mean delay at which `connections` send about `perSecond`.
  async delayFor({ port, connections, perSecond }) {
    let delayMs = (connections / perSecond) * 1000;
    for (let i = 0; i < 6; ++i) {
      const got = await this.run({ port, connections, seconds: 1, delayMs });
      const error = got.perSecond / perSecond;
      if (error > 0.95 && error < 1.05) break;
      delayMs = Math.max(
        0.01,
        delayMs + (connections / perSecond - connections / got.perSecond) * 1000,
      );
    }
    return delayMs;
  }
}
