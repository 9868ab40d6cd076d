// SPDX-License-Identifier: Apache-2.0
// The theme as the text of a style sheet. The build makes a file of it, so that the page needs no
// <style> element and the policy can be `style-src 'self'`; and the colours are there before the
// first script has run. What Mantine's own sheet says already is left out.
import {
  convertCssVariables,
  deepMerge,
  DEFAULT_THEME,
  defaultCssVariablesResolver,
  mergeMantineTheme,
} from '@mantine/core';
import { resolveVariables, theme } from './theme';

type Variables = Record<string, string>;

function without(usual: Variables, all: Variables): Variables {
  return Object.fromEntries(Object.entries(all).filter(([name, value]) => usual[name] !== value));
}

export function themeSheet(): string {
  const ours = mergeMantineTheme(DEFAULT_THEME, theme);
  const usual = defaultCssVariablesResolver(DEFAULT_THEME);
  const all = deepMerge(defaultCssVariablesResolver(ours), resolveVariables(ours));
  return convertCssVariables(
    {
      variables: without(usual.variables, all.variables),
      light: without(usual.light, all.light),
      dark: without(usual.dark, all.dark),
    },
    ':root',
  );
}
