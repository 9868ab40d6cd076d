// SPDX-License-Identifier: Apache-2.0
// Countries and languages to choose from, by name in the reader's language. The browser knows the
// names; which codes exist is found by asking it for all there could be, so no list has to be kept.
const letters = [...'abcdefghijklmnopqrstuvwxyz'];
const pairs = letters.flatMap((first) => letters.map((second) => first + second));
/** Regions that are no countries: unions, groups and test codes. */
const noCountry = ['EU', 'EZ', 'QO', 'UN', 'XA', 'XB', 'ZZ'];

export type CodeName = { value: string; label: string };

function named(
  type: 'region' | 'language',
  codes: readonly string[],
  locale: string | undefined,
): CodeName[] {
  const names = new Intl.DisplayNames(locale, { type, fallback: 'none' });
  const found = codes.flatMap((code) => {
    const label = names.of(code);
    return label ? [{ value: code, label }] : [];
  });
  return found.sort((a, b) => a.label.localeCompare(b.label, locale));
}

/** ISO 3166-1 alpha-2, without codes that another one has replaced. */
export function countries(locale?: string): CodeName[] {
  const current = pairs
    .map((code) => code.toUpperCase())
    .filter((code) => !noCountry.includes(code))
    .filter((code) => new Intl.Locale(`und-${code}`).region === code);
  return named('region', current, locale);
}

/** ISO 639-1, without codes that another one has replaced. */
export function languages(locale?: string): CodeName[] {
  return named(
    'language',
    pairs.filter((code) => Intl.getCanonicalLocales(code)[0] === code),
    locale,
  );
}
