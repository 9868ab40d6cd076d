// SPDX-License-Identifier: Apache-2.0
import type { Outcome } from '../../api/run_all';
import type { Link } from '../../api/types';
import { bareUrl, count } from '../../ui/format';
import { mostChosen } from './load_rest';

export const linkCount = (amount: number) => `${count(amount)} ${amount === 1 ? 'link' : 'links'}`;

export const tooMany = `At most ${count(mostChosen)} links can be chosen together. Narrow the list to choose all that match.`;

/** `failed` when some were refused. */
export type Report = { title: string; message: string; failed: boolean };

/** What came of a change to `of` links, for those who were not looking; `done` is "tagged". */
export function reportOf(outcome: Outcome<Link>, of: number, done: string): Report {
  const { refused, stopped } = outcome;
  const words: string[] = [];
  if (stopped) {
    const left = of - outcome.done.length - refused.length;
    words.push(`Stopped: ${linkCount(left)} left as before.`);
  }
  const [first] = refused;
  if (first) {
    const why = first.error.detail || first.error.title;
    words.push(`${linkCount(refused.length)} refused: ${bareUrl(first.item.short_url)}: ${why}`);
  }
  return {
    title: `${linkCount(outcome.done.length)} ${done}`,
    message: words.join(' '),
    failed: refused.length > 0,
  };
}
