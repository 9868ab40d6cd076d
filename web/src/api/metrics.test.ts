// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { parseMetrics } from './metrics';

test('values without labels are read, the rest is passed over', () => {
  const text = [
    '# HELP tallymark_links Links at the edge',
    '# TYPE tallymark_links gauge',
    'tallymark_links 15',
    'tallymark_data_loaded_timestamp_seconds{what="geo"} 1795981265.679',
    'tallymark_store_lag_seconds 0.25',
    'tallymark_broken NaN',
    '',
  ].join('\n');
  expect([...parseMetrics(text)]).toEqual([
    ['tallymark_links', 15],
    ['tallymark_store_lag_seconds', 0.25],
  ]);
});
