// SPDX-License-Identifier: Apache-2.0
//
// nginx with one worker that answers everything with the same redirect: the anchor.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';

import { sleep } from '../../tests/lib/server.mjs';

async function freePort() {
  const server = net.createServer();
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

export class Nginx {
  constructor(folder, { core, location, accessLog = false }) {
    this.folder = folder;
    this.core = core;
    this.location = location;
    this.accessLog = accessLog;
  }

  async start() {
    this.port = await freePort();
    const log = this.accessLog ? `${this.folder}/access.log` : 'off';
    const file = path.join(this.folder, `nginx-${this.port}.conf`);
    fs.writeFileSync(
      file,
      `daemon off; worker_processes 1; pid ${this.folder}/nginx.pid;
       error_log ${this.folder}/error.log;
       events { worker_connections 20000; }
       http { access_log ${log}; server_tokens off; keepalive_requests 1000000000;
              client_body_temp_path ${this.folder}/body; proxy_temp_path ${this.folder}/proxy;
              fastcgi_temp_path ${this.folder}/fastcgi; uwsgi_temp_path ${this.folder}/uwsgi;
              scgi_temp_path ${this.folder}/scgi;
              server { listen 127.0.0.1:${this.port} backlog=4096; return 302 ${this.location}; } }`,
    );
    this.child = spawn('taskset', ['-c', String(this.core), '/usr/sbin/nginx', '-c', file], {
      stdio: 'ignore',
    });
    for (let i = 0; i < 100; ++i) {
      const up = await new Promise((done) => {
        const socket = net.connect(this.port, '127.0.0.1');
        socket.on('connect', () => done(true)).on('error', () => done(false));
        socket.on('connect', () => socket.destroy());
      });
      if (up) return this;
      await sleep(50);
    }
    throw new Error('nginx did not start');
  }

  get pid() {
    return this.child.pid;
  }

  async stop() {
    const ended = new Promise((done) => this.child.on('exit', done));
    this.child.kill('SIGTERM');
    await ended;
  }
}
