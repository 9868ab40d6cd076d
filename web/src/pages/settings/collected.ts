// SPDX-License-Identifier: Apache-2.0
// What is collected of people who follow a short link, in words for them: docs/guides/privacy.md
// without what only an operator needs. Where it depends on a setting that is not known (null: the
// server has not answered, or its workspaces may differ), every possibility is named and nothing is
// promised that may not hold.
import type { Meta } from '../../api/types';

export type Policy = {
  /** `privacy.ip` of the server. */
  ip: 'none' | 'truncated' | 'full' | null;
  /** `privacy.signals` of the server. */
  signals: 'ignore' | 'anonymise' | 'do_not_record' | null;
  /** How long clicks are kept; 0 is for ever. */
  retentionDays: number | null;
  experimentCookie: boolean | null;
};

export type Chapter = { title: string; items: string[] };

const kept = [
  'When you clicked, which link, and where it led.',
  'What your browser says of itself: its name, your system, the kind of device, your language, and the size of the screen where it tells.',
  'The page that you came from, without what its address has behind the question mark, and the campaign that the link’s owner wrote into it.',
  'Your country, region and city, looked up in a file on this server. No other service is asked.',
  'A number that stands for you on one day and on no other. It tells a second click from a second person; after 48 hours nobody can work out who it was.',
  'What the page that you reached tells of it later: that you bought or signed up, when, and what it was worth.',
];

const whatBrowserSays = 'no visitor number, no place, no browser and no referrer';

const addresses: Record<NonNullable<Policy['ip']>, string> = {
  none: 'It is used to look up the place and to make the day’s number, and then it is thrown away, as a rule within a second. It is not stored with the click.',
  truncated:
    'Only its network is stored with the click: the last number of an IPv4 address, and all but the first 48 bits of an IPv6 address, are cut off.',
  full: 'It is stored with the click.',
};

const signals: Record<NonNullable<Policy['signals']>, string> = {
  ignore: 'Do Not Track (DNT) and Global Privacy Control change nothing here.',
  anonymise:
    'With Do Not Track (DNT) or Global Privacy Control your place and the day’s number are worked out from a shortened address, and neither the address nor the text by which your browser names itself is kept.',
  do_not_record: `With Do Not Track (DNT) or Global Privacy Control only the time, the link and its outcome are kept, and whether a bot asked: ${whatBrowserSays}.`,
};

const noSignalsTold =
  'Whether Do Not Track (DNT) and Global Privacy Control are obeyed is for the operator to say; it is set on the server.';
const noAddressTold =
  'It is used to look up the place and to make the day’s number. Stored with the click is nothing of it unless the operator has asked for its network or for all of it.';

const noCookie =
  'None is set on you, there is no pixel, and no script runs but on a landing page that a link may show: it reports the size of the screen, once.';

function cookieText(cookie: boolean | null): string[] {
  if (cookie === false) return [noCookie];
  const exception =
    'a link that leads different people to different pages may set one that holds the name of the page you were given and nothing else. It is for that link alone and ends after 30 days';
  if (cookie) return [`One exception to none: ${exception}.`];
  return [noCookie, `One exception, where the operator has switched it on: ${exception}.`];
}

function lifetimeText(days: number | null): string {
  if (days === 0) return 'Clicks are kept until somebody erases them.';
  if (days !== null)
    return `Clicks are deleted when they are ${days === 1 ? 'a day' : `${days} days`} old, with every count of them.`;
  return 'As long as the operator has decided; then clicks are deleted with every count of them.';
}

/** The page's chapters under `policy`. */
export function collected(policy: Policy): Chapter[] {
  return [
    { title: 'What a click leaves', items: kept },
    {
      title: 'Your IP address',
      items: [policy.ip ? addresses[policy.ip] : noAddressTold],
    },
    {
      title: 'If your browser asks for privacy',
      items: [policy.signals ? signals[policy.signals] : noSignalsTold],
    },
    { title: 'Cookies', items: cookieText(policy.experimentCookie) },
    {
      title: 'For how long, and for whom',
      items: [
        lifetimeText(policy.retentionDays),
        'It stays on this server. Whoever runs it sees it, and may pass clicks on to tools of theirs; they answer for that.',
        'You may ask them to erase your clicks. They need the id of one of them, which is often in the address of the page that you reached, or, within two days, your address and browser.',
      ],
    },
  ];
}

/** What a server says of its privacy settings to everybody; null for each that is not known. */
export function toldPolicy(meta: Meta | undefined): Policy {
  const told = meta?.privacy;
  const workspace = told?.workspace;
  return {
    ip: told?.ip ?? null,
    signals: told?.signals ?? null,
    retentionDays: workspace ? (workspace.retention_days ?? 0) : null,
    experimentCookie: workspace ? workspace.experiment_cookie : null,
  };
}
