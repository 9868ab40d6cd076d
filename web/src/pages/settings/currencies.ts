// SPDX-License-Identifier: Apache-2.0

/** Every currency to choose from, by code, with its name in the reader's language. */
export function currencyChoices(locale?: string): { value: string; label: string }[] {
  const names = new Intl.DisplayNames(locale, { type: 'currency', fallback: 'code' });
  return Intl.supportedValuesOf('currency').map((code) => {
    const name = names.of(code);
    return { value: code, label: name && name !== code ? `${code} · ${name}` : code };
  });
}
