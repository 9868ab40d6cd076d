// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest';
import { ApiError } from '../../api/problem';
import type { Link } from '../../api/types';
import { count } from '../../ui/format';
import { reportOf, tooMany } from './bulk_words';

const links = (amount: number) =>
  Array.from({ length: amount }, (_, i) => ({ short_url: `https://go.example/${i}` }) as Link);
const refused = (amount: number, detail: string) =>
  links(amount).map((item) => ({
    item,
    error: new ApiError(409, 'taken', 'Conflict', detail, null, null),
  }));

it.each([
  { done: 1, bad: 0, stopped: false, of: 1, title: '1 link tagged', message: '' },
  { done: 120, bad: 0, stopped: false, of: 120, title: '120 links tagged', message: '' },
  {
    done: 3,
    bad: 2,
    stopped: false,
    of: 5,
    title: '3 links tagged',
    message: '2 links refused: go.example/0: has too many tags',
  },
  {
    done: 3,
    bad: 1,
    stopped: true,
    of: 5,
    title: '3 links tagged',
    message: 'Stopped: 1 link left as before. 1 link refused: go.example/0: has too many tags',
  },
])('$done done, $bad refused, stopped: $stopped', ({ done, bad, stopped, of, title, message }) => {
  const outcome = { done: links(done), refused: refused(bad, 'has too many tags'), stopped };
  expect(reportOf(outcome, of, 'tagged')).toEqual({ title, message, failed: bad > 0 });
});

it('a refusal without detail is told by its title', () => {
  const outcome = { done: [], refused: refused(1, ''), stopped: false };
  expect(reportOf(outcome, 1, 'deleted').message).toBe('1 link refused: go.example/0: Conflict');
});

it('says how to go on with too many', () => {
  expect(tooMany).toContain(count(10_000));
  expect(tooMany).toContain('Narrow the list');
});
