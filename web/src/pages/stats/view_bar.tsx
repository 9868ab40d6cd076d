// SPDX-License-Identifier: Apache-2.0
// What a stats page shows: range, zone, whose clicks, and the filters.
import { Group, SegmentedControl, Select } from '@mantine/core';
import { useMemo } from 'react';
import type { StatsQuery } from '../../api/types';
import type { Dimension, Range, Traffic, View } from '../../api/view';
import { Icon } from '../../ui/icons';
import { browserZone, useTimeZone, zoneChoices } from '../../ui/time_zone';
import { AddFilter } from './add_filter';
import { DaysPicker } from './days_picker';
import { FilterChips } from './filter_chips';
import classes from './view_bar.module.css';

const rangeNames: { value: Range; label: string; long: string }[] = [
  { value: '24h', label: '24h', long: 'Last 24 hours' },
  { value: '7d', label: '7d', long: 'Last 7 days' },
  { value: '30d', label: '30d', long: 'Last 30 days' },
  { value: '90d', label: '90d', long: 'Last 90 days' },
  { value: '12mo', label: '12mo', long: 'Last 12 months' },
  { value: 'all', label: 'All', long: 'All time' },
];

const trafficNames: { value: Traffic; label: string }[] = [
  { value: 'human', label: 'People' },
  { value: 'bot', label: 'Bots' },
  { value: 'all', label: 'All' },
];

type Props = {
  view: View;
  query: StatsQuery;
  onChange: (view: View) => void;
  /** Dimensions that this page is not filtered by. */
  without?: readonly Dimension[];
};

export function ViewBar({ view, query, onChange, without = [] }: Props) {
  const [tz, setTz] = useTimeZone();
  const zones = useMemo(() => zoneChoices(browserZone()), []);
  return (
    <div>
      <Group gap="sm" className={classes.bar}>
        <SegmentedControl
          size="xs"
          aria-label="Range"
          className={classes.ranges}
          data={rangeNames.map(({ value, label, long }) => ({
            value,
            label: (
              <span title={long}>
                <span aria-hidden="true">{label}</span>
                <span className={classes.said}>{long}</span>
              </span>
            ),
          }))}
          value={typeof view.range === 'string' ? view.range : ''}
          onChange={(range) => onChange({ ...view, range: range as Range })}
        />
        <DaysPicker range={view.range} tz={tz} onPick={(range) => onChange({ ...view, range })} />
        <SegmentedControl
          size="xs"
          aria-label="Whose clicks"
          className={classes.traffic}
          data={trafficNames}
          value={view.traffic}
          onChange={(traffic) => onChange({ ...view, traffic: traffic as Traffic })}
        />
        <AddFilter view={view} query={query} onChange={onChange} without={without} />
        <Select
          size="xs"
          aria-label="Time zone"
          className={classes.zone}
          leftSection={<Icon name="globe" size={15} />}
          data={zones}
          value={tz}
          onChange={(zone) => setTz(zone ?? browserZone())}
          allowDeselect={false}
          searchable
          selectFirstOptionOnChange
          limit={60}
          nothingFoundMessage="No such zone"
        />
      </Group>
      <FilterChips view={view} onChange={onChange} />
    </div>
  );
}
