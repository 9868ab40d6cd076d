// SPDX-License-Identifier: Apache-2.0
//
// What the click store of a data folder says of itself, asked at the engine's own socket while
// `serve` runs.
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';

import { sleep } from '../../tests/lib/server.mjs';

const kCalmLooks = 10; // without a merge and without a change, half a second apart
const kClicks = "database = 'tallymark' AND table = 'clicks'";

export class Store {
  constructor(data) {
    this.socketPath = path.join(data, 'engine.sock');
  }

  // Rows of texts.
  ask(sql) {
    const query = encodeURIComponent(`${sql} FORMAT TabSeparated`);
    return new Promise((resolve, reject) => {
      http
        .get({ socketPath: this.socketPath, path: `/?query=${query}` }, (answer) => {
          let text = '';
          answer.on('data', (bytes) => (text += bytes));
          answer.on('end', () => {
            if (answer.statusCode !== 200) return reject(new Error(text.slice(0, 500)));
            const lines = text.split('\n').slice(0, -1);
            return resolve(lines.map((line) => line.split('\t')));
          });
        })
        .on('error', reject);
    });
  }

  async number(sql) {
    return Number((await this.ask(sql))[0][0]);
  }

  // {parts, rows, bytes} of the table of clicks.
  async size() {
    const [[parts, rows, bytes]] = await this.ask(
      `SELECT count(), sum(rows), sum(bytes_on_disk) FROM system.parts WHERE active AND ${kClicks}`,
    );
    return { parts: Number(parts), rows: Number(rows), bytes: Number(bytes) };
  }

  // Bytes of each column, largest first, where parts keep columns apart.
  columns() {
    return this.ask(
      `SELECT column, sum(column_bytes_on_disk) AS bytes FROM system.parts_columns
       WHERE active AND part_type = 'Wide' AND ${kClicks}
       GROUP BY column ORDER BY bytes DESC LIMIT 12`,
    );
  }

  // Waits until nothing is being merged any more, and gives the size then.
  async settled(timeoutMs = 1800000) {
    const deadline = Date.now() + timeoutMs;
    let last = '';
    for (let calm = 0; calm < kCalmLooks;) {
      if (Date.now() > deadline) throw new Error('merges did not end');
      const merges = await this.number('SELECT count() FROM system.merges');
      const { parts, rows } = await this.size();
      const now = `${parts} ${rows}`;
      calm = merges === 0 && now === last ? calm + 1 : 0;
      last = now;
      await sleep(500);
    }
    return this.size();
  }
}

// {now, peak} of a process's resident memory, in MiB.
export function residentMib(pid) {
  const status = fs.readFileSync(`/proc/${pid}/status`, 'utf8');
  const of = (name) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)[1]) / 1024;
  return { now: of('VmRSS'), peak: of('VmHWM') };
}
