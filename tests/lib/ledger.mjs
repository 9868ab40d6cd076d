// SPDX-License-Identifier: Apache-2.0
//
// The sender's own books. Every request that was answered is entered with what the sender knows for
// certain about it, and counted here by other code than the product's. A test then demands that the
// product's numbers equal these.
//
// An entry: {link, bot, outcome, other ('head', 'prefetch' or null), visitor, facts: {dimension: value}}.
// A fact that is missing is one the sender cannot know (the browser's name, say); breakdowns by it
// are checked only for their sums.
import assert from 'node:assert/strict';

const kHeadline = new Set(['redirected', 'landing']);

export class Ledger {
  constructor() {
    this.entries = [];
    this.seenOnLink = new Set();
    this.seen = new Set();
  }

  // In the order in which requests were answered. All within one UTC day: see untilSafeTime().
  add(entry) {
    const counts = kHeadline.has(entry.outcome) && !entry.other;
    const person = counts && !entry.bot;
    const onLink = `${entry.link} ${entry.visitor}`;
    const first = person && !this.seenOnLink.has(onLink);
    const firstInWorkspace = person && !this.seen.has(entry.visitor);
    if (person) {
      this.seenOnLink.add(onLink);
      this.seen.add(entry.visitor);
    }
    this.entries.push({ ...entry, headline: counts, first, firstInWorkspace });
  }

  select(traffic, filter = () => true) {
    return this.entries.filter(
      (entry) =>
        entry.headline && filter(entry) && (traffic === 'all' || entry.bot === (traffic === 'bot')),
    );
  }

  // {clicks, unique_clicks, visitors, bots} as `summary` must tell them.
  summary(traffic, filter) {
    const entries = this.select(traffic, filter);
    const people = this.select('human', filter);
    return {
      clicks: entries.length,
      unique_clicks: traffic === 'bot' ? null : people.filter((entry) => entry.first).length,
      visitors: traffic === 'bot' ? null : new Set(people.map((entry) => entry.visitor)).size,
      bots: this.select('bot', filter).length,
    };
  }

  // value -> {clicks, unique_clicks}.
  breakdown(by, traffic, filter) {
    const rows = new Map();
    for (const entry of this.select(traffic, filter)) {
      const value = entry.facts[by];
      assert.notEqual(value, undefined, `the ledger does not know ${by}`);
      const row = rows.get(value) ?? { clicks: 0, unique_clicks: 0 };
      row.clicks += 1;
      row.unique_clicks += entry.first ? 1 : 0;
      rows.set(value, row);
    }
    if (traffic === 'bot') for (const row of rows.values()) row.unique_clicks = null;
    return rows;
  }
}

export function assertSummary(answer, expected, what) {
  const got = {};
  for (const name of Object.keys(expected)) got[name] = answer[name];
  assert.deepEqual(got, expected, what);
}

// Rows plus `rest` must be the headline, and `total` must be the headline too.
export function assertSumsUp(answer, headline, what) {
  let clicks = 0;
  let unique = 0;
  for (const row of answer.rows) {
    clicks += row.clicks;
    unique += row.unique_clicks ?? 0;
    assert.ok(row.kind === 'rest' ? row.value === null : typeof row.value === 'string', what);
    const share = headline.clicks === 0 ? 0 : row.clicks / headline.clicks;
    assert.ok(Math.abs(row.share - share) < 1e-9, `${what}: share of ${row.value}`);
  }
  assert.equal(answer.total.clicks, headline.clicks, `${what}: total`);
  assert.equal(answer.total.unique_clicks, headline.unique_clicks, `${what}: total uniques`);
  assert.equal(clicks, headline.clicks, `${what}: rows add up`);
  if (headline.unique_clicks !== null) {
    assert.equal(unique, headline.unique_clicks, `${what}: unique clicks add up`);
  }
}

// Every row equals the ledger's, no value is missing unless the limit cut it off, and the rows that
// are shown are the largest ones.
export function assertBreakdown(answer, expected, what) {
  const shown = new Map();
  let previous = Infinity;
  for (const row of answer.rows) {
    if (row.kind === 'rest') continue;
    assert.ok(!shown.has(row.value), `${what}: ${row.value} twice`);
    assert.ok(row.clicks <= previous, `${what}: largest first`);
    previous = row.clicks;
    shown.set(row.value, { clicks: row.clicks, unique_clicks: row.unique_clicks });
    const unknown = row.value === 'Unknown';
    assert.equal(row.kind, unknown ? 'unknown' : 'value', `${what}: kind of ${row.value}`);
  }
  for (const [value, row] of shown) {
    assert.deepEqual(row, expected.get(value), `${what}: row ${JSON.stringify(value)}`);
  }
  const cut = answer.rows.some((row) => row.kind === 'rest');
  if (!cut) {
    const missing = [...expected.keys()].filter((value) => !shown.has(value));
    assert.deepEqual(missing, [], `${what}: values missing`);
  } else {
    for (const [value, row] of expected) {
      assert.ok(shown.has(value) || row.clicks <= previous, `${what}: ${value} should be shown`);
    }
  }
}

// Waits for midnight UTC to pass when it is closer than `seconds`: the ledgers count one day.
export async function untilSafeTime(seconds) {
  const left = 86400000 - (Date.now() % 86400000);
  if (left < seconds * 1000) await new Promise((done) => setTimeout(done, left + 1000));
}
