// SPDX-License-Identifier: Apache-2.0
//
// A small HTTP/1.1 client on raw sockets. The tests need to know exactly when a response was
// *complete*, because that is when a click counts as acknowledged; a client that pools, retries or
// buffers on its own would blur that. One request at a time per connection, no retries, bounded
// sizes and times.
import net from 'node:net';

const kMaxHead = 64 * 1024;
const kMaxBody = 256 * 1024 * 1024;

export class ConnectionLost extends Error {}

// Takes bytes, gives whole responses. `next(method)` is null until one is complete.
export class ResponseParser {
  constructor() {
    this.chunks = [];
    this.size = 0;
    this.ended = false;
  }

  push(bytes) {
    this.chunks.push(bytes);
    this.size += bytes.length;
  }

  // The first complete response, or null. After end() a body that runs to the end is complete.
  next(method = 'GET') {
    if (this.size === 0) return null;
    const all = this.chunks.length === 1 ? this.chunks[0] : Buffer.concat(this.chunks, this.size);
    this.chunks = [all];
    const headEnd = all.indexOf('\r\n\r\n');
    if (headEnd < 0) {
      if (all.length > kMaxHead) throw new Error('response head too large');
      return null;
    }
    const head = parseHead(all.subarray(0, headEnd).toString('latin1'));
    const start = headEnd + 4;
    const body = this.#body(all, start, head, method);
    if (body === null) return null;
    const rest = all.subarray(body.end);
    this.chunks = rest.length ? [rest] : [];
    this.size = rest.length;
    return { ...head, body: body.bytes, text: body.bytes.toString('utf8') };
  }

  #body(all, start, head, method) {
    const empty = { bytes: Buffer.alloc(0), end: start };
    if (method === 'HEAD' || head.status === 204 || head.status === 304) return empty;
    if ((head.headers['transfer-encoding'] ?? '').toLowerCase() === 'chunked') {
      return readChunks(all, start);
    }
    const length = head.headers['content-length'];
    if (length === undefined) {
      return this.ended ? { bytes: all.subarray(start), end: all.length } : null;
    }
    const size = Number(length);
    if (!Number.isInteger(size) || size < 0 || size > kMaxBody) throw new Error('bad length');
    if (all.length < start + size) return null;
    return { bytes: all.subarray(start, start + size), end: start + size };
  }
}

function parseHead(text) {
  const [line, ...fields] = text.split('\r\n');
  const match = /^HTTP\/1\.[01] (\d{3}) ?(.*)$/.exec(line);
  if (!match) throw new Error(`not a status line: ${JSON.stringify(line.slice(0, 200))}`);
  const headers = {};
  for (const field of fields) {
    const colon = field.indexOf(':');
    if (colon < 1) throw new Error(`not a header field: ${JSON.stringify(field)}`);
    const name = field.slice(0, colon).toLowerCase();
    const value = field.slice(colon + 1).trim();
    headers[name] = name in headers ? `${headers[name]}, ${value}` : value;
  }
  return { status: Number(match[1]), reason: match[2], headers };
}

function readChunks(all, start) {
  const parts = [];
  let at = start;
  for (;;) {
    const lineEnd = all.indexOf('\r\n', at);
    if (lineEnd < 0) return null;
    const size = parseInt(all.subarray(at, lineEnd).toString('latin1'), 16);
    if (!Number.isInteger(size) || size < 0 || size > kMaxBody) throw new Error('bad chunk size');
    const data = lineEnd + 2;
    if (all.length < data + size + 2) return null;
    if (size === 0) {
      return { bytes: Buffer.concat(parts), end: data + 2 };
    }
    parts.push(all.subarray(data, data + size));
    at = data + size + 2;
  }
}

export function encodeRequest({ method = 'GET', path = '/', headers = {}, body, host }) {
  const lines = [`${method} ${path} HTTP/1.1`, `Host: ${headers.Host ?? headers.host ?? host}`];
  for (const [name, value] of Object.entries(headers)) {
    if (name.toLowerCase() === 'host' || value === undefined) continue;
    for (const one of Array.isArray(value) ? value : [value]) lines.push(`${name}: ${one}`);
  }
  const bytes = body === undefined ? undefined : Buffer.from(body);
  if (bytes !== undefined) lines.push(`Content-Length: ${bytes.length}`);
  const head = Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
  return bytes === undefined ? head : Buffer.concat([head, bytes]);
}

