// SPDX-License-Identifier: Apache-2.0
//
// Prints a bench's figures and keeps them in bench/results/<date>-<machine>.md, one section a run, so
// that a later run on the same machine can be compared.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { kRoot } from '../../tests/lib/server.mjs';

function commit() {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], {
      cwd: kRoot,
      stdio: ['ignore', 'pipe', 'ignore'],
    })
      .toString()
      .trim();
  } catch {
    return 'none';
  }
}

function machine() {
  const model = os.cpus()[0]?.model ?? 'unknown';
  return `${os.cpus().length} × ${model}, ${Math.round(os.totalmem() / 2 ** 30)} GiB, ${os.type()} ${os.release()}`;
}

// rows: [[name, value], …]; `claim` is the number the bench is about, `holds` whether it was met.
export function report({ name, claim, holds, rows }) {
  const lines = [
    `## ${name} · ${new Date().toISOString().slice(0, 16)}Z · commit ${commit()}`,
    '',
    `Claim: ${claim} — ${holds ? 'held' : '**not held**'}. Machine: ${machine()}.`,
    '',
    '| figure | value |',
    '| --- | --- |',
    ...rows.map(([what, value]) => `| ${what} | ${value} |`),
    '',
  ];
  console.log(lines.join('\n'));
  const folder = path.join(kRoot, 'bench/results');
  const label = process.env.TALLYMARK_BENCH_MACHINE ?? `${os.cpus().length}cores-${os.arch()}`;
  const file = path.join(folder, `${new Date().toISOString().slice(0, 10)}-${label}.md`);
  fs.mkdirSync(folder, { recursive: true });
  if (!fs.existsSync(file)) fs.writeFileSync(file, `# Bench results, ${label}\n\n`);
  fs.appendFileSync(file, `${lines.join('\n')}\n`);
  console.log(`kept in ${path.relative(kRoot, file)}`);
  if (!holds) process.exitCode = 1;
}

export const ms = (value) => `${value.toFixed(value < 10 ? 2 : 0)} ms`;
