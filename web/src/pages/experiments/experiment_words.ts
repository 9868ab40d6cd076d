// SPDX-License-Identifier: Apache-2.0
// What an experiment found, in sentences. The verdict is the server's and these words add nothing to
// it: "winner" alone says that one is better, "no difference yet" never says that two are equal, and
// a broken division or missing impressions come before every number. Terms are those of
// docs/reference/semantics.md (Experiments), methods those of docs/reference/statistics.md.
import type { ExperimentReport, ExperimentResult } from '../../api/types';
import { count } from '../../ui/format';
import { chance, points, rate } from '../../ui/rates';

/** The arms' names, the control first. */
export type Names = readonly string[];

type Kind = ExperimentReport['kind'];
type Variant = ExperimentResult['variants'][number];

/** What is counted: "impressions" of which some are "clicks". */
export const countedAs: Record<Kind, { trials: string; successes: string; rate: string }> = {
  links: { trials: 'impressions', successes: 'clicks', rate: 'click-through rate' },
  variants: { trials: 'unique clicks', successes: 'converted', rate: 'conversion rate' },
};

export type Verdict = { tone: 'good' | 'plain' | 'bad'; sentence: string; why: string[] };

const quoted = (name: string | undefined) => `“${name ?? '?'}”`;

function list(parts: readonly string[]): string {
  return new Intl.ListFormat('en-GB', { type: 'conjunction' }).format(parts);
}

/** The server writes control minus variant; people read what the variant adds. */
export function gain(range: Variant['sequence']): Variant['sequence'] {
  return range && { low: -range.high || 0, high: -range.low || 0 };
}

function winnerWords(report: ExperimentReport, names: Names, locale?: string): Verdict {
  const { arms, variants, winner, alpha } = report.result;
  const best = winner ?? 0;
  const sure =
    `If all were equal, at most ${rate(alpha, locale)} of experiments would name a winner at all, ` +
    'however often somebody looks.';
  const rateOf = (arm: number) => rate(arms[arm]?.rate, locale);
  const why = [
    `Its ${countedAs[report.kind].rate} is ${rateOf(best)}, ${
      best === 0
        ? `that of ${list(names.slice(1).map((name, at) => `${quoted(name)} ${rateOf(at + 1)}`))}`
        : `that of the control ${quoted(names[0])} is ${rateOf(0)}`
    }.`,
  ];
  if (best === 0) {
    const others = variants.length > 1 ? 'every variant' : quoted(names[1]);
    const sentence = `${quoted(names[0])}, the control, is better than ${others}.`;
    return { tone: 'good', sentence, why: [...why, sure] };
  }
  if (variants.length > 1) {
    why.push('It is better than the control; that it beats the other variants is not proven.');
  }
  const sentence = `${quoted(names[best])} is better than ${quoted(names[0])}, the control.`;
  return { tone: 'good', sentence, why: [...why, sure] };
}

function noDifference(report: ExperimentReport, names: Names, locale?: string): Verdict {
  const over = report.state === 'ended';
  const ranges = report.result.variants.flatMap((variant) => {
    const range = gain(variant.sequence);
    return range
      ? [
          `${quoted(names[variant.arm])} may be anything from ${points(range.low, locale)} to ` +
            `${points(range.high, locale)} beside the control.`,
        ]
      : [];
  });
  return {
    tone: 'plain',
    sentence: over
      ? 'No difference was found that could not be chance.'
      : 'No difference so far that could not be chance.',
    why: ['That does not make them equal.', ...ranges],
  };
}

function notEnough(report: ExperimentReport, names: Names, locale?: string): Verdict {
  const { arms, least_trials } = report.result;
  const { trials } = countedAs[report.kind];
  const counts = names.map((name, at) => `${quoted(name)} ${count(arms[at]?.trials, locale)}`);
  const floor = count(least_trials, locale);
  return {
    tone: 'plain',
    sentence:
      report.state === 'ended' ? 'It ended before there was enough to judge.' : 'Too early to say.',
    why: [
      `A variant is judged once it and the control have ${floor} ${trials} each.`,
      `So far: ${list(counts)}.`,
    ],
  };
}

