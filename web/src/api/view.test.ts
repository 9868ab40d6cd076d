// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import {
  defaultView,
  formatView,
  isFilling,
  parseView,
  ranges,
  refreshMs,
  statsQuery,
  withFilter,
  withView,
} from './view';

const parse = (text: string) => parseView(new URLSearchParams(text));

describe('a view in the address', () => {
  it('is empty by default', () => {
    expect(parse('')).toEqual(defaultView);
    expect(formatView(defaultView).toString()).toBe('');
  });

  it.each([
    'range=7d',
    'range=12mo&traffic=all',
    'traffic=bot&country=DE',
    'range=24h&city=S%C3%A3o+Paulo&in_app=true',
    'referrer=',
    'from=2026-11-01&to=2026-11-15',
    'from=2026-11-01&to=2026-11-02&traffic=all&os=iOS',
    'tz=Asia%2FKathmandu&country=!DE,AT&city=Washington%5C%2C+D.C.',
  ])('%s survives the round trip', (text) => {
    const view = parse(text);
    expect(parseView(formatView(view))).toEqual(view);
    expect(parse(formatView(view).toString())).toEqual(parse(text));
  });

  it('takes picked days over a named range', () => {
    const view = parse('range=7d&from=2026-11-01&to=2026-11-15');
    expect(view.range).toEqual({ from: '2026-11-01', to: '2026-11-15' });
    expect(formatView(view).toString()).toBe('from=2026-11-01&to=2026-11-15');
  });

  it.each([
    'from=2026-11-01',
    'to=2026-11-15',
    'from=2026-11-15&to=2026-11-01',
    'from=2026-11-15&to=2026-11-15',
    'from=2026-02-30&to=2026-11-01',
    'from=yesterday&to=today',
  ])('%s is no range, so the named one stays', (text) => {
    expect(parse(`range=7d&${text}`).range).toBe('7d');
  });

  it('ignores what it does not know', () => {
    expect(parse('range=1y&traffic=martian&colour=red&tz=Mars/Olympus')).toEqual(defaultView);
  });
});

it('the navigation carries the view and nothing else', () => {
  expect(withView('/links', '?focus=search&range=7d&tz=Asia%2FTokyo&os=!iOS')).toBe(
    '/links?range=7d&tz=Asia%2FTokyo&os=%21iOS',
  );
  expect(withView('/links', '')).toBe('/links');
});

describe('statsQuery', () => {
  it('asks with range, zone and filters', () => {
    expect(statsQuery(parse('range=7d&country=DE'), 'Asia/Kathmandu')).toEqual({
      range: '7d',
      tz: 'Asia/Kathmandu',
      country: 'DE',
    });
  });

  it('asks for picked days in the zone, without a named range', () => {
    expect(statsQuery(parse('from=2026-11-01&to=2026-11-15'), 'Asia/Kathmandu')).toEqual({
      from: '2026-11-01',
      to: '2026-11-15',
      tz: 'Asia/Kathmandu',
    });
  });

  it('asks for several values and for what is not', () => {
    expect(statsQuery(parse('country=DE,AT&os=!iOS'), 'UTC')).toMatchObject({
      country: 'DE,AT',
      os: '!iOS',
    });
  });

  it('keeps the filter for what is not there', () => {
    expect(statsQuery(parse('referrer='), 'UTC')).toMatchObject({ referrer: '' });
  });

  it('narrows to one link, whatever the address says', () => {
    expect(statsQuery(parse('link=other&traffic=bot'), 'UTC', 'mine')).toEqual({
      range: '30d',
      tz: 'UTC',
      traffic: 'bot',
      link: 'mine',
    });
  });
});

it('withFilter sets and removes without touching the original', () => {
  const view = parse('country=DE');
  const country = { not: false, values: ['DE'] };
  const os = { not: true, values: ['iOS'] };
  const more = withFilter(view, 'os', os);
  expect(more.filters).toEqual({ country, os });
  expect(withFilter(more, 'country', null).filters).toEqual({ os });
  expect(view.filters).toEqual({ country });
});

it('longer ranges are asked for less often', () => {
  const pace = ranges.map(refreshMs);
  expect(pace).toEqual([...pace].sort((a, b) => a - b));
});

it.each([
  ['2026-11-01', '2026-11-02', 5_000],
  ['2026-10-01', '2026-11-01', 5_000],
  ['2026-08-01', '2026-11-01', 10_000],
  ['2025-11-01', '2026-11-01', 30_000],
])('days %s to %s are asked for every %i ms', (from, to, pace) =>
  expect(refreshMs({ from, to })).toBe(pace),
);

it.each([
  ['2026-11-23', 'UTC', true],
  ['2026-11-22', 'UTC', false],
  ['2026-11-23', 'Asia/Kathmandu', false],
  ['2026-11-24', 'Asia/Kathmandu', true],
])('days up to %s in %s are filling: %s', (to, tz, filling) =>
  expect(isFilling({ from: '2026-11-01', to }, '2026-11-22T18:30:00.000Z', tz)).toBe(filling),
);
