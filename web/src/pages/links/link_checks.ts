// SPDX-License-Identifier: Apache-2.0
// What can be known to be wrong with a link without asking the server, by field of the form. The
// server has the last word: these only spare a question.
import { momentOf } from '../../ui/local_time';
import type { LinkValues } from './link_values';
import { checkRules } from './rule_values';

type Problems = Record<string, string>;

/** "shop.example/a" → "https://shop.example/a"; whatever names a scheme stays as it is. */
export function withScheme(destination: string): string {
  const text = destination.trim();
  if (text === '' || /^[a-z][a-z0-9+.-]*:(?!\d)/i.test(text)) return text;
  return /^[^\s/]+\.[^\s/]+/.test(text) ? `https://${text}` : text;
}

export const incomplete = 'This is not a complete address';

function isAddress(text: string): boolean {
  return URL.canParse(withScheme(text));
}

function checkAddresses(values: LinkValues): Problems {
  const problems: Problems = {};
  const optional: [string, string][] = [
    ['fallback_url', values.fallback_url],
    ['og.image_url', values.og.image_url],
    ['ios.url', values.ios.url],
    ['ios.store_url', values.ios.store_url],
    ['android.url', values.android.url],
    ['android.store_url', values.android.store_url],
  ];
  for (const [field, text] of optional) {
    if (text.trim() !== '' && !isAddress(text)) problems[field] = incomplete;
  }
  const lists = { rules: values.rules, variants: values.variants };
  for (const [list, entries] of Object.entries(lists)) {
    entries.forEach(({ destination }, index) => {
      const field = `${list}.${index}.destination`;
      if (destination.trim() === '') problems[field] = 'Where should they go?';
      else if (!isAddress(destination)) problems[field] = incomplete;
    });
  }
  return problems;
}

function checkVariants(values: LinkValues): Problems {
  const problems: Problems = {};
  const seen = new Set<string>();
  values.variants.forEach(({ name, weight }, index) => {
    const own = name.trim();
    if (own === '') problems[`variants.${index}.name`] = 'Needs a name';
    else if (seen.has(own)) problems[`variants.${index}.name`] = 'Another one has this name';
    seen.add(own);
    const whole = Number.isInteger(weight) && Number(weight) >= 1 && Number(weight) <= 10_000;
    if (!whole) problems[`variants.${index}.weight`] = '1 to 10,000';
  });
  return problems;
}

function checkSchedule(values: LinkValues): Problems {
  const problems: Problems = {};
  for (const name of ['starts_at', 'expires_at'] as const) {
    if (values[name] !== '' && momentOf(values[name]) === null) {
      problems[name] = 'The clocks skip this time that day';
    }
  }
  const opens = momentOf(values.starts_at);
  const closes = momentOf(values.expires_at);
  if (opens && closes && closes <= opens) problems.expires_at = 'Must be after it opens';
  if (values.click_limit !== '' && !(values.click_limit >= 1)) {
    problems.click_limit = 'At least 1, or none';
  }
  return problems;
}

/** First problem of each field. */
export function checkValues(values: LinkValues): Problems {
  const problems: Problems = {};
  const destination = withScheme(values.destination);
  if (destination === '') problems.destination = 'Where should the link lead?';
  else if (!URL.canParse(destination)) problems.destination = incomplete;
  const prefix = values.prefix.trim();
  if (prefix !== '' && !/^[A-Za-z0-9_-]{1,64}$/.test(prefix)) {
    problems.prefix = 'Letters, digits, - and _, at most 64';
  }
  const token = values.token.trim();
  if (token !== '' && prefix === '') problems.token = 'A second part needs a first one';
  else if (token.includes('/')) problems.token = 'No slash inside a part';
  if (values.password === '') problems.password = 'Choose a password, or switch it off';
  return {
    ...problems,
    ...checkSchedule(values),
    ...checkAddresses(values),
    ...checkRules(values.rules),
    ...checkVariants(values),
  };
}
