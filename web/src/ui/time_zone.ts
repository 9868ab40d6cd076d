// SPDX-License-Identifier: Apache-2.0
// The zone in which days begin and times are written: the one in the page's address, so that a
// pasted link shows the same days to everyone; else the one the reader picked last, kept in this
// browser; else the browser's.
import { readLocalStorageValue, useLocalStorage } from '@mantine/hooks';
import { useSearchParams } from 'wouter';
import { isZone } from '../api/days';

let found: string | undefined;

/** Asked for once: it takes a millisecond, and a page asks dozens of times. */
export function browserZone(): string {
  found ??= new Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
  return found;
}

/** Every zone to choose from, the browser's and UTC first, none twice. */
export function zoneChoices(own: string): string[] {
  return [...new Set([own, 'UTC', ...Intl.supportedValuesOf('timeZone')])];
}

const place = { key: 'tallymark-time-zone', defaultValue: '' };

function zoneOf(params: URLSearchParams, kept: string): string {
  const named = params.get('tz');
  return isZone(named) ? named : kept || browserZone();
}

/** What useTimeZone() will say, before anything is drawn. */
export function readTimeZone(params: URLSearchParams): string {
  return zoneOf(params, readLocalStorageValue<string>(place));
}

export function useTimeZone(): [string, (zone: string) => void] {
  const [params, setParams] = useSearchParams();
  const [kept, keep] = useLocalStorage<string>({ ...place, getInitialValueInEffect: false });
  const own = browserZone();
  const choose = (zone: string) => {
    keep(zone === own ? '' : zone);
    setParams((now) => {
      if (zone === own) now.delete('tz');
      else now.set('tz', zone);
      return now;
    });
  };
  return [zoneOf(params, kept), choose];
}
