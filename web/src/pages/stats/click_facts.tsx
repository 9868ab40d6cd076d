// SPDX-License-Identifier: Apache-2.0
import type { Click } from '../../api/types';
import classes from './click_facts.module.css';

function written(value: Click[keyof Click]): string {
  if (value === null) return 'none';
  return value === '' ? 'none' : String(value);
}

/** Everything that is stored of one click, under the names that the API has for it. */
export function ClickFacts({ click }: { click: Click }) {
  return (
    <dl className={classes.facts}>
      {Object.entries(click).map(([name, value]) => (
        <div key={name} data-none={value === null || value === '' || undefined}>
          <dt>{name}</dt>
          <dd>{written(value)}</dd>
        </div>
      ))}
    </dl>
  );
}