function brokenRatio(report: ExperimentReport, names: Names, locale?: string): Verdict {
  const { arms, sample_ratio } = report.result;
  const counted = arms.map((arm) => count(arm.trials, locale)).join(' : ');
  const told = report.arms.map((arm) => count(arm.weight, locale)).join(' : ');
  return {
    tone: 'bad',
    sentence: 'No verdict: visitors were not divided as the weights say.',
    why: [
      `For ${list(names.map(quoted))} the weights are ${told} and ${counted} were counted; ` +
        `chance alone hardly does that (p ${chance(sample_ratio.p ?? 0, locale)}).`,
      'Find out what divides them before you believe any number below.',
    ],
  };
}

function impossible(report: ExperimentReport, names: Names): Verdict {
  const at = report.result.arms.findIndex((arm) => arm.successes > arm.trials);
  const { trials, successes } = countedAs[report.kind];
  return {
    tone: 'bad',
    sentence: `No verdict: ${quoted(names[at])} has more ${successes} than ${trials}.`,
    why:
      report.kind === 'links'
        ? ['Impressions are missing. Enter those of every day on which the links were shown.']
        : [],
  };
}

/** The verdict as one sentence, and what stands behind it. */
export function verdictWords(report: ExperimentReport, names: Names, locale?: string): Verdict {
  if (report.state === 'planned') {
    return { tone: 'plain', sentence: 'It has not begun yet.', why: [] };
  }
  switch (report.result.verdict) {
    case 'winner':
      return winnerWords(report, names, locale);
    case 'no_difference_yet':
      return noDifference(report, names, locale);
    case 'not_enough_data':
      return notEnough(report, names, locale);
    case 'sample_ratio_broken':
      return brokenRatio(report, names, locale);
    case 'impossible_counts':
      return impossible(report, names);
  }
}

/** What is still needed until the change that is worth finding would be found. */
export function needsWords(report: ExperimentReport, locale?: string): string | null {
  const { needs, arms, verdict } = report.result;
  if (report.state !== 'running' || verdict === 'winner') return null;
  if (verdict === 'sample_ratio_broken' || verdict === 'impossible_counts') return null;
  const { trials } = countedAs[report.kind];
  if (!needs) return 'How long it takes can be said once the control has a rate.';
  const change =
    `a change by ${rate(report.least_effect, locale)} of the control’s rate ` +
    `(${rate(arms[0]?.rate, locale)} to ${rate(needs.target_rate, locale)})`;
  if (needs.trials_left === 0) {
    return `Enough was seen to find ${change} four times in five. A smaller one may still be there.`;
  }
  const pace =
    needs.days_left === null
      ? ''
      : `, which takes about ${count(needs.days_left, locale)} more ` +
        `${needs.days_left === 1 ? 'day' : 'days'} at the pace so far`;
  return (
    `To find ${change} four times in five it needs ${count(needs.trials, locale)} ${trials} in all; ` +
    `${count(needs.trials_left, locale)} are left${pace}.`
  );
}

/** How long a visitor keeps a variant. Links have none to keep. */
export function sticksWords(sticksFor: ExperimentReport['sticks_for']): string | null {
  if (sticksFor === null) return null;
  return sticksFor === 'day'
    ? 'Who gets a variant keeps it until the UTC day ends, without a cookie. On another day the ' +
        'same person may see another one, and is then another unique click.'
    : 'Who gets a variant keeps it for 30 days, by a cookie of this link that names the variant and ' +
        'nothing else. A person who comes on several days is a unique click on each of them.';
}

/** Whether visitors were divided as told, for the table of counts. */
export function ratioWords({ p }: ExperimentResult['sample_ratio'], locale?: string): string {
  if (p === null) return 'Too few to tell whether visitors are divided as the weights say.';
  return p < 0.001
    ? `Visitors are not divided as the weights say (p ${chance(p, locale)}).`
    : `Visitors are divided as the weights say, as far as can be told (p ${chance(p, locale)}).`;
}
