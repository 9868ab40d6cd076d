// SPDX-License-Identifier: Apache-2.0
import { useLinksById } from '../../api/links_by_id';
import type { Experiment } from '../../api/types';
import { linkName } from '../links/link_select';

/** What the arms are called: variants by their name, links by their title or short address. */
export function useArmNames(arms: Experiment['arms']): string[] {
  const links = useLinksById(arms.filter((arm) => arm.variant === null).map((arm) => arm.link_id));
  return arms.map(({ variant, link_id }) => {
    const link = links.get(link_id);
    return variant ?? (link ? linkName(link) : link_id);
  });
}
