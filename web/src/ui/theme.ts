// SPDX-License-Identifier: Apache-2.0
// The look: pine on warm paper by day, pine on deep green-black by night. Text and controls keep a
// contrast of at least 4.5:1 in both; surfaces and chart colours are in palette.ts.
import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';
import { cssVariables, palettes } from './palette';

// prettier-ignore
const pine: MantineColorsTuple = [
  '#eaf5f1', '#d3eae2', '#a5d5c5', '#74bfa6', '#4cad8c',
  '#33a17d', '#1d8f6c', '#0f7a5f', '#0a634d', '#054c3b',
];

// prettier-ignore
const gray: MantineColorsTuple = [
  '#faf9f7', '#f4f2ee', '#e9e6df', '#dbd7ce', '#bfbab0',
  '#96928a', '#6b6862', '#4d4b47', '#33322f', '#1f1f1d',
];

// prettier-ignore
const dark: MantineColorsTuple = [
  '#e4e9e6', '#c3ccc7', '#98a49e', '#5f6b65', '#3a443f',
  '#2b3430', '#1e2522', '#181e1b', '#121715', '#0c100e',
];

export const theme = createTheme({
  primaryColor: 'pine',
  primaryShade: { light: 7, dark: 7 },
  colors: { pine, gray, dark },
  black: palettes.light.text,
  fontFamily:
    'ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", Arial, sans-serif',
  fontFamilyMonospace:
    'ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace',
  headings: { fontWeight: '650', sizes: { h1: { fontSize: '1.5rem', lineHeight: '1.25' } } },
  defaultRadius: 'md',
  cursorType: 'pointer',
  focusRing: 'auto',
  components: {
    // A list that is closed is not in the page; one of all time zones is long.
    Combobox: { defaultProps: { keepMounted: false } },
    // Mantine puts a <div> into a <label>; so the label is the text alone, see theme.css.
    Switch: { defaultProps: { wrapperProps: { bodyElement: 'div', labelElement: 'label' } } },
    SegmentedControl: { defaultProps: { withItemsBorders: false } },
    Menu: { defaultProps: { withInitialFocusPlaceholder: false, withinPortal: false } },
    Modal: {
      defaultProps: {
        yOffset: '6vh',
        // Mantine's lock writes a <style> element; theme.css has one that does not.
        lockScroll: false,
        closeButtonProps: { 'aria-label': 'Close' },
        // Mantine draws it as <header>, which inside a portal reads as a second page banner.
        attributes: { header: { role: 'presentation' } },
      },
    },
    Notification: { defaultProps: { closeButtonProps: { 'aria-label': 'Dismiss' } } },
    Tooltip: { defaultProps: { openDelay: 250, withArrow: true } },
  },
});

export const resolveVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    ...cssVariables(palettes.light),
    '--mantine-color-body': '#f7f5f1',
    '--mantine-color-dimmed': palettes.light.dimmed,
    '--mantine-color-anchor': 'var(--mantine-color-pine-8)',
    '--mantine-color-default-border': '#dcd8cf',
    '--mantine-color-error': '#b42318',
    '--mantine-color-placeholder': '#6f726c',
  },
  dark: {
    ...cssVariables(palettes.dark),
    '--mantine-color-body': '#121715',
    '--mantine-color-text': palettes.dark.text,
    '--mantine-color-dimmed': palettes.dark.dimmed,
    '--mantine-color-anchor': '#74c9ab',
    '--mantine-color-default': '#1e2522',
    '--mantine-color-default-hover': '#262e2a',
    '--mantine-color-default-border': '#333d38',
    '--mantine-color-error': '#ff9a8f',
    '--mantine-color-placeholder': '#8b978f',
  },
});
