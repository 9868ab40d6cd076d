// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import {
  allChosen,
  coverageOf,
  nothingChosen,
  toggled,
  withLoaded,
  without,
} from './link_selection';

const items = ['a', 'b', 'c', 'd', 'e'].map((id) => ({ id }));
const chosen = (...steps: [number, boolean][]) =>
  [
    ...steps.reduce(
      (selection, [index, extend]) => toggled(selection, items, index, extend),
      nothingChosen,
    ).ids,
  ].sort();

describe('toggled', () => {
  it('chooses and takes back', () => {
    expect(chosen([1, false], [3, false])).toEqual(['b', 'd']);
    expect(chosen([1, false], [3, false], [1, false])).toEqual(['d']);
  });

  it('reaches from the last one with shift, both ways', () => {
    expect(chosen([1, false], [3, true])).toEqual(['b', 'c', 'd']);
    expect(chosen([3, false], [1, true])).toEqual(['b', 'c', 'd']);
    expect(chosen([0, false], [1, true], [4, true])).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('with shift and nothing chosen before chooses one', () => {
    expect(chosen([2, true])).toEqual(['c']);
  });

  it('leaves a row that is not there alone', () => expect(chosen([9, false])).toEqual([]));
});

it('coverageOf', () => {
  expect(coverageOf(nothingChosen, items)).toBe('none');
  expect(coverageOf(toggled(nothingChosen, items, 0, false), items)).toBe('some');
  expect(coverageOf(allChosen(items), items)).toBe('all');
});

describe('what is chosen while a run is on', () => {
  const ids = (...of: string[]) => new Set(of);

  it('keeps what was unticked while the rest was loading', () => {
    expect(withLoaded(ids('a'), items, ids('a', 'b'))).toEqual(ids('a', 'c', 'd', 'e'));
    expect(withLoaded(ids(), items, ids())).toEqual(ids('a', 'b', 'c', 'd', 'e'));
  });

  it('keeps what was ticked while others were deleted', () => {
    expect(without(ids('a', 'b', 'e'), ids('a', 'b', 'c'))).toEqual(ids('e'));
  });
});
