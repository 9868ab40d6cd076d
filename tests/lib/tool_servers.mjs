// SPDX-License-Identifier: Apache-2.0
//
// Segment, Amplitude and Mixpanel as their documentation has them, on the loopback: a request is
// judged by the published schema and limits, answered as theirs is, and what is taken is kept under
// the id by which each of them drops repeats.
//
//   Segment    https://segment.com/docs/connections/sources/catalog/libraries/server/http-api/
//   Amplitude  https://amplitude.com/docs/apis/analytics/http-v2
//   Mixpanel   https://docs.mixpanel.com/reference/import-events
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

import { Receiver } from './receiver.mjs';

const ajv = new Ajv2020.default({ allErrors: true });
addFormats.default(ajv);

const text = { type: 'string' };
const words = { type: 'string', minLength: 1 };
const listOf = (items, maxItems) => ({ type: 'array', minItems: 1, maxItems, items });
const basic = (user, password = '') =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

const kSegment = {
  schema: {
    type: 'object',
    required: ['batch'],
    properties: {
      batch: listOf(
        {
          type: 'object',
          required: ['type', 'anonymousId', 'event', 'messageId', 'timestamp'],
          properties: {
            type: { const: 'track' },
            anonymousId: words,
            messageId: { type: 'string', minLength: 1, maxLength: 100 },
            event: words,
            timestamp: { type: 'string', format: 'date-time' },
            properties: { type: 'object' },
            context: {
              type: 'object',
              properties: {
                ip: { type: 'string', anyOf: [{ format: 'ipv4' }, { format: 'ipv6' }] },
                locale: words,
                campaign: { type: 'object', additionalProperties: words },
                location: { type: 'object', additionalProperties: words },
                os: { type: 'object', additionalProperties: words },
                library: { type: 'object', required: ['name'], properties: { name: words } },
              },
            },
          },
        },
        2500,
      ),
    },
  },
  path: '/v1/batch',
  mostBytes: 500e3,
  mostBytesOfOne: 32e3,
  knows: ({ headers }, key) => headers.authorization === basic(key),
  events: (body) => body.batch,
  idOf: (event) => event.messageId,
  taken: () => ({ success: true }),
  // Size and JSON are the only faults that it tells of; a wrong key goes unnoticed there, not here.
  refused: (error) => ({ success: false, code: 'bad request', message: error }),
};

const kAmplitude = {
  schema: {
    type: 'object',
    required: ['api_key', 'events'],
    additionalProperties: false,
    properties: {
      api_key: words,
      events: listOf(
        {
          type: 'object',
          required: ['event_type', 'device_id', 'insert_id', 'time'],
          additionalProperties: false,
          dependentRequired: { country: ['region', 'city'] },
          properties: {
            event_type: words,
            device_id: { type: 'string', minLength: 5, not: { pattern: '^[0-]+$' } },
            insert_id: words,
            time: { type: 'integer', minimum: 1e12 },
            platform: text,
            os_name: text,
            os_version: text,
            language: text,
            country: text,
            region: text,
            city: text,
            ip: { type: 'string', anyOf: [{ format: 'ipv4' }, { format: 'ipv6' }] },
            event_properties: { type: 'object' },
          },
        },
        1999,
      ),
    },
  },
  path: '/2/httpapi',
  mostBytes: 1e6 - 1,
  knows: ({ body }, key) => JSON.parse(body).api_key === key,
  events: (body) => body.events,
  idOf: (event) => event.insert_id,
  taken: (events, bytes) => ({
    code: 200,
    events_ingested: events.length,
    payload_size_bytes: bytes,
    server_upload_time: Date.now(),
  }),
  refused: (error) => ({ code: 400, error }),
};

const kMixpanel = {
  schema: listOf(
    {
      type: 'object',
      required: ['event', 'properties'],
      additionalProperties: false,
      properties: {
        event: words,
        properties: {
          type: 'object',
          required: ['time', 'distinct_id', '$insert_id'],
          maxProperties: 255,
          properties: {
            time: { type: 'integer', minimum: 1e12 },
            distinct_id: words,
            $insert_id: { type: 'string', pattern: '^[A-Za-z0-9-]{1,36}$' },
            mp_country_code: { type: 'string', pattern: '^[A-Z]{2}$' },
          },
        },
      },
    },
    2000,
  ),
  path: '/import?strict=1',
  mostBytes: 2e6,
  knows: ({ headers }, key) => headers.authorization === basic(key),
  events: (body) => body,
  idOf: (event) => event.properties.$insert_id,
  taken: (events) => ({ code: 200, num_records_imported: events.length, status: 'OK' }),
  refused: (error) => ({ code: 400, error, status: 'Bad Request', failed_records: [] }),
};

export const kTools = { segment: kSegment, amplitude: kAmplitude, mixpanel: kMixpanel };

export class ToolServer extends Receiver {
  constructor(name, key) {
    super((request) => this.judge(request));
    this.tool = kTools[name];
    this.key = key;
    this.isSchema = ajv.compile(this.tool.schema);
    this.taken = new Map(); // events by their id
    this.repeats = 0;
    this.faults = []; // what a request was refused for
    this.answers = []; // statuses to give before it takes anything
  }

  get url() {
    return super.url.replace('/hook', this.tool.path);
  }

  judge(request) {
    const status = this.answers.shift();
    if (status) return { status, body: '{}' };
    const fault = this.faultOf(request);
    if (fault) {
      this.faults.push(fault.why);
      return { status: fault.status, body: JSON.stringify(this.tool.refused(fault.why)) };
    }
    const events = this.tool.events(JSON.parse(request.body));
    for (const event of events) {
      const id = this.tool.idOf(event);
      if (this.taken.has(id)) ++this.repeats;
      this.taken.set(id, event);
    }
    return { status: 200, body: JSON.stringify(this.tool.taken(events, request.body.length)) };
  }

  faultOf(request) {
    const { mostBytes, mostBytesOfOne = Infinity, path } = this.tool;
    if (request.path !== path) return { status: 404, why: `there is no ${request.path}` };
    if (request.headers['content-type'] !== 'application/json')
      return { status: 400, why: 'it is not JSON' };
    if (request.body.length > mostBytes) return { status: 413, why: 'it is too large' };
    const body = JSON.parse(request.body);
    if (!this.isSchema(body)) return { status: 400, why: ajv.errorsText(this.isSchema.errors) };
    if (!this.tool.knows(request, this.key)) return { status: 401, why: 'the key is wrong' };
    if (this.tool.events(body).some((one) => JSON.stringify(one).length > mostBytesOfOne))
      return { status: 400, why: 'an event is too large' };
    return undefined;
  }
}
