// SPDX-License-Identifier: Apache-2.0
// Of how many clicks the screen is known, and from where, or the visitor's hour, in a sentence. What
// is not known is not guessed, and the sentence says so.
import type { Heatmap, ScreenCoverage } from '../../api/types';
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

export function hoursCoverageText(
  coverage: NonNullable<Heatmap['coverage']>,
  locale?: string,
): string {
  if (coverage.share === null) return 'No clicks, so no hours.';
  if (coverage.known === 0) return 'Of no click it is known which clock its visitor goes by.';
  if (coverage.share === 1) return 'Each click in the hour where its visitor is.';
  // A share that is not all of it never reads 100 %.
  const known = Math.min(coverage.share, 0.999);
  return `Each click in the hour where its visitor is: known of ${share(known, locale)} of clicks, the others are left out.`;
}
