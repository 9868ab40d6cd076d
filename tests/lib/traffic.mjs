// SPDX-License-Identifier: Apache-2.0
//
// Makes a day of realistic traffic: links, visitors and the requests they send, each request with
// what the sender knows about it (see ledger.mjs).
//
// Three rules keep the sender's knowledge exact. A visitor comes to at most three links, so the
// burst rule (four links within two seconds) never applies. A visitor returns to a link only in a
// later wave, and waves are more than a second apart, because of hits closer together on different
// threads either may count as the first. Everything happens within one UTC day.
import {
  kCampaigns,
  kContents,
  kMediums,
  kReferrers,
  kSources,
  kTerms,
  loadBrowsers,
  loadCrawlers,
  loadGeo,
  loadInAppBrowsers,
  randomHost,
  randomV4,
  randomV6Network,
} from './corpus.mjs';

const kLanguages = [
  'en-US,en;q=0.9',
  'de-DE,de;q=0.9,en;q=0.5',
  'fr',
  'pt-BR,pt;q=0.8',
  'ja',
  'zh-CN,zh;q=0.9',
  'es-419,es;q=0.9',
];

// Bodies for `count` links: static and exact paths, with saved tags, campaigns and channels.
export function linkBodies(random, count) {
  const bodies = [];
  for (let i = 0; i < count; ++i) {
    const body = {
      destination: `https://shop.example.com/landing/${i}?ref=tallymark#top`,
      title: `Link ${i}`,
      prefix: `p${i}`,
      tags: [`group-${i % 5}`, ...(i % 3 === 0 ? ['third'] : [])],
    };
    if (i % 2 === 1) body.token = random.pick([`item-${i}`, `Größe ${i}`, `a.b~c_${i}`, `x+${i}`]);
    if (i % 10 === 3) body.prefix = `P${i - 3}`; // differs from /p… only by case
    if (i % 4 === 0) {
      body.utm = {
        source: random.pick(kSources),
        medium: random.pick(kMediums),
        campaign: i % 8 === 0 ? random.pick(kCampaigns) : null,
        content: i % 12 === 0 ? random.pick(kContents) : null,
      };
    }
    if (i % 5 === 0) body.campaign = `link campaign ${i % 15}`;
    if (i % 20 === 7) body.channel = 'partners';
    if (i % 50 === 49) body.enabled = false;
    bodies.push(body);
  }
  return bodies;
}

function pathOf(link) {
  return link.token === null
    ? `/${link.prefix}`
    : `/${link.prefix}/${encodeURIComponent(link.token)}`;
}

// What the short URL's query says, and what of it is stored (own value, else the link's).
function tags(random, link) {
  const query = [];
  const sent = {};
  const put = (name, choices, chance) => {
    if (!random.chance(chance)) return;
    sent[name] = random.pick(choices);
    const text = encodeURIComponent(sent[name]);
    query.push(`utm_${name}=${random.chance(0.5) ? text.replaceAll('%20', '+') : text}`);
  };
  put('source', kSources, 0.5);
  put('medium', kMediums, 0.5);
  put('campaign', kCampaigns, 0.5);
  put('content', kContents, 0.3);
  put('term', kTerms, 0.2);
  const src = random.chance(0.1) ? random.pick(['flyer-1', 'flyer-2', 'window']) : '';
  if (src) query.push(`src=${src}`);
  const ad = random.chance(0.05) ? random.pick(['gclid', 'msclkid', 'ttclid']) : '';
  if (ad) query.push(`${ad}=AbC${random.between(1, 1e9)}`);
  const trigger = random.chance(0.05) ? 'qr' : 'link';
  if (trigger === 'qr') query.push('qr=1');
  const facts = {
    medium: sent.medium ?? link.utm.medium ?? '',
    campaign: sent.campaign ?? link.utm.campaign ?? link.campaign ?? '',
    content: sent.content ?? link.utm.content ?? '',
    term: sent.term ?? link.utm.term ?? '',
    src,
    ad_click: ad,
    trigger,
  };
  const source = sent.source ?? link.utm.source;
  if (source) facts.source = source;
  return { query: random.shuffle(query).join('&'), facts };
}

export class Traffic {
  static async create(random, links) {
    const traffic = new Traffic();
    traffic.random = random;
    traffic.unknownPlaces = 0;
    traffic.links = links.filter((link) => link.enabled);
    traffic.closed = links.filter((link) => !link.enabled);
    traffic.browsers = loadBrowsers();
    traffic.inApp = loadInAppBrowsers();
    traffic.crawlers = loadCrawlers();
    traffic.geo = await loadGeo();
    return traffic;
  }

