// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { defaultView } from '../../api/view';
import { type Choice, formatCompare, parseChoice } from './compare_view';

test('an address keeps what is compared, in its order', () => {
  const choices: Choice[] = [
    { by: 'link', values: [], of: null },
    { by: 'campaign', values: ['b,with comma', 'a'], of: null },
    { by: 'variant', values: ['B', 'A'], of: 'lnk_3' },
  ];
  for (const choice of choices) {
    expect(parseChoice(formatCompare(defaultView, choice))).toEqual(choice);
  }
  expect(formatCompare(defaultView, choices[0]!).toString()).toBe('');
});

test('what an address cannot mean is ignored', () => {
  const values = Array.from({ length: 14 }, (_, at) => `value=c${at}`).join('&');
  const choice = parseChoice(new URLSearchParams(`by=cats&of=lnk_1&value=c0&${values}`));
  expect(choice.by).toBe('link');
  expect(choice.of).toBeNull();
  expect(choice.values).toHaveLength(10);
});
