// SPDX-License-Identifier: Apache-2.0
//
// What Prometheus is promised: the list in docs/reference/metrics.md is what a running server says,
// both ways, and the rules in packaging/prometheus are sound, ask for metrics that exist, and fire
// when they say (alerts_test.yml), as judged by Prometheus' own tool.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';

import { kRoot, startServer } from '../lib/server.mjs';

const kPackaging = path.join(kRoot, 'packaging/prometheus');
const kUnpacked = path.join(kRoot, '.dev/packages/prometheus/usr/bin/promtool');

// `| \`name\` | type | \`label\`… | meaning |`
function documented() {
  const page = fs.readFileSync(path.join(kRoot, 'docs/reference/metrics.md'), 'utf8');
  const rows = page.matchAll(/^\| `(tallymark_\w+)` \| (\w+) \| ?(.*?) ?\| .+ \|$/gm);
  return new Map(
    [...rows].map(([, name, type, label]) => [name, { type, label: /^`(\w+)`/.exec(label)?.[1] }]),
  );
}

// The same of the text exposition format.
function exposed(text) {
  const out = new Map();
  for (const [, name, type] of text.matchAll(/^# TYPE (\w+) (\w+)$/gm))
    out.set(name, { type, label: undefined });
  for (const [, name, label] of text.matchAll(/^(tallymark_\w+)\{(\w+)="/gm))
    out.get(name).label = label;
  return out;
}

function promtool(args, input) {
  const file = fs.existsSync(kUnpacked) ? kUnpacked : 'promtool';
  const done = spawnSync(file, args, { cwd: kPackaging, encoding: 'utf8', input });
  assert.ok(!done.error, `${done.error?.message}: ./dev test fetches it`);
  return done;
}

test('the list of metrics and a running server agree', { timeout: 60000 }, async (t) => {
  const server = await startServer(t, {
    settings: { 'journal.durability': 'interval', 'kafka.brokers': '127.0.0.1:1' },
  });
  const { text } = await server.api.call('GET', '/metrics');
  const [list, said] = [documented(), exposed(text)];
  assert.ok(list.size > 50);
  assert.deepEqual(
    [...said].toSorted(([a], [b]) => a.localeCompare(b)),
    [...list].toSorted(([a], [b]) => a.localeCompare(b)),
  );
  // Days are what these count, and no unit of time.
  const { stderr } = promtool(['check', 'metrics'], text);
  const faults = stderr.split('\n').filter((line) => !/^(tallymark_days_.*"days")?$/.test(line));
  assert.deepEqual(faults, []);
});

test('alerts are about metrics that exist', () => {
  const rules = fs.readFileSync(path.join(kPackaging, 'alerts.yml'), 'utf8');
  const named = new Set(
    [...rules.matchAll(/expr: (.*)$/gm)].flatMap(([, expr]) => expr.match(/tallymark_\w+/g) ?? []),
  );
  const list = documented();
  assert.ok(named.size > 10);
  assert.deepEqual(
    [...named].filter((name) => !list.has(name)),
    [],
  );
});

test('promtool has nothing to say against rules and scrape settings', () => {
  for (const args of [
    ['check', 'rules', 'alerts.yml'],
    ['check', 'config', 'scrape.yml'],
  ]) {
    const { status, stdout, stderr } = promtool(args);
    assert.equal(status, 0, stdout + stderr);
    assert.match(stdout, /SUCCESS/);
  }
});

test('alerts fire when they say, and not before', { timeout: 60000 }, () => {
  const { status, stdout, stderr } = promtool(['test', 'rules', 'alerts_test.yml']);
  assert.equal(status, 0, stdout + stderr);
  const names = (file, pattern) =>
    new Set(
      [...fs.readFileSync(path.join(kPackaging, file), 'utf8').matchAll(pattern)].map((m) => m[1]),
    );
  assert.deepEqual(
    names('alerts_test.yml', /alertname: (\w+)/g),
    names('alerts.yml', /- alert: (\w+)/g),
  );
});
