// SPDX-License-Identifier: Apache-2.0
// Of how many clicks the screen is known, and from where, in a sentence. Nothing is guessed, so the
// rest is said to be unknown rather than left out.
import type { ScreenCoverage } from '../../api/types';
import { share } from '../../ui/format';

const sources = [
  ['beacon', 'landing pages'],
  ['user_agent', 'user agents'],
  ['client_hint', 'client hints'],
] as const;

export function coverageText(coverage: ScreenCoverage, locale?: string): string {
  if (coverage.share === null) return 'No clicks, so no screens.';
  if (coverage.known === 0) return 'No click told its screen. Landing pages and some apps do.';
  const told = sources.filter(([source]) => coverage.by_source[source] > 0);
  const parts = told.map(([source, name]) =>
    told.length === 1 ? name : `${name} (${coverage.by_source[source].toLocaleString(locale)})`,
  );
  return `Known of ${share(coverage.share, locale)} of clicks, from ${parts.join(' and ')}.`;
}
