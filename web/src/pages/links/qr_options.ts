// SPDX-License-Identifier: Apache-2.0
// How a QR code is to be drawn, in the API's own names. What a scanner could not read is refused by
// the server, which knows the code; nothing is judged here.

export const qrLevels = ['L', 'M', 'Q', 'H'] as const;

export type QrOptions = {
  color: string;
  /** A colour, or 'transparent'. */
  background: string;
  margin: number;
  level: (typeof qrLevels)[number];
  /** Side of the PNG in pixels. */
  size: number;
  /** Of a pattern: which of its short addresses. */
  token: string;
};

export const plainQr: QrOptions = {
  color: '#000000',
  background: '#ffffff',
  margin: 4,
  level: 'M',
  size: 1024,
  token: '',
};

export type QrFormat = 'svg' | 'png';

/** The address of the picture; only what differs from the server's own default is named. */
export function qrAddress(link: string, format: QrFormat, options: QrOptions): string {
  const query = new URLSearchParams();
  const hex = (color: string) => color.replace('#', '').toLowerCase();
  if (hex(options.color) !== '000000') query.set('color', hex(options.color));
  if (hex(options.background) !== 'ffffff') query.set('background', hex(options.background));
  if (options.margin !== plainQr.margin) query.set('margin', String(options.margin));
  if (options.level !== plainQr.level) query.set('level', options.level);
  if (format === 'png' && options.size !== 512) query.set('size', String(options.size));
  if (options.token !== '') query.set('token', options.token);
  const text = query.toString();
  return `/api/v1/links/${encodeURIComponent(link)}/qr.${format}${text ? `?${text}` : ''}`;
}

/** A file name that every system takes: "go.example-promo-x.svg". */
export function qrFileName(shortUrl: string, format: QrFormat): string {
  const name = shortUrl.replace(/^https?:\/\//, '').replace(/[^A-Za-z0-9._-]+/g, '-');
  return `${name.replace(/-+$/, '').slice(0, 80)}.${format}`;
}
