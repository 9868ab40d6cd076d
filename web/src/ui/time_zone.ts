// SPDX-License-Identifier: Apache-2.0
// The zone in which days begin and times are written: the browser's until the reader picks another,
// then kept in this browser.
import { useLocalStorage } from '@mantine/hooks';

export function browserZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
}

/** Every zone to choose from, the browser's and UTC first, none twice. */
export function zoneChoices(own: string): string[] {
  return [...new Set([own, 'UTC', ...Intl.supportedValuesOf('timeZone')])];
}

export function useTimeZone(): [string, (zone: string) => void] {
  const [chosen, choose] = useLocalStorage<string>({
    key: 'tallymark-time-zone',
    defaultValue: '',
    getInitialValueInEffect: false,
  });
  const own = browserZone();
  return [chosen || own, (zone) => choose(zone === own ? '' : zone)];
}
