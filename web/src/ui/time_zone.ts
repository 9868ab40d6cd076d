// SPDX-License-Identifier: Apache-2.0
// The zone in which days begin and times are written: the one in the page's address, so that a
// pasted link shows the same days to everyone; else the one the reader picked last, kept in this
// browser; else the browser's.
import { useLocalStorage } from '@mantine/hooks';
import { useSearchParams } from 'wouter';
import { isZone } from '../api/days';

export function browserZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
}

/** Every zone to choose from, the browser's and UTC first, none twice. */
export function zoneChoices(own: string): string[] {
  return [...new Set([own, 'UTC', ...Intl.supportedValuesOf('timeZone')])];
}

export function useTimeZone(): [string, (zone: string) => void] {
  const [params, setParams] = useSearchParams();
  const [kept, keep] = useLocalStorage<string>({
    key: 'tallymark-time-zone',
    defaultValue: '',
    getInitialValueInEffect: false,
  });
  const own = browserZone();
  const named = params.get('tz');
  const choose = (zone: string) => {
    keep(zone === own ? '' : zone);
    setParams((now) => {
      if (zone === own) now.delete('tz');
      else now.set('tz', zone);
      return now;
    });
  };
  return [isZone(named) ? named : kept || own, choose];
}
