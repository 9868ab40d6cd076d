// SPDX-License-Identifier: Apache-2.0

/** The tags of a link after some were added and some taken away; null when that changes nothing. */
export function tagsAfter(
  tags: readonly string[],
  add: readonly string[],
  take: readonly string[],
): string[] | null {
  const kept = tags.filter((tag) => !take.includes(tag));
  const fresh = add.filter((tag) => !kept.includes(tag));
  const after = [...kept, ...fresh];
  return after.length === tags.length && fresh.length === 0 ? null : after;
}

/** All words that some of the lists have, each once, in alphabetical order. */
export function wordsOf(lists: Iterable<readonly string[]>): string[] {
  const words = new Set<string>();
  for (const list of lists) for (const word of list) words.add(word);
  return [...words].sort((a, b) => a.localeCompare(b));
}

type Worded = { tags: readonly string[]; campaign: string | null };
type Words = { tags: string[]; campaigns: string[] };

const ofPage = new WeakMap<object, Words>();

/** Tags and campaigns of the links in `pages`; each page is read once, however long the list. */
export function wordsOfPages(pages: readonly { data: readonly Worded[] }[]): Words {
  const all = pages.map((page) => {
    const known = ofPage.get(page);
    if (known) return known;
    const words = {
      tags: wordsOf(page.data.map(({ tags }) => tags)),
      campaigns: wordsOf([page.data.flatMap(({ campaign }) => (campaign ? [campaign] : []))]),
    };
    ofPage.set(page, words);
    return words;
  });
  return {
    tags: wordsOf(all.map(({ tags }) => tags)),
    campaigns: wordsOf(all.map(({ campaigns }) => campaigns)),
  };
}
