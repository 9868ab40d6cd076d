// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { checkExperiment, type NewExperiment, toExperiment } from './new_experiment_dialog';

const links: NewExperiment = {
  name: ' Button or banner ',
  kind: 'links',
  link_ids: ['lnk_7', 'lnk_8'],
  link_id: 'lnk_9',
  control: 'A',
  least_effect: 20,
};

test('only what belongs to the kind is sent', () => {
  expect(checkExperiment(links)).toEqual({});
  expect(toExperiment(links)).toEqual({
    name: 'Button or banner',
    link_ids: ['lnk_7', 'lnk_8'],
    least_effect: 0.2,
  });
  expect(toExperiment({ ...links, kind: 'variants' })).toEqual({
    name: 'Button or banner',
    link_id: 'lnk_9',
    control: 'A',
    least_effect: 0.2,
  });
  expect(toExperiment({ ...links, kind: 'variants', control: null })).not.toHaveProperty('control');
});

test('what is missing is said at its field', () => {
  expect(Object.keys(checkExperiment({ ...links, name: ' ', link_ids: ['lnk_7'] }))).toEqual([
    'name',
    'link_ids',
  ]);
  expect(checkExperiment({ ...links, kind: 'variants', link_id: null })).toHaveProperty('link_id');
  expect(checkExperiment({ ...links, least_effect: '' })).toHaveProperty('least_effect');
});
