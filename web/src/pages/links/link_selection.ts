// SPDX-License-Identifier: Apache-2.0
// Which links of the list are chosen. Choosing with shift reaches from the row that was chosen
// last to this one, as in every file manager; it never takes a choice away.

export type Selection = {
  ids: ReadonlySet<string>;
  /** The link that was toggled last: where a choice with shift begins. */
  anchor: string | null;
};

export const nothingChosen: Selection = { ids: new Set(), anchor: null };

type Item = { id: string };

/** After a click on the box of row `index`; `extend` when shift was held. */
export function toggled(
  selection: Selection,
  items: readonly Item[],
  index: number,
  extend: boolean,
): Selection {
  const item = items[index];
  if (!item) return selection;
  const ids = new Set(selection.ids);
  const from = items.findIndex((one) => one.id === selection.anchor);
  if (extend && from >= 0) {
    const [low, high] = from < index ? [from, index] : [index, from];
    for (const one of items.slice(low, high + 1)) ids.add(one.id);
    return { ids, anchor: item.id };
  }
  if (!ids.delete(item.id)) ids.add(item.id);
  return { ids, anchor: item.id };
}

export function allChosen(items: readonly Item[]): Selection {
  return { ids: new Set(items.map((item) => item.id)), anchor: null };
}

/** With what was loaded since `before` was all there was; what was unticked meanwhile stays so. */
export function withLoaded(
  ids: ReadonlySet<string>,
  all: readonly Item[],
  before: ReadonlySet<string>,
): ReadonlySet<string> {
  return new Set([...ids, ...all.map(({ id }) => id).filter((id) => !before.has(id))]);
}

export function without(ids: ReadonlySet<string>, gone: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...ids].filter((id) => !gone.has(id)));
}

/** What the box above all rows shows. */
export function coverageOf(selection: Selection, items: readonly Item[]): 'none' | 'some' | 'all' {
  if (selection.ids.size === 0) return 'none';
  return items.every((item) => selection.ids.has(item.id)) ? 'all' : 'some';
}
