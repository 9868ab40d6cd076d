// SPDX-License-Identifier: Apache-2.0
// What the compare page lays side by side, kept in its address beside the view: what kind of thing
// (`by`), which of them (`value`, repeated, the first is what the others are held against), and for
// variants whose they are (`of`).
import { useMemo } from 'react';
import { useSearchParams } from 'wouter';
import { mostValues, type Subject, subjects } from '../../api/compare';
import { formatView, parseView, type View } from '../../api/view';

export type Choice = { by: Subject; values: readonly string[]; of: string | null };

export function parseChoice(params: URLSearchParams): Choice {
  const by = params.get('by');
  const subject = subjects.find((one) => one === by) ?? 'link';
  return {
    by: subject,
    values: [...new Set(params.getAll('value'))].slice(0, mostValues),
    of: subject === 'variant' ? params.get('of') : null,
  };
}

/** The address of a view and a choice. `parseChoice` of it gives the choice back. */
export function formatCompare(view: View, { by, values, of }: Choice): URLSearchParams {
  const params = formatView(view);
  if (by !== 'link') params.set('by', by);
  if (of) params.set('of', of);
  for (const value of values) params.append('value', value);
  return params;
}

export function useCompareView() {
  const [params, setParams] = useSearchParams();
  const view = useMemo(() => parseView(params), [params]);
  const choice = useMemo(() => parseChoice(params), [params]);
  return {
    view,
    choice,
    setView: (next: View) => setParams(formatCompare(next, choice)),
    choose: (next: Choice) => setParams(formatCompare(view, next)),
  };
}
