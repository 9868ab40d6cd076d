// SPDX-License-Identifier: Apache-2.0
// Surfaces and chart colours, one set per scheme. Style sheets use them as CSS variables (`card` is
// `--tm-card`, `barHover` is `--tm-bar-hover`), charts, which draw their own pixels, as values.

export const palettes = {
  light: {
    card: '#ffffff',
    line: '#e6e2d9',
    hover: '#f3f1ec',
    track: '#e9e6df',
    raised: '#ffffff',
    bar: '#d9ede6',
    barHover: '#c5e3d8',
    barUnknown: '#eceae5',
    clicks: '#0f7a5f',
    unique: '#4a5fc1',
    bots: '#a86b12',
    good: '#0a6b50',
    bad: '#b42318',
    text: '#1b211e',
    dimmed: '#5f645f',
  },
  dark: {
    card: '#181e1b',
    line: '#2a322e',
    hover: '#1f2723',
    track: '#1e2522',
    raised: '#37423d',
    bar: '#1c4034',
    barHover: '#235042',
    barUnknown: '#2a312d',
    clicks: '#4cc39d',
    unique: '#97a6f7',
    bots: '#dfae5c',
    good: '#5fd0ad',
    bad: '#ff9a8f',
    text: '#e4e9e6',
    dimmed: '#9daaa3',
  },
} as const;

export type Palette = Record<keyof (typeof palettes)['light'], string>;

/** The palette as CSS variables, for the theme. */
export function cssVariables(palette: Palette): Record<string, string> {
  return Object.fromEntries(
    Object.entries(palette).map(([name, colour]) => [
      `--tm-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
      colour,
    ]),
  );
}
