// SPDX-License-Identifier: Apache-2.0
// The pages of a list that has been scrolled, after a change: corrected in place, so that a list of
// hundreds of pages is not asked for again because one title changed. A page without the changed
// link stays the same object, so nothing of it is drawn again.
import type { Link } from './types';

/** `total` is of all pages, and told by the first. */
export type LinkPage = { data: Link[]; next_cursor: string | null; total: number | null };

export function patchedPages(pages: LinkPage[], link: Link): LinkPage[] {
  return pages.map((page) =>
    page.data.some(({ id }) => id === link.id)
      ? { ...page, data: page.data.map((one) => (one.id === link.id ? link : one)) }
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
