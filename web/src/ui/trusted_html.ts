// SPDX-License-Identifier: Apache-2.0
// The policy of the page forbids to make markup from strings (`require-trusted-types-for 'script'`).
// ECharts empties its elements with `innerHTML = ''`, and that is all that passes here.

type Rules = { createHTML: (text: string) => string | null };
type Factory = { createPolicy: (name: string, rules: Rules) => unknown };

export function allowOnlyEmptyHtml(scope: { trustedTypes?: Factory }): void {
  scope.trustedTypes?.createPolicy('default', { createHTML: (text) => (text === '' ? '' : null) });
}
