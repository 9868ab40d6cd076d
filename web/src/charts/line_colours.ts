// SPDX-License-Identifier: Apache-2.0
// Ten colours that lines side by side are told apart by, in each scheme with a contrast of at least
// 3:1 against a card. Order matters: neighbours differ in lightness too, for those who see fewer
// hues.

// prettier-ignore
export const lineColours = {
  light: [
    '#0f7a5f', '#d1495b', '#3d5a9e', '#b8720a', '#7b4fa0',
    '#2a8fae', '#8a3324', '#5c7a1f', '#c2559d', '#5f645f',
  ],
  dark: [
    '#4cc39d', '#ff8a94', '#8fa8f5', '#e9b35a', '#c79df0',
    '#6bc7e3', '#e88f7a', '#b3cf6b', '#f29bd0', '#b3bdb7',
  ],
} as const;

export function lineColour(scheme: 'light' | 'dark', at: number): string {
  const colours = lineColours[scheme];
  return colours[at % colours.length] ?? colours[0];
}
