// SPDX-License-Identifier: Apache-2.0
//
// Receivers of webhooks that mean no good, or are broken: each listens on the loopback and does to
// every connection what its name says, until close().
import net from 'node:net';
import zlib from 'node:zlib';

import { sleep } from '../../tests/lib/server.mjs';

const kPiece = Buffer.alloc(64 * 1024, 120);
const kBomb = zlib.gzipSync(Buffer.alloc(32 * 1024 * 1024));
const kOk = 'HTTP/1.1 200 OK\r\n';

// Writes pieces as fast as they are taken.
async function flood(socket, piece) {
  while (!socket.destroyed)
    if (!socket.write(piece)) await new Promise((go) => socket.once('drain', go).once('close', go));
}

const kKinds = {
  'a byte a second': async (socket) => {
    for (const byte of `${kOk}Content-Length: 2\r\n\r\nok`) {
      if (socket.destroyed) return;
      socket.write(byte);
      await sleep(1000);
    }
  },
  'never answers': () => {},
  'a body without end': (socket) => {
    socket.write(`${kOk}Content-Length: 10737418240\r\n\r\n`);
    return flood(socket, kPiece);
  },
  'headers without end': (socket) => {
    socket.write(kOk);
    return flood(socket, `X-${'y'.repeat(1000)}: z\r\n`);
  },
  'a gzip bomb': (socket) => {
    const head = `${kOk}Content-Encoding: gzip\r\nContent-Length: ${kBomb.length}\r\n\r\n`;
    socket.end(Buffer.concat([Buffer.from(head), kBomb]));
  },
  'a redirect inside': (socket) =>
    socket.end('HTTP/1.1 307 X\r\nLocation: http://169.254.169.254/latest/\r\n\r\n'),
  'come back in 30 years': (socket) =>
    socket.end('HTTP/1.1 503 X\r\nRetry-After: 1000000000\r\nContent-Length: 0\r\n\r\n'),
  'hangs up': (socket) => socket.destroy(),
};

export async function hostileReceivers() {
  const servers = await Promise.all(
    Object.entries(kKinds).map(async ([name, serve]) => {
      const sockets = new Set();
      const server = net.createServer((socket) => {
        sockets.add(socket);
        socket.on('error', () => {}).on('close', () => sockets.delete(socket));
        socket.once('data', () => serve(socket));
      });
      await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
      return { name, server, sockets };
    }),
  );
  const url = (scheme, { server }) => `${scheme}://127.0.0.1:${server.address().port}/hook`;
  return {
    // One of them also as what does not speak TLS.
    urls: [...servers.map((one) => url('http', one)), url('https', servers[1])],
    close: () =>
      Promise.all(
        servers.map(({ server, sockets }) => {
          for (const socket of sockets) socket.destroy();
          return new Promise((resolve) => server.close(resolve));
        }),
      ),
  };
}
