// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest';
import { plainQr, qrAddress, qrFileName, type QrOptions } from './qr_options';

it.each<[Partial<QrOptions>, 'svg' | 'png', string]>([
  [{}, 'svg', 'qr.svg'],
  [{}, 'png', 'qr.png?size=1024'],
  [{ size: 512 }, 'png', 'qr.png'],
  [
    { color: '#1A2B6C', background: 'transparent' },
    'svg',
    'qr.svg?color=1a2b6c&background=transparent',
  ],
  [{ margin: 0, level: 'H', token: 'a b' }, 'svg', 'qr.svg?margin=0&level=H&token=a+b'],
])('%o as %s', (change, format, address) =>
  expect(qrAddress('lnk_1', format, { ...plainQr, ...change })).toBe(
    `/api/v1/links/lnk_1/${address}`,
  ),
);

it.each([
  ['https://go.example/promo/x', 'go.example-promo-x.svg'],
  ['http://127.0.0.1:8080/é', '127.0.0.1-8080.svg'],
])('qrFileName %s', (url, name) => expect(qrFileName(url, 'svg')).toBe(name));
