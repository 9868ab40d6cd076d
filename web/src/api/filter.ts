// SPDX-License-Identifier: Apache-2.0
// A filter keeps the clicks that have one of some values, or none of them. As text it is the API's:
// values between commas, a leading ! for "none of", a backslash before a character that means
// nothing. '' is a value too (`referrer=`: came without one).

export type Filter = { not: boolean; values: string[] };

/** A stored value in the filter language, where a comma and a leading ! mean something. */
export function filterText(value: string): string {
  return value.replace(/[\\,]/g, '\\$&').replace(/^!/, '\\!');
}

export function formatFilter({ not, values }: Filter): string {
  return (not ? '!' : '') + values.map(filterText).join(',');
}

/** Reads any text: what a filter cannot mean is a value. */
export function parseFilter(text: string): Filter {
  const not = text.startsWith('!');
  const values: string[] = [];
  let value = '';
  for (let at = not ? 1 : 0; at < text.length; at += 1) {
    if (text[at] === ',') {
      values.push(value);
      value = '';
    } else {
      if (text[at] === '\\' && at + 1 < text.length) at += 1;
      value += text[at];
    }
  }
  return { not, values: [...new Set([...values, value])] };
}

/** Only this value; null, no filter, when that is what there was already. */
export function only(now: Filter | undefined, value: string): Filter | null {
  const already = now && !now.not && now.values.length === 1 && now.values[0] === value;
  return already ? null : { not: false, values: [value] };
}

/** What there was, but not this value. */
export function excluding(now: Filter | undefined, value: string): Filter | null {
  if (!now) return { not: true, values: [value] };
  if (now.not) return { not: true, values: [...new Set([...now.values, value])] };
  const left = now.values.filter((one) => one !== value);
  return left.length > 0 ? { not: false, values: left } : { not: true, values: [value] };
}
