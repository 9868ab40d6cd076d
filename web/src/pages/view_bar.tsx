// SPDX-License-Identifier: Apache-2.0
// What a stats page shows: range, zone, whose clicks, and the filters chosen from the breakdowns.
import { Group, SegmentedControl, Select, VisuallyHidden } from '@mantine/core';
import { useMemo } from 'react';
import { type Dimension, type Range, type Traffic, type View, withFilter } from '../api/view';
import { dimensionTitle, valueName } from '../ui/dimension_names';
import { Icon } from '../ui/icons';
import { browserZone, useTimeZone, zoneChoices } from '../ui/time_zone';
import { DaysPicker } from './days_picker';
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

type Props = { view: View; onChange: (view: View) => void };

export function ViewBar({ view, onChange }: Props) {
  const [tz, setTz] = useTimeZone();
  const zones = useMemo(() => zoneChoices(browserZone()), []);
  const filters = Object.entries(view.filters) as [Dimension, string][];
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
      {filters.length > 0 && (
        <Group gap={6} mt="sm" component="ul" aria-label="Filters" className={classes.filters}>
          {filters.map(([dimension, value]) => (
            <li key={dimension}>
              <button
                type="button"
                className={classes.filter}
                onClick={() => onChange(withFilter(view, dimension, null))}
              >
                <VisuallyHidden>Remove filter</VisuallyHidden>
                <span className={classes.filterName}>{dimensionTitle(dimension)}:</span>
                <span className={classes.filterValue}>{valueName(dimension, value)}</span>
                <Icon name="close" size={13} />
              </button>
            </li>
          ))}
        </Group>
      )}
    </div>
  );
}
