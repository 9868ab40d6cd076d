// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { overall, type Part, partText, partTitle } from './readiness_words';

const part = (name: string, state: Part['state']): Part => ({ name, state, detail: '' });

test('all well is said in a sentence, and an old file is no trouble', () => {
  const parts = [part('journal', 'ok'), part('geo', 'old')];
  expect(overall({ status: 'ok', parts })).toEqual({ tone: 'good', text: 'Everything works' });
});

test('what is the matter is named', () => {
  const parts = [part('journal', 'degraded'), part('clicks', 'down'), part('links', 'ok')];
  expect(overall({ status: 'down', parts })).toEqual({
    tone: 'bad',
    text: 'Needs a look: writing clicks down, click store',
  });
  expect(partText(parts[0] as Part)).toContain('clicks are being lost');
  expect(partText(parts[1] as Part)).toContain('not lost');
});

test('a part that is new here is shown by its name', () => {
  const unknown = part('pigeons', 'down');
  expect(partTitle(unknown)).toBe('pigeons');
  expect(partText(unknown)).toBe('It does not work.');
});
