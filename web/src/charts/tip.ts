// SPDX-License-Identifier: Apache-2.0
// The tooltip of a chart: what it says, and the elements that say it. Elements and not HTML, so that
// a name from outside is text whatever is in it, and so that the policy of the page can forbid
// markup made from strings.

export type TipRow = {
  name: string;
  value: string;
  /** The colour of the dot: that of a measure, or one of its own. */
  dot: { measure: string } | { colour: string };
};
export type Tip = { head: string; rows: TipRow[]; notes?: string[] };

function element(tag: string, className: string, ...inside: (Node | string)[]): HTMLElement {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...inside);
  return made;
}

function rowElement({ name, value, dot }: TipRow): HTMLElement {
  const mark = element('span', 'tm-tip-dot');
  if ('measure' in dot) mark.dataset.measure = dot.measure;
  else mark.style.background = dot.colour;
  return element('div', 'tm-tip-row', element('span', '', mark, name), element('b', '', value));
}

/** What ECharts puts into its box; '' shows none. */
export function tipElements(tip: Tip | null): HTMLElement[] | '' {
  if (!tip) return '';
  return [
    element('div', 'tm-tip-head', tip.head),
    ...tip.rows.map(rowElement),
    ...(tip.notes ?? []).map((note) => element('div', 'tm-tip-note', note)),
  ];
}
