// SPDX-License-Identifier: Apache-2.0
// What each number on screen means, in one place. docs/reference/semantics.md and statistics.md are
// the definitions; these are the same in the words of somebody who has not read them. Whoever
// changes the one changes the other.

export type Explanation = { title: string; text: readonly string[] };

const spikeRule =
  'A spike has at least 20 clicks and a chance below 1 in 10,000 of happening by the baseline alone.';

export const explanations = {
  clicks: {
    title: 'Clicks',
    text: [
      'Requests of people that were sent on to the destination, or shown its landing page.',
      'Bots, link previews and prefetches are never in it, nor are links that were expired, disabled, not yet open or over their limit: those are listed below the figures.',
    ],
  },
  botClicks: {
    title: 'Bot clicks',
    text: [
      'Requests that were sent on, from crawlers, link previews, AI agents, monitors, programs and scanners.',
      'Requests that only ask for the head, or ahead of time, are neither people nor bots: they are listed below the figures.',
    ],
  },
  allClicks: {
    title: 'Clicks, bots included',
    text: ['Every request that was sent on, of people and of bots together.'],
  },
  unique: {
    title: 'Unique clicks (per day)',
    text: [
      'The first click of a visitor on a link in a UTC day. The same person on the next day, or on another link, counts once more.',
      'A visitor is an address with a browser, hashed with a secret that is destroyed 48 hours after the day began. No cookie is needed for that.',
    ],
  },
  visitors: {
    title: 'Visitors',
    text: [
      'Different people over all links, each counted once a UTC day. Several days are added up: who comes on two days is two.',
      'With filters they are counted anew among the clicks that match.',
    ],
  },
  bots: {
    title: 'Bots, apart',
    text: [
      'Crawlers, link previews, AI agents, monitors, programs and scanners that were sent on.',
      'They are never part of the clicks of people, and this figure is the same whoever you look at.',
    ],
  },
  ctr: {
    title: 'CTR',
    text: [
      'Click-through rate: clicks of people ÷ impressions that were entered. The range beside it holds the true rate in 95 of 100 cases (Wilson).',
      'Only for whole days of the zone that the workspace reports in, and with no filter but link, campaign, tag and channel. Today counts up to now.',
    ],
  },
  conversions: {
    title: 'Conversions',
    text: [
      'What your pages and your server reported, joined to the click by its id, by the time it happened.',
      'The rate is clicks with at least one conversion ÷ clicks, by the time of the click, with its 95 % range.',
    ],
  },
  lately: {
    title: 'Live',
    text: [
      'Clicks of the last 30 minutes with the filters of this page, whatever its range; one bar for each minute. The rate is the average of the last five whole minutes.',
      'A click is listed within a second, and counted in the figures of this page a few seconds later.',
    ],
  },
  change: {
    title: 'Change',
    text: [
      'The change is against as many days before, up to the same time of day; for 24 hours, against the 24 before. There is none where there was nothing to compare with.',
    ],
  },
  overTime: {
    title: 'Clicks over time',
    text: [
      'Each point is one hour, day or month of the chosen zone. The last stretch is dashed while it still fills up. The grey line is the period before, laid over this one.',
      `${spikeRule} The three largest links are judged on their own as well. Marks are left out where nothing stands out.`,
    ],
  },
  places: {
    title: 'Places',
    text: [
      'Where the address is registered, looked up in a database on this server; the address itself is not stored unless you ask for it. Cities are often the provider’s.',
      'What the database does not know stays in the list as Unknown and is never guessed.',
    ],
  },
  map: {
    title: 'World map',
    text: [
      'Clicks by country. Each darker shade is a larger part of the strongest country, in steps that grow by the square root so that small countries stay visible.',
      'Click a country to see only its clicks.',
    ],
  },
  sources: {
    title: 'Sources',
    text: [
      'The channel is the first rule that fits: QR code, paid kinds, shopping, social, video, AI assistants, search, email and so on; Direct is a click with neither referrer nor tag. A link’s own channel goes before all but QR.',
      'The source is utm_source, else source or ref, else the referrer’s name, else the app. Of the referrer, its query string is never stored.',
    ],
  },
  campaigns: {
    title: 'Campaigns',
    text: [
      'UTM tags of the short address as it was clicked, else those saved with the link. A campaign may also be the link’s own.',
      'Link tags are those that the link has now; a click counts under each of them.',
    ],
  },
  devices: {
    title: 'Devices',
    text: [
      'Told by the browser’s user agent and its client hints. An app’s own browser goes by the name of the app.',
      'A screen is known only where the visitor’s side reported it, in physical pixels.',
    ],
  },
  kinds: {
    title: 'Kinds of click',
    text: [
      'How the link was opened (link, QR code, app) and what became of the request. Only “redirected” and “landing” are clicks in the figures above.',
    ],
  },
  links: {
    title: 'Links',
    text: [
      'Clicks by link. Choose one to see only its clicks here, or open its own page beside it.',
    ],
  },
  heatmap: {
    title: 'Hours of the week',
    text: [
      'Clicks per hour, for each hour of the week in the chosen zone: clicks ÷ how often that hour was in the range.',
      'The darkest shade begins at the 95th percentile of the hours that have clicks, so that one extraordinary hour does not make all others pale. Hours without clicks are empty; the hour it is now has a frame.',
      'Visitors’ hours: each click in the hour where its visitor is, by country and, where a country has several clocks, by region (most of its people’s). Clicks without a known place are left out, and the share of the others is told. What stands out, and best times, are always hours of the chosen zone.',
    ],
  },
  bestTime: {
    title: 'Best time to send',
    text: [
      'Hours that stand out from the average hour by more than 168 looks at chance allow, were seen in at least three weeks, and are above average without their busiest week.',
      'The factor is shrunk toward what the weekday and the hour of day make likely; its range is a 95 % interval.',
    ],
  },
  velocity: {
    title: 'Velocity',
    text: [
      'Clicks per hour or day against what this link’s own past makes likely: its recent level times the usual pattern of its week. It learns from the eight weeks before (120 days by the day).',
      'The band is where its past puts 98 of 100 hours or days, the thin line its mean. One in fifty leaves it by chance alone. There is none while the baseline is still being learnt.',
      `${spikeRule} A drop is a platform that falls away while the others go on.`,
    ],
  },
  funnel: {
    title: 'Funnel',
    text: [
      'The way from being shown to a conversion, of people, by the time of the click. Each rate relates to the last step before it whose count is known, with its 95 % range.',
      'A step that nothing is known of shows –: no impressions entered, no landing page, no app.',
    ],
  },
  recent: {
    title: 'Recent clicks',
    text: [
      'The single requests behind the numbers, newest first, those that were not sent on too. “Unique” is the first of a visitor on this link in a UTC day.',
    ],
  },
} as const satisfies Record<string, Explanation>;

export type Explained = keyof typeof explanations;
