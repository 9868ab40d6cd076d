// SPDX-License-Identifier: Apache-2.0
// A link's settings in words: where each kind of visitor goes, and what a closed section of the
// form holds. The order of ways is the server's (src/redirect/destination.h): rules, then the
// visitor's platform, then variants, then the destination.
import { valueName } from '../../ui/dimension_names';
import { count, share } from '../../ui/format';
import { withScheme } from './link_checks';
import type { Section } from './link_fields';
import { finalUrl } from './final_url';
import { type LinkValues, utmNames } from './link_values';
import type { Condition, RuleValues } from './rule_values';

/** The name of ISO weekday '1' to '7', Monday to Sunday. */
export function weekdayName(day: string, locale?: string): string {
  // 1 January 2024 was a Monday.
  const at = new Date(Date.UTC(2024, 0, Number(day)));
  return new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' }).format(at);
}

function listWords(words: readonly string[], locale?: string): string {
  return new Intl.ListFormat(locale, { type: 'disjunction' }).format(words);
}

function conditionWords(one: Condition, locale?: string): string {
  if (one.kind === 'query') return one.value ? `?${one.name}=${one.value}` : `?${one.name}`;
  if (one.kind === 'time') {
    const days = [...one.weekdays].sort().map((day) => weekdayName(day, locale));
    const which = days.length > 0 && days.length < 7 ? `${days.join(', ')} ` : '';
    return `${which}${one.from || '00:00'}–${one.to || '24:00'} ${one.tz}`;
  }
  const { kind } = one;
  return listWords(
    one.values.map((value) => valueName(kind, value, locale)),
    locale,
  );
}

export function ruleWords(rule: RuleValues, locale?: string): string {
  return rule.conditions
    .map((one) => conditionWords(one, locale))
    .filter(Boolean)
    .join(' · ');
}

export type Way = {
  who: string;
  /** '' while the form does not say yet. */
  where: string;
  /** Where those go whose phone has no such app. */
  otherwise?: string;
  /** Of variants: the part of those that are left who go here. */
  part?: string;
};

const platforms = [
  ['iPhone and iPad', 'ios'],
  ['Android', 'android'],
] as const;

/** Where everybody goes, in the order in which the server decides it. */
export function waysOf(values: LinkValues, locale?: string): Way[] {
  const place = (text: string) => {
    const address = withScheme(text);
    return address ? finalUrl(address, values) : '';
  };
  const ways: Way[] = values.rules.map((rule) => ({
    who: ruleWords(rule, locale) || 'Rule',
    where: place(rule.destination),
  }));
  for (const [who, name] of platforms) {
    const { url, store_url } = values[name];
    if (url.trim() && store_url.trim()) {
      ways.push({ who, where: place(url), otherwise: place(store_url) });
    } else if (url.trim() || store_url.trim()) {
      ways.push({ who, where: place(url || store_url) });
    }
  }
  const who = ways.length > 0 ? 'Everyone else' : 'Everyone';
  const total = values.variants.reduce((sum, { weight }) => sum + Number(weight), 0);
  if (total > 0) {
    for (const { name, weight, destination } of values.variants) {
      const part = share(Number(weight) / total, locale);
      ways.push({ who: `${who}: ${name.trim() || '?'}`, where: place(destination), part });
    }
  } else {
    ways.push({ who, where: place(values.destination) });
  }
  return ways;
}

const several = (amount: number, one: string, more: string) =>
  `${count(amount)} ${amount === 1 ? one : more}`;

const joined = (parts: (string | false)[]) => parts.filter(Boolean).join(' · ');

/** What a closed section says of what is in it; '' when that is nothing. */
export function sectionWords(section: Section, values: LinkValues): string {
  switch (section) {
    case 'about':
      return joined([values.title, values.tags.join(', '), values.campaign, values.channel]);
    case 'utm':
      return utmNames
        .map((name) => values.utm[name].trim())
        .filter(Boolean)
        .join(' / ');
    case 'platforms':
      return joined(
        platforms.map(([who, name]) =>
          values[name].url.trim() || values[name].store_url.trim() ? who : '',
        ),
      );
    case 'rules':
      return values.rules.length > 0 ? several(values.rules.length, 'rule', 'rules') : '';
    case 'variants':
      return values.variants.length > 0
        ? several(values.variants.length, 'variant', 'variants')
        : '';
    case 'schedule':
      return joined([
        values.starts_at && `from ${values.starts_at.replace('T', ' ')}`,
        values.expires_at && `until ${values.expires_at.replace('T', ' ')}`,
        values.click_limit !== '' && several(values.click_limit, 'click', 'clicks'),
        values.fallback_url && 'with a fallback',
      ]);
    case 'password':
      return values.password === null ? '' : 'asked for';
    case 'card':
      return joined([values.og.title || values.og.description, values.og.image_url && 'image']);
    case 'more':
      return joined([
        values.passthrough && 'parameters go along',
        values.append_click_id && 'click id',
        values.landing && 'landing page',
        values.privacy === 'do_not_record' && 'nothing recorded',
        values.status !== '302' && values.status,
      ]);
  }
}
