// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import type { ExperimentReport, ExperimentResult } from '../../api/types';
import { gain, needsWords, ratioWords, sticksWords, verdictWords } from './experiment_words';

const arm = (successes: number, trials: number) => ({
  trials,
  successes,
  rate: trials ? successes / trials : null,
  rate_interval: null,
});

const variant = (at: number): ExperimentResult['variants'][number] => ({
  arm: at,
  enough_data: true,
  always_valid_p: 0.5,
  sequence: { low: -0.03, high: 0.01 },
  better: false,
  worse: false,
  description: null,
});

function report(
  result: Partial<ExperimentResult>,
  more: Partial<ExperimentReport> = {},
): ExperimentReport {
  return {
    id: 'exp_1',
    name: 'Button or banner',
    kind: 'variants',
    state: 'running',
    arms: [
      { link_id: 'lnk_1', variant: 'A', weight: 1 },
      { link_id: 'lnk_1', variant: 'B', weight: 1 },
    ],
    sticks_for: 'day',
    starts_at: '2026-11-01T00:00:00.000Z',
    ends_at: null,
    least_effect: 0.1,
    created_at: '2026-11-01T00:00:00.000Z',
    updated_at: '2026-11-01T00:00:00.000Z',
    as_of: '2026-11-20T00:00:00.000Z',
    incomplete: false,
    ...more,
    result: {
      from: '2026-11-01T00:00:00.000Z',
      to: '2026-11-20T00:00:00.000Z',
      looks: 20,
      alpha: 0.05,
      least_trials: 100,
      verdict: 'no_difference_yet',
      winner: null,
      arms: [arm(520, 8000), arm(612, 8000)],
      variants: [variant(1)],
      sample_ratio: { p: 0.4, alarm: false },
      needs: null,
      setup_changed: false,
      ...result,
    },
  };
}

const words = (...of: Parameters<typeof report>) => {
  const { tone, sentence, why } = verdictWords(report(...of), ['A', 'B', 'C'].slice(0, 2), 'en-GB');
  return { tone, sentence, text: why.join(' ') };
};

test('a winner is named with its rate, and how sure that is', () => {
  const won = words({ verdict: 'winner', winner: 1 });
  expect(won.tone).toBe('good');
  expect(won.sentence).toBe('“B” is better than “A”, the control.');
  expect(won.text).toContain('conversion rate is 7.65%, that of the control “A” is 6.5%');
  expect(won.text).toContain('at most 5% of experiments');
  expect(won.text).not.toContain('other variants');
});

test('the control can win, and then over every variant', () => {
  expect(words({ verdict: 'winner', winner: 0 }).sentence).toBe(
    '“A”, the control, is better than “B”.',
  );
});

test('of several variants the best is not proven better than the others', () => {
  const many = report({
    verdict: 'winner',
    winner: 2,
    arms: [arm(1, 100), arm(2, 100), arm(30, 100)],
    variants: [variant(1), variant(2)],
  });
  const { sentence, why } = verdictWords(many, ['A', 'B', 'C'], 'en-GB');
  expect(sentence).toBe('“C” is better than “A”, the control.');
  expect(why.join(' ')).toContain('that it beats the other variants is not proven');
});

test('no difference never says that they are equal', () => {
  const none = words({});
  expect(none.sentence).toBe('No difference so far that could not be chance.');
  expect(none.text).toContain('That does not make them equal.');
  expect(none.text).toContain('“B” may be anything from −1 pp to +3 pp');
  expect(words({}, { state: 'ended' }).sentence).toBe(
    'No difference was found that could not be chance.',
  );
});

test('the floor is told while it is not reached', () => {
  const early = words({ verdict: 'not_enough_data', arms: [arm(2, 40), arm(1, 1043)] });
  expect(early.sentence).toBe('Too early to say.');
  expect(early.text).toContain('100 unique clicks each');
  expect(early.text).toContain('“A” 40 and “B” 1,043');
});

test('what is broken comes before every number', () => {
  const broken = words({
    verdict: 'sample_ratio_broken',
    arms: [arm(1, 900), arm(1, 700)],
    sample_ratio: { p: 0.00001, alarm: true },
  });
  expect(broken.tone).toBe('bad');
  expect(broken.text).toContain('1 : 1 and 900 : 700 were counted');
  expect(broken.text).toContain('p below 0.001');
  const missing = words(
    { verdict: 'impossible_counts', arms: [arm(5, 100), arm(9, 3)] },
    { kind: 'links' },
  );
  expect(missing.sentence).toBe('No verdict: “B” has more clicks than impressions.');
});

test('a planned one has no verdict', () => {
  expect(words({ verdict: 'not_enough_data' }, { state: 'planned' }).sentence).toBe(
    'It has not begun yet.',
  );
});

test('what is needed is told while it runs and nothing is decided', () => {
  const needs = { target_rate: 0.0715, trials: 60000, trials_left: 44000, days_left: 12 };
  expect(needsWords(report({ needs }), 'en-GB')).toBe(
    'To find a change by 10% of the control’s rate (6.5% to 7.15%) four times in five it needs ' +
      '60,000 unique clicks in all; 44,000 are left, which takes about 12 more days at the pace so far.',
  );
  expect(
    needsWords(report({ needs: { ...needs, trials_left: 0, days_left: 0 } }), 'en-GB'),
  ).toContain('Enough was seen');
  expect(needsWords(report({ needs: null }), 'en-GB')).toContain('once the control has a rate');
  expect(needsWords(report({ needs, verdict: 'winner', winner: 1 }))).toBeNull();
  expect(needsWords(report({ needs }, { state: 'ended' }))).toBeNull();
});

test('the gain is the difference turned round', () => {
  expect(gain({ low: -0.02, high: 0.005 })).toEqual({ low: -0.005, high: 0.02 });
  expect(gain({ low: -0.02, high: 0 })).toEqual({ low: 0, high: 0.02 });
  expect(gain(null)).toBeNull();
});

test('how long a variant is kept, and how they were divided', () => {
  expect(sticksWords('day')).toContain('without a cookie');
  expect(sticksWords('30_days')).toContain('30 days, by a cookie');
  expect(sticksWords(null)).toBeNull();
  expect(ratioWords({ p: null, alarm: false })).toContain('Too few');
  expect(ratioWords({ p: 0.31, alarm: false }, 'en-GB')).toContain('p 0.31');
  expect(ratioWords({ p: 0.00002, alarm: true }, 'en-GB')).toContain('not divided');
});
