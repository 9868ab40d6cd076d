// SPDX-License-Identifier: Apache-2.0
// Server-Sent Events as text comes in, in pieces cut anywhere. The browser's own EventSource is not
// used: it tells neither why a stream was refused nor that nothing has come for long, and made anew
// it forgets the id behind which to go on.

export type StreamEvent = { event: string; data: string };

/** Reads the lines of one stream; keeps the last id seen, which outlives the stream. */
export class EventReader {
  private rest = '';
  private event = '';
  private data: string[] = [];
  private id: string;

  /** `lastId` is that of the last event that came whole: half an event is asked for again. */
  constructor(public lastId = '') {
    this.id = lastId;
  }

  /** The events that are complete now. */
  read(text: string): StreamEvent[] {
    const lines = (this.rest + text).split(/\r\n|\n|\r(?!$)/);
    this.rest = lines.pop() ?? '';
    return lines.flatMap((line) => this.line(line));
  }

  private line(line: string): StreamEvent[] {
    if (line === '') return this.dispatch();
    const colon = line.indexOf(':');
    if (colon === 0) return []; // a comment keeps the connection open and says nothing
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (name === 'event') this.event = value;
    else if (name === 'data') this.data.push(value);
    else if (name === 'id' && !value.includes('\0')) this.id = value;
    return [];
  }

  private dispatch(): StreamEvent[] {
    const { event, data } = this;
    this.event = '';
    this.data = [];
    this.lastId = this.id;
    return data.length > 0 ? [{ event: event || 'message', data: data.join('\n') }] : [];
  }
}
