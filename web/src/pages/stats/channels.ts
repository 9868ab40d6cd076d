// SPDX-License-Identifier: Apache-2.0

/** The channel classes that the server itself finds; a link may also name one of its own. */
export const channels = [
  'direct',
  'search',
  'social',
  'email',
  'referral',
  'ai',
  'video',
  'shopping',
  'display',
  'affiliates',
  'audio',
  'sms',
  'push',
  'qr',
  'paid_search',
  'paid_social',
  'paid_shopping',
  'paid_video',
  'paid_other',
];
