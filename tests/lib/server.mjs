// SPDX-License-Identifier: Apache-2.0
//
// Starts and ends the binary under test. Every test has its own server, its own ports (port 0) and
// its own data folder below the temporary folder, so tests do not depend on each other or on order.
//
//   TALLYMARK_BINARY          binary under test, default build/release/tallymark
//   TALLYMARK_ENGINE_BINARY   binary for the engine child (sanitizer builds name the release one)
//   TALLYMARK_TEST_LOGS       where servers' output is kept, default build/test-logs
//   TALLYMARK_TEST_KEEP=1     keep data folders
//   TALLYMARK_TEST_FULL=1     full counts
//
// Processes are ended by the pid that was started here and by no other means.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { Api } from './api.mjs';

export const kRoot = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
export const kFull = process.env.TALLYMARK_TEST_FULL === '1';
// Builds with a sanitizer bring another engine (tests/CMakeLists.txt).
export const kSanitized = process.env.TALLYMARK_ENGINE_BINARY !== undefined;
export const kBinary = process.env.TALLYMARK_BINARY ?? path.join(kRoot, 'build/release/tallymark');
export const kBootstrapKey = 'tmk_systemtests_0123456789abcdefghijklmnop';
const kLogs = process.env.TALLYMARK_TEST_LOGS ?? path.join(kRoot, 'build/test-logs');

export const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

// What the product may see of our environment: not the tests' own variables.
function environment(extra) {
  const env = { ...process.env };
  for (const name of Object.keys(env)) {
    if (name === 'TALLYMARK_BINARY' || name.startsWith('TALLYMARK_TEST_')) delete env[name];
  }
  return { ...env, ...extra };
}

// Servers that were started and have not ended.
const running = new Set();

// A folder that goes with the test `t`. Hooks run in the order they were added, so whoever still
// works in the folder is ended here, and not by a later hook.
export function temporaryFolder(t, label = 'data') {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), `tallymark-${label}-`));
  t?.after(async () => {
    try {
      const inside = [...running].filter(({ data }) => data.startsWith(folder + path.sep));
      await Promise.all(inside.map((server) => server.stop()));
    } finally {
      if (process.env.TALLYMARK_TEST_KEEP !== '1')
        fs.rmSync(folder, { recursive: true, force: true });
    }
  });
  return folder;
}

// Runs the binary to its end. Gives {code, signal, stdout, stderr}; ends it after `timeoutMs`.
export function run(
  args,
  { env = {}, timeoutMs = 30000, binary = kBinary, input, wrap = [] } = {},
) {
  return new Promise((resolve, reject) => {
    const [file, ...rest] = [...wrap, binary, ...args];
    const child = spawn(file, rest, {
      env: environment(env),
      stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      child.kill('SIGKILL');
    }, timeoutMs);
    child.stdout.on('data', (bytes) => (stdout += bytes));
    child.stderr.on('data', (bytes) => (stderr += bytes));
    if (input !== undefined) child.stdin.end(input);
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      resolve({ code, signal, stdout, stderr, timedOut });
    });
  });
}

// Pids of the direct children of `pid`.
export function childrenOf(pid) {
  const found = [];
  for (const name of fs.readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = fs.readFileSync(`/proc/${name}/stat`, 'latin1');
      const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
      if (parent === pid) found.push(Number(name));
    } catch {
      // it ended while we looked
    }
  }
  return found;
}

// The verb that a process of ours was started with, undefined when it is gone.
function argumentOf(pid) {
  try {
    return fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')[1];
  } catch {
    return undefined;
  }
}

export function alive(pid) {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'latin1');
    return stat.slice(stat.lastIndexOf(')') + 2)[0] !== 'Z';
  } catch {
    return false;
  }
}

export class Server {
  // options: data (folder), settings {key: value}, env, args, binary, name (of the log), key (null:
  // no bootstrap key), startMs, wrap (a command that runs the binary, such as strace).
  constructor(options = {}) {
    this.options = options;
    this.binary = options.binary ?? kBinary;
    this.data = options.data;
    this.starts = 0;
    this.stdout = '';
    this.stderr = '';
    fs.mkdirSync(kLogs, { recursive: true });
    this.logFile = path.join(kLogs, `${options.name ?? path.basename(process.argv[1])}.log`);
    fs.writeFileSync(this.logFile, '');
  }

  arguments() {
    const {
      settings = {},
      args = [],
      links = '127.0.0.1:0',
      consoleAt = '127.0.0.1:0',
    } = this.options;
    const all = { 'http.trusted_proxies': '127.0.0.1/32', ...settings };
    const sets = Object.entries(all).flatMap(([key, value]) => ['--set', `${key}=${value}`]);
    return [
      'serve',
      '--data',
      this.data,
      '--links',
      links,
      '--console',
      consoleAt,
      ...sets,
      ...args,
    ];
  }

