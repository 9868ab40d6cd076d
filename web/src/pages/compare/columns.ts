// SPDX-License-Identifier: Apache-2.0
// The columns of a comparison: what was chosen, or the largest few when nothing was, each with a
// name and a colour that stay the same in chips, table, lines and markets.
import { useComputedColorScheme } from '@mantine/core';
import { useLinksById } from '../../api/links_by_id';
import { useBreakdown } from '../../api/stats';
import type { StatsQuery } from '../../api/types';
import { lineColour } from '../../charts/line_colours';
import { valueName } from '../../ui/dimension_names';
import { linkName } from '../links/link_select';
import type { Choice } from './compare_view';

export type Column = { value: string; name: string; colour: string };

/** How many are shown when nothing was chosen. */
const proposed = 4;

type Columns = {
  columns: Column[];
  /** Whether what to propose is still unknown. */
  pending: boolean;
};

export function useColumns(choice: Choice, query: StatsQuery): Columns {
  const scheme = useComputedColorScheme('light');
  const { by, of, values } = choice;
  const proposes = values.length === 0 && by !== 'variant';
  const largest = useBreakdown(by, query, 2 * proposed, { enabled: proposes });
  const asked = by === 'variant' ? (of ? [of] : []) : by === 'link' ? values : [];
  const found = (largest.data?.rows ?? []).filter((row) => row.kind === 'value' && row.value);
  const top = found.slice(0, proposed).map((row) => row.value ?? '');
  const links = useLinksById(by === 'link' && proposes ? top : asked);
  const own = links.get(of ?? '')?.variants?.map(({ name }) => name) ?? [];
  const shown = values.length > 0 ? values : by === 'variant' ? own : top;

  const nameOf = (value: string) => {
    if (by !== 'link') return valueName(by, value);
    const link = links.get(value);
    return link ? linkName(link) : value;
  };
  return {
    columns: shown.map((value, at) => ({
      value,
      name: nameOf(value),
      colour: lineColour(scheme, at),
    })),
    pending: proposes ? largest.isPending : by === 'variant' && of !== null && links.size === 0,
  };
}