// A keep-alive connection. request() resolves when the whole response is here and rejects with
// ConnectionLost when the connection ends before that.
export class Connection {
  constructor({ host = '127.0.0.1', port, timeoutMs = 20000 }) {
    this.host = host;
    this.port = port;
    this.timeoutMs = timeoutMs;
    this.socket = null;
    this.waiting = null;
  }

  open() {
    return new Promise((resolve, reject) => {
      const socket = net.connect({ host: this.host, port: this.port, noDelay: true });
      this.socket = socket;
      this.parser = new ResponseParser();
      socket.once('connect', resolve);
      socket.on('data', (bytes) => this.#received(bytes));
      socket.on('end', () => {
        this.parser.ended = true;
        this.#deliver();
        this.#lost(new ConnectionLost('closed by the server'));
      });
      socket.on('error', (error) => {
        reject(new ConnectionLost(error.message));
        this.#lost(new ConnectionLost(error.message));
      });
      socket.on('close', () => this.#lost(new ConnectionLost('closed')));
    });
  }

  get usable() {
    return this.socket !== null && !this.socket.destroyed && !this.socket.readableEnded;
  }

  request(options) {
    if (!this.usable) return Promise.reject(new ConnectionLost('not open'));
    if (this.waiting) return Promise.reject(new Error('one request at a time'));
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#lost(new Error(`no answer to ${options.path} within ${this.timeoutMs} ms`));
        this.socket.destroy();
      }, this.timeoutMs);
      this.waiting = { resolve, reject, timer, method: options.method ?? 'GET' };
      this.socket.write(encodeRequest({ host: `${this.host}:${this.port}`, ...options }));
    });
  }

  #received(bytes) {
    this.parser.push(bytes);
    this.#deliver();
  }

  #deliver() {
    if (!this.waiting) return;
    try {
      const response = this.parser.next(this.waiting.method);
      if (!response) return;
      const { resolve, timer } = this.waiting;
      clearTimeout(timer);
      this.waiting = null;
      if ((response.headers.connection ?? '').toLowerCase() === 'close') this.socket.end();
      resolve(response);
    } catch (error) {
      this.#lost(error);
      this.socket.destroy();
    }
  }

  #lost(error) {
    if (!this.waiting) return;
    const { reject, timer } = this.waiting;
    clearTimeout(timer);
    this.waiting = null;
    reject(error);
  }

  close() {
    this.socket?.destroy();
  }
}

// One request on a connection of its own.
export async function request(options) {
  const { port, host, timeoutMs, ...rest } = options;
  const connection = new Connection({ port, host, timeoutMs });
  await connection.open();
  try {
    return await connection.request(rest);
  } finally {
    connection.close();
  }
}

// Sends `bytes` as they are (an array: piece by piece) and collects what comes back until the peer
// closes or stays quiet for `quietMs`. For requests that no HTTP client would send.
export function exchangeRaw({ port, bytes, quietMs = 1500, maxMs = 20000, host = '127.0.0.1' }) {
  const pieces = Array.isArray(bytes) ? bytes : [bytes];
  return new Promise((resolve) => {
    const parser = new ResponseParser();
    const responses = [];
    let closed = false;
    let quiet = null;
    const socket = net.connect({ host, port, noDelay: true });
    const finish = () => {
      clearTimeout(quiet);
      clearTimeout(limit);
      socket.destroy();
      resolve({ responses, closed, leftover: parser.size });
    };
    const limit = setTimeout(finish, maxMs);
    const collect = () => {
      for (let response; (response = parser.next());) responses.push(response);
    };
    const rearm = () => {
      clearTimeout(quiet);
      quiet = setTimeout(finish, quietMs);
    };
    socket.on('connect', async () => {
      for (const piece of pieces) {
        if (socket.destroyed) return;
        socket.write(Buffer.isBuffer(piece) ? piece : Buffer.from(piece, 'latin1'));
        if (pieces.length > 1) await new Promise((done) => setTimeout(done, 30));
      }
      rearm();
    });
    socket.on('data', (data) => {
      parser.push(data);
      collect();
      rearm();
    });
    socket.on('end', () => {
      closed = true;
      parser.ended = true;
      collect();
      finish();
    });
    socket.on('error', () => {
      closed = true;
      finish();
    });
  });
}
