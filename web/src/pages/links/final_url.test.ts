// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { finalUrl, utmOf } from './final_url';
import { emptyValues } from './link_values';

const saved = { ...emptyValues.utm, source: 'news letter', medium: 'email' };
const none = emptyValues.utm;

// The same cases as src/redirect/location_test.cc, where the short URL brings no parameters.
describe('finalUrl', () => {
  it.each([
    ['https://e.com/a?b=c#top', saved, false, false, 'https://e.com/a?b=c#top'],
    ['https://e.com/a', none, true, false, 'https://e.com/a'],
    [
      'https://e.com/a',
      saved,
      true,
      false,
      'https://e.com/a?utm_source=news%20letter&utm_medium=email',
    ],
    [
      'https://e.com/a?utm_source=own',
      saved,
      true,
      false,
      'https://e.com/a?utm_source=own&utm_medium=email',
    ],
    [
      'https://e.com/a?UTM_Source=own',
      saved,
      true,
      false,
      'https://e.com/a?UTM_Source=own&utm_medium=email',
    ],
    [
      'https://e.com/a?b=c#top',
      saved,
      true,
      false,
      'https://e.com/a?b=c&utm_source=news%20letter&utm_medium=email#top',
    ],
    ['https://e.com/?a=b#c', none, false, true, 'https://e.com/?a=b&tm_cid=…#c'],
    ['https://e.com/?tm_cid=FAKE', none, false, true, 'https://e.com/?tm_cid=…'],
    ['https://e.com/?c={click_id}', none, false, false, 'https://e.com/?c=…'],
  ])('%s', (destination, utm, passthrough, append_click_id, made) =>
    expect(finalUrl(destination, { utm, passthrough, append_click_id })).toBe(made),
  );
});

it.each([
  ['https://e.com/?utm_source=a&UTM_Medium=b&utm_term=&x=1', { source: 'a', medium: 'b' }],
  ['https://e.com/', {}],
  ['no address', {}],
])('utmOf %s', (address, tags) => expect(utmOf(address)).toEqual(tags));
