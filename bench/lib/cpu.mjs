// SPDX-License-Identifier: Apache-2.0
//
// CPU time of a process tree, from /proc: per process (threads that have ended included) and, in
// nanoseconds, per living thread by name.
import fs from 'node:fs';

import { childrenOf } from '../../tests/lib/server.mjs';

const kTickUs = 10000; // USER_HZ is 100 on every Linux that we run on

function processUs(pid) {
  const stat = fs.readFileSync(`/proc/${pid}/stat`, 'latin1');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * kTickUs;
}

function treeOf(pid) {
  return [pid, ...childrenOf(pid).flatMap(treeOf)];
}

// {total, threads: {name: µs}}: names ending in -<n> are one, so edge-0 and edge-1 are `edge`.
export function cpuOf(pid) {
  const out = { total: 0, threads: {} };
  for (const member of treeOf(pid)) {
    out.total += processUs(member);
    for (const thread of fs.readdirSync(`/proc/${member}/task`)) {
      const folder = `/proc/${member}/task/${thread}`;
      const name = fs.readFileSync(`${folder}/comm`, 'utf8').trim().replace(/-\d+$/, '');
      const us = Number(fs.readFileSync(`${folder}/schedstat`, 'utf8').split(' ')[0]) / 1000;
      out.threads[name] = (out.threads[name] ?? 0) + us;
    }
  }
  return out;
}

export function cpuBetween(before, after) {
  const threads = {};
  for (const [name, us] of Object.entries(after.threads))
    threads[name] = us - (before.threads[name] ?? 0);
  return { total: after.total - before.total, threads };
}
