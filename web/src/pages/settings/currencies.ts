// SPDX-License-Identifier: Apache-2.0

type Choice = { value: string; label: string };

/**
 * Every currency to choose from, by code, with its name in the reader's language; and the one that
 * is chosen, known to the browser or not.
 */
export function currencyChoices(chosen: string | null, locale?: string): Choice[] {
  const names = new Intl.DisplayNames(locale, { type: 'currency', fallback: 'code' });
  const codes = new Set([...(chosen ? [chosen] : []), ...Intl.supportedValuesOf('currency')]);
  return [...codes].map((code) => {
    const name = names.of(code);
    return { value: code, label: name && name !== code ? `${code} · ${name}` : code };
  });
}
