// SPDX-License-Identifier: Apache-2.0
//
// A data folder with clicks of days that are over, and waiting for what a server makes of them.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

import { kBinary, sleep } from './server.mjs';

const kDay = 86400000;
const kTools = process.env.TALLYMARK_TEST_TOOLS ?? path.dirname(kBinary);

// Clicks of so many days up to now, on two links, of people and bots.
export function storeClicks(folder, days, perDay) {
  const data = path.join(folder, 'data');
  const file = path.join(folder, 'clicks.tsv');
  const now = Date.now();
  const lines = ['time\tlink_id\tvisitor\toutcome\ttraffic\tcountry\tcampaign'];
  for (let day = days; day > 0; --day)
    for (let i = 0; i < perDay; ++i)
      lines.push(
        [now - day * kDay + i * Math.floor(kDay / perDay), 1 + (i % 2), day * 10000 + i]
          .concat([
            'redirected',
            i % 7 ? 'human' : 'crawler',
            ['DE', 'AT', 'FR'][i % 3],
            `=c${i % 5}`,
          ])
          .join('\t'),
      );
  fs.writeFileSync(file, `${lines.join('\n')}\n`);
  execFileSync(path.join(kTools, 'store_clicks'), [data, file, '1'], {
    env: { ...process.env, TALLYMARK_BINARY: kBinary },
  });
  return data;
}

export async function until(what, done, timeoutMs = 60000) {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const now = await what();
    if (done(now)) return now;
    if (Date.now() > deadline) throw new Error(`still ${JSON.stringify(now)}`);
    await sleep(30);
  }
}
