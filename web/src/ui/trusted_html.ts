// SPDX-License-Identifier: Apache-2.0
// The policy of the page forbids to make markup from strings (`require-trusted-types-for 'script'`).
// Text without '<' makes no element, and that is all that passes here: ECharts empties its elements
// with `innerHTML = ''`.

type Rules = { createHTML: (text: string) => string | null };
type Factory = { createPolicy: (name: string, rules: Rules) => unknown };

export function forbidMarkupFromStrings(scope: { trustedTypes?: Factory }): void {
  scope.trustedTypes?.createPolicy('default', {
    createHTML: (text) => (text.includes('<') ? null : text),
  });
}