  // A place to come from: `address()` differs between visits from one IPv6 network.
  #place() {
    if (this.random.chance(0.12)) {
      const network = randomV6Network(this.random);
      return { network, address: () => `${network}:${randomHost(this.random)}` };
    }
    if (this.random.chance(0.01)) {
      // Documentation's addresses are in no database; each is used once.
      this.unknownPlaces += 1;
      const network = `2001:db8:${this.unknownPlaces.toString(16)}:1`;
      const host = this.unknownPlaces > 254 ? `${network}::1` : `203.0.113.${this.unknownPlaces}`;
      return { network, address: () => host };
    }
    const network = randomV4(this.random);
    return { network, address: () => network };
  }

  // Half by how common they are, half any: rare profiles are where mistakes hide.
  #browser() {
    return this.random.chance(0.5)
      ? this.browsers.choice.pick(this.random)
      : this.random.pick(this.browsers.all);
  }

  #request(link, { userAgent, place, bot, device, extra = {}, outcome = 'redirected', other }) {
    const address = place.address();
    const { query, facts } = tags(this.random, link);
    const referrer = this.random.chance(0.6) ? this.random.pick(kReferrers) : null;
    const forwarded = this.random.chance(0.2) ? `198.51.100.7, ${address}` : address;
    const path = pathOf(link) + (this.random.chance(0.03) ? '/' : '') + (query ? `?${query}` : '');
    const headers = {
      'User-Agent': userAgent,
      'X-Forwarded-For': forwarded,
      'Accept-Language': this.random.pick(kLanguages),
      Referer: referrer?.url,
      ...extra,
    };
    return {
      method: other === 'head' ? 'HEAD' : 'GET',
      path,
      headers,
      entry: {
        link: link.id,
        bot: Boolean(bot),
        outcome,
        other: other ?? null,
        visitor: `${place.network} ${userAgent}`,
        userAgent,
        facts: {
          ...facts,
          ...this.geo(address),
          link: link.id,
          prefix: link.prefix,
          token: link.token ?? '',
          domain: '127.0.0.1',
          referrer: referrer?.host ?? '',
          outcome,
          ...(device ? { device } : {}),
          imported: 'false',
        },
      },
    };
  }

  // `count` clicks of people in three waves.
  people(count) {
    const waves = [[], [], []];
    // The rare ones that must not be missing, whatever chance picks.
    const certain = [
      ...this.inApp.map((app) => ({ userAgent: app.user_agent, device: app.device })),
      ...this.browsers.all.filter(({ device }) => device === 'tablet'),
    ];
    for (let made = 0, visitor = 0; made < count; ++visitor) {
      const browser = certain[visitor] ?? this.#browser();
      const place = this.#place();
      const known = { userAgent: browser.userAgent, device: browser.device, place };
      const links = new Set();
      for (let i = this.random.pick([1, 1, 1, 2, 2, 3]); i > 0; --i) {
        links.add(this.random.pick(this.links));
      }
      for (const link of links) {
        const visits = this.random.pick([1, 1, 1, 2, 3]);
        for (let wave = 0; wave < visits; ++wave, ++made)
          waves[wave].push(this.#request(link, known));
      }
    }
    return waves.map((wave) => this.random.shuffle(wave));
  }

  // Every crawler sample once, from a place of its own.
  bots() {
    return this.random.shuffle(
      this.crawlers.map((userAgent) =>
        this.#request(this.random.pick(this.links), { userAgent, place: this.#place(), bot: true }),
      ),
    );
  }

  // What must not count: closed links, HEAD, prefetch.
  others(each) {
    const made = [];
    for (let i = 0; i < each; ++i) {
      const known = () => {
        const { userAgent, device } = this.#browser();
        return { userAgent, device, place: this.#place() };
      };
      const link = () => this.random.pick(this.links);
      made.push(this.#request(this.random.pick(this.closed), { ...known(), outcome: 'disabled' }));
      made.push(this.#request(link(), { ...known(), other: 'head' }));
      made.push(
        this.#request(link(), {
          ...known(),
          other: 'prefetch',
          outcome: 'prefetch',
          extra: { 'Sec-Purpose': 'prefetch' },
        }),
      );
    }
    return made;
  }
}
