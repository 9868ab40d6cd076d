// SPDX-License-Identifier: Apache-2.0
// The parts of /readyz in plain words: what each does, and what is the matter when it is not well
// (docs/guides/operate.md, Health).
import type { Readiness } from '../../api/types';
import type { Tone } from './state_mark';

export type Part = Readiness['parts'][number];

type Words = { title: string; does: string; degraded?: string; down?: string };

const words: Record<string, Words> = {
  journal: {
    title: 'Writing clicks down',
    does: 'Each click is on disk before its visitor is sent on.',
    degraded: 'Links work, but clicks are being lost.',
  },
  links: {
    title: 'Links',
    does: 'Answers follow every edit within a moment.',
    degraded: 'Edits cannot be read: links answer as they last were.',
  },
  enrichment: {
    title: 'Finding out who and where',
    does: 'Device, place, channel and bots are told apart as clicks come.',
    degraded: 'More than ten seconds behind the clicks.',
  },
  visitors: {
    title: 'Unique visitors',
    does: 'The day’s secret, and who has clicked what today.',
    degraded: 'It cannot be read, written or destroyed as it should.',
  },
  clicks: {
    title: 'Click store',
    does: 'Every number is read from here.',
    degraded: 'More than ten seconds behind.',
    down: 'Nothing is stored. Clicks wait in the log and are not lost.',
  },
  retention: {
    title: 'Retention',
    does: 'Deletes what is past its time.',
    degraded: 'Clicks that are past their time cannot be deleted. It is tried each minute.',
  },
  engine: {
    title: 'Database engine',
    does: 'The embedded ClickHouse that the click store runs on.',
    down: 'It is starting, or starting again.',
  },
  rules: {
    title: 'Rules of recognition',
    does: 'What browsers, bots and referrers are told apart by.',
    degraded: 'A file of rules is broken: the last good ones are in use.',
  },
  kafka: {
    title: 'Kafka',
    does: 'Every click is passed on to your brokers.',
    degraded: 'No broker takes clicks, or it is behind. Clicks wait in the log.',
  },
  geo: {
    title: 'Geography',
    does: 'The file in which places are looked up.',
    degraded: 'New clicks have no place, or the last good file is in use.',
  },
};

/** Names without words of their own are shown as they are. */
export function partTitle(part: Part): string {
  return words[part.name]?.title ?? part.name;
}

/** What it does, or what is the matter. */
export function partText({ name, state }: Part): string {
  const known = words[name];
  if (state === 'degraded') return known?.degraded ?? 'Not as it should be.';
  if (state === 'down') return known?.down ?? 'It does not work.';
  if (state === 'old') return 'In use, but a newer one would know more.';
  return known?.does ?? '';
}

export const partStates: Record<Part['state'], { tone: Tone; word: string }> = {
  ok: { tone: 'good', word: 'Well' },
  old: { tone: 'warn', word: 'Old' },
  degraded: { tone: 'warn', word: 'Degraded' },
  down: { tone: 'bad', word: 'Down' },
};

/** All of it in a sentence. */
export function overall(readiness: Readiness): { tone: Tone; text: string } {
  const troubled = readiness.parts.filter(({ state }) => state === 'degraded' || state === 'down');
  if (troubled.length === 0) return { tone: 'good', text: 'Everything works' };
  const names = troubled.map((part) => partTitle(part).toLowerCase()).join(', ');
  return {
    tone: readiness.status === 'down' ? 'bad' : 'warn',
    text: `Needs a look: ${names}`,
  };
}
