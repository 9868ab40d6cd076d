// SPDX-License-Identifier: Apache-2.0
// What is to be erased, as a form asks for it: the clicks of a link, which may be gone by now, or
// of a visitor, known by one of their clicks or by address and browser.
import type { Erase, EraseCreate } from '../../api/types';
import { momentOf } from '../../ui/local_time';

export type EraseValues = {
  whose: 'link' | 'removed' | 'click' | 'browser';
  links: string[];
  link: string;
  visitor: { click_id: string; ip: string; user_agent: string };
  from: string;
  to: string;
};

export const eraseFields = [
  'link',
  'visitor.click_id',
  'visitor.ip',
  'visitor.user_agent',
  'from',
  'to',
] as const;

export const emptyErase: EraseValues = {
  whose: 'link',
  links: [],
  link: '',
  visitor: { click_id: '', ip: '', user_agent: '' },
  from: '',
  to: '',
};

export function checkErase(values: EraseValues): Record<string, string> {
  const errors: Record<string, string> = {};
  const { whose, visitor } = values;
  if (whose === 'link' && values.links.length === 0) errors.links = 'Which link?';
  if (whose === 'removed' && !/^lnk_\d+$/.test(values.link.trim()))
    errors.link = 'Its id, like lnk_42';
  if (whose === 'click' && !visitor.click_id.trim()) errors['visitor.click_id'] = 'Which click?';
  if (whose === 'browser' && !visitor.ip.trim()) errors['visitor.ip'] = 'Which address?';
  if (whose === 'browser' && !visitor.user_agent) errors['visitor.user_agent'] = 'Which browser?';
  for (const end of ['from', 'to'] as const)
    if (values[end] && !momentOf(values[end])) errors[end] = 'Give the day and the time';
  return errors;
}

export function toErase(values: EraseValues): EraseCreate {
  const { whose, visitor } = values;
  const body: EraseCreate = {};
  if (whose === 'link') body.link = values.links[0] ?? '';
  if (whose === 'removed') body.link = values.link.trim();
  if (whose === 'click') body.visitor = { click_id: visitor.click_id.trim() };
  if (whose === 'browser') body.visitor = { ip: visitor.ip.trim(), user_agent: visitor.user_agent };
  if (values.from) body.from = momentOf(values.from);
  if (values.to) body.to = momentOf(values.to);
  return body;
}

/** How far an erase is, in words. */
export const eraseStates: Record<Erase['state'], string> = {
  waiting: 'Waiting for its turn',
  logs: 'Step 1 of 2: the logs forget',
  rows: 'Step 2 of 2: the stored clicks go',
  done: 'Done',
  failed: 'Failed',
};

/** How far it is as a share of one, for a bar. */
export const eraseProgress: Record<Erase['state'], number> = {
  waiting: 0.05,
  logs: 0.35,
  rows: 0.7,
  done: 1,
  failed: 1,
};
