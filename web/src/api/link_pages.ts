// SPDX-License-Identifier: Apache-2.0
// The pages of a list that has been scrolled, after a change: corrected in place, so that a list of
// hundreds of pages is not asked for again because one title changed. A page without a changed
// link stays the same object, so nothing of it is drawn again.
import type { Link } from './types';

/** `total` is of all pages, and told by the first. */
export type LinkPage = { data: Link[]; next_cursor: string | null; total: number | null };

export function patchedPages(pages: LinkPage[], links: readonly Link[]): LinkPage[] {
  const changed = new Map(links.map((link) => [link.id, link]));
  return pages.map((page) =>
    page.data.some(({ id }) => changed.has(id))
      ? { ...page, data: page.data.map((one) => changed.get(one.id) ?? one) }
      : page,
  );
}

export function withoutLinks(pages: LinkPage[], ids: ReadonlySet<string>): LinkPage[] {
  const left = pages.map((page) =>
    page.data.some(({ id }) => ids.has(id))
      ? { ...page, data: page.data.filter(({ id }) => !ids.has(id)) }
      : page,
  );
  const size = (all: LinkPage[]) => all.reduce((sum, page) => sum + page.data.length, 0);
  const gone = size(pages) - size(left);
  return left.map((page) =>
    gone > 0 && page.total !== null ? { ...page, total: page.total - gone } : page,
  );
}
