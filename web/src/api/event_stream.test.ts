// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { EventReader } from './event_stream';

const stream =
  'retry: 2000\n\n: nothing\n\nid: 2-1-0\nevent: click\ndata: {"a":1}\n\n' +
  'event: second\ndata: {"t":"x"}\n\ndata: one\ndata: two\n\nid: 2-1-1\nevent: click\ndata: {';

const events = [
  { event: 'click', data: '{"a":1}' },
  { event: 'second', data: '{"t":"x"}' },
  { event: 'message', data: 'one\ntwo' },
];

test('events are read wherever the text is cut', () => {
  for (let size = 1; size <= stream.length; size += 1) {
    const reader = new EventReader();
    const read = [];
    for (let at = 0; at < stream.length; at += size) {
      read.push(...reader.read(stream.slice(at, at + size)));
    }
    expect(read).toEqual(events);
    expect(reader.lastId).toBe('2-1-0'); // of the one behind it only half came
  }
});

test('any line end will do, and a cut between its halves ends no line twice', () => {
  const reader = new EventReader('1-1-1');
  expect(reader.read('event: click\r')).toEqual([]);
  expect(reader.read('\ndata: x\r\n\r\n')).toEqual([{ event: 'click', data: 'x' }]);
  expect(reader.lastId).toBe('1-1-1');
});