  // Resolves when the ready line is out; rejects when the process ends before.
  start() {
    if (!fs.existsSync(this.binary)) throw new Error(`no binary ${this.binary}; build it first`);
    const { env = {}, key = kBootstrapKey, wrap = [], startMs = 60000 } = this.options;
    const [file, ...rest] = [...wrap, this.binary, ...this.arguments()];
    const child = spawn(file, rest, {
      env: environment({ ...(key ? { TALLYMARK_BOOTSTRAP_KEY: key } : {}), ...env }),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child = child;
    this.starts += 1;
    running.add(this);
    // Its output may stay open longer than it lives: the engine child has inherited it.
    this.exit = new Promise((done) => {
      child.on('exit', (code, signal) => {
        running.delete(this);
        const finish = () => done({ code, signal });
        child.on('close', finish);
        setTimeout(finish, 500).unref();
      });
    });
    fs.appendFileSync(this.logFile, `--- start ${this.starts} pid ${child.pid}\n`);
    let fresh = '';
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        child.kill('SIGKILL');
        reject(new Error(`not ready within ${startMs} ms; see ${this.logFile}`));
      }, startMs);
      child.on('error', reject);
      child.stderr.on('data', (bytes) => this.#log(bytes, 'stderr'));
      child.stdout.on('data', (bytes) => {
        this.#log(bytes, 'stdout');
        fresh += bytes;
        const match = /^ready links=(https?:\/\/\S+) console=(http:\/\/\S+)$/m.exec(fresh);
        if (!match) return;
        clearTimeout(timer);
        this.linksUrl = match[1].replace(/\/$/, '');
        this.consoleUrl = match[2].replace(/\/$/, '');
        this.linksPort = Number(new URL(this.linksUrl).port);
        this.consolePort = Number(new URL(this.consoleUrl).port);
        this.api = new Api({ port: this.consolePort, key: key ?? undefined });
        resolve(this);
      });
      this.exit.then(({ code, signal }) => {
        clearTimeout(timer);
        reject(
          new Error(`ended before it was ready (${signal ?? code}): ${this.stderr.slice(-2000)}`),
        );
      });
    });
  }

  #log(bytes, stream) {
    this[stream] += bytes;
    fs.appendFileSync(this.logFile, bytes);
  }

  // The pid of serve itself: ours, or the child of a wrapper such as strace that stays its parent.
  get pid() {
    const { pid } = this.child;
    return argumentOf(pid) === 'serve' ? pid : (childrenOf(pid)[0] ?? pid);
  }

  // The engine child's pid, or undefined while there is none.
  enginePid() {
    return childrenOf(this.pid).find((pid) => argumentOf(pid) === 'engine');
  }

  // The one-time set-up link, which is printed right after the ready line.
  async setupUrl() {
    for (let i = 0; i < 200; ++i) {
      const match = /https?:\/\/\S+\/setup\?token=[A-Za-z0-9_.~-]+/.exec(this.stdout);
      if (match) return match[0];
      await sleep(10);
    }
    throw new Error(`no set-up link was printed: ${this.stdout}`);
  }

  // Waits until the edge's table holds `count` links.
  async untilAtEdge(count, timeoutMs = 5000) {
    const deadline = Date.now() + timeoutMs;
    for (;;) {
      const { text } = await this.api.call('GET', '/metrics');
      const known = Number(/^tallymark_links (\d+)/m.exec(text)?.[1]);
      if (known >= count) return;
      if (Date.now() > deadline) throw new Error(`the edge knows ${known} of ${count} links`);
      await sleep(20);
    }
  }

  get running() {
    return (
      this.child !== undefined && this.child.exitCode === null && this.child.signalCode === null
    );
  }

  // A clean stop; throws when it takes too long or the exit code is not 0.
  async stop({ timeoutMs = 30000 } = {}) {
    if (!this.running) return this.exit;
    const pid = this.pid;
    const engine = this.enginePid();
    process.kill(pid, 'SIGTERM');
    const timer = setTimeout(() => this.kill(), timeoutMs);
    const result = await this.exit;
    clearTimeout(timer);
    if (result.code !== 0) {
      throw new Error(`stop ended with ${JSON.stringify(result)}: ${this.stderr.slice(-3000)}`);
    }
    if (engine && alive(engine)) throw new Error(`engine ${engine} outlived serve`);
    return result;
  }

  // kill -9, and waits until process and engine child are gone. The pid stays free for nobody else
  // meanwhile: it is our child and not yet reaped when the signal goes out.
  async kill() {
    if (!this.running) return this.exit;
    const pid = this.pid;
    const children = childrenOf(pid);
    process.kill(pid, 'SIGKILL');
    if (pid !== this.child.pid) this.child.kill('SIGKILL');
    const result = await this.exit;
    for (const engine of children) {
      for (let i = 0; alive(engine) && i < 1000; ++i) await sleep(10);
      if (alive(engine)) throw new Error(`child ${engine} outlived a killed serve by 10 s`);
    }
    return result;
  }
}

// A started server that ends with the test `t`, and its data folder with it.
export async function startServer(t, options = {}) {
  const name = options.name ?? `${path.basename(process.argv[1], '.test.mjs')}-${slug(t.name)}`;
  let server;
  t.after(async () => {
    if (server?.running) await server.stop();
  });
  const data = options.data ?? path.join(temporaryFolder(t), 'data');
  server = new Server({ ...options, data, name });
  await server.start();
  return server;
}

function slug(text) {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 60);
}
