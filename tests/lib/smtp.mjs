// SPDX-License-Identifier: Apache-2.0
//
// A mail server on loopback that keeps what it is given: EHLO, STARTTLS, AUTH PLAIN and LOGIN, one
// message at a time (RFC 5321). It checks the protocol as it is spoken: commands in their order,
// lines that end in CRLF, a password only after TLS where there is TLS.
//
//   options: tls {key, cert} (offers STARTTLS and asks for it), user and password (asks for AUTH)
//   answer(recipient) gives what RCPT is told, like "550 5.1.1 no such user"; default 250
//   hold: true lets every message wait for its answer, for ever
import net from 'node:net';
import tls from 'node:tls';

export class SmtpSink {
  constructor(options = {}) {
    this.options = options;
    this.mails = []; // {from, to, raw, headers, text, secure, user}
    this.held = []; // likewise, those that got no answer
    this.faults = [];
    this.answer = () => '250 2.1.5 Ok';
    this.hold = false;
    this.waiting = [];
    this.sockets = new Set();
  }

  static async start(t, options) {
    const sink = new SmtpSink(options);
    sink.server = net.createServer((socket) => sink.#talk(socket));
    await new Promise((done) => sink.server.listen(0, '127.0.0.1', done));
    sink.port = sink.server.address().port;
    t.after(() => sink.close());
    return sink;
  }

  close() {
    for (const socket of this.sockets) socket.destroy();
    return new Promise((done) => this.server.close(done));
  }

  // Resolves once `count` mails are there, or were held.
  async until(count, { list = this.mails, timeoutMs = 30000 } = {}) {
    const deadline = Date.now() + timeoutMs;
    while (list.length < count) {
      if (Date.now() > deadline) throw new Error(`${list.length} of ${count} mails came`);
      await new Promise((done) => setTimeout(done, 20));
    }
    return list;
  }

  #talk(plain) {
    const session = { secure: false, user: null, from: null, to: [], greeted: false };
    const serve = (socket) => {
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
      socket.on('error', () => {});
      let buffer = '';
      const say = (line) => socket.write(`${line}\r\n`);
      const onData = (bytes) => {
        buffer += bytes.toString('latin1');
        for (;;) {
          const end = buffer.indexOf(session.data ? '\r\n.\r\n' : '\r\n');
          if (end < 0) return;
          const piece = buffer.slice(0, end);
          buffer = buffer.slice(end + (session.data ? 5 : 2));
          if (session.data) this.#take(session, piece, say);
          else if (this.#command(session, piece, say) === 'tls') {
            if (buffer !== '') this.faults.push(`said before TLS: ${buffer}`);
            socket.removeListener('data', onData);
            const { key, cert } = this.options.tls;
            Object.assign(session, { secure: true, greeted: false });
            serve(new tls.TLSSocket(socket, { isServer: true, key, cert }));
            return;
          }
        }
      };
      socket.on('data', onData);
      return say;
    };
    serve(plain)('220 sink ESMTP');
  }

  #command(session, line, say) {
    const [, verb, rest] = /^([A-Za-z]+)(.*)$/s.exec(line) ?? [];
    if (/[\r\n]/.test(line)) this.faults.push(`a bare line break: ${JSON.stringify(line)}`);
    if (session.login) return this.#login(session, line, say);
    const { tls: offered, user } = this.options;
    const early = offered && !session.secure;
    switch ((verb ?? '').toUpperCase()) {
      case 'EHLO': {
        session.greeted = true;
        const words = [...(early ? ['STARTTLS'] : []), ...(user && !early ? ['AUTH LOGIN'] : [])];
        ['sink', ...words].forEach((word, i) => say(`250${i < words.length ? '-' : ' '}${word}`));
        return undefined;
      }
      case 'STARTTLS':
        say('220 Go ahead');
        return 'tls';
      case 'AUTH': {
        if (early) this.faults.push('AUTH before TLS');
        session.login = [];
        const initial = rest.trim().split(' ')[1];
        if (initial) return this.#login(session, initial, say);
        say('334 VXNlcm5hbWU6');
        return undefined;
      }
      case 'MAIL':
        if (early) return void say('530 5.7.0 STARTTLS first');
        if (user && !session.user) return void say('530 5.7.0 who are you?');
        session.from = /^ FROM:<([^<>]*)>/.exec(rest)?.[1];
        session.to = [];
        return void say(session.from ? '250 2.1.0 Ok' : '501 5.5.4 from whom?');
      case 'RCPT': {
        const to = /^ TO:<([^<>]*)>$/.exec(rest)?.[1];
        const answer = session.from && to ? this.answer(to) : '503 5.5.1 in what order?';
        if (answer.startsWith('250')) session.to.push(to);
        return void say(answer);
      }
      case 'DATA':
        session.data = session.to.length > 0;
        return void say(session.data ? '354 Go on' : '503 5.5.1 for whom?');
      case 'QUIT':
        return void say('221 Bye');
      default:
        if (verb !== 'RSET' && verb !== 'NOOP') this.faults.push(`unknown command ${line}`);
        return void say('250 Ok');
    }
  }

  #login(session, line, say) {
    session.login.push(Buffer.from(line, 'base64').toString());
    if (session.login.length === 1) return void say('334 UGFzc3dvcmQ6');
    const [user, password] = session.login;
    session.login = null;
    const good = user === this.options.user && password === this.options.password;
    if (good) session.user = user;
    return void say(good ? '235 2.7.0 Welcome' : '535 5.7.8 No');
  }

  #take(session, raw, say) {
    session.data = false;
    const mail = { ...parseMail(raw), ...session };
    if (this.hold) {
      this.held.push(mail);
      return;
    }
    this.mails.push(mail);
    session.from = null;
    say(`250 2.0.0 Ok: queued as ${this.mails.length}`);
  }
}

// Headers by their lower-case names, unfolded, encoded words and quoted-printable decoded.
export function parseMail(raw) {
  const unstuffed = raw.replace(/(^|\r\n)\./g, '$1');
  const [head, body] = [unstuffed.slice(0, unstuffed.indexOf('\r\n\r\n')), unstuffed];
  const headers = {};
  for (const line of head.replace(/\r\n[ \t]/g, ' ').split('\r\n')) {
    const [name, value] = [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)];
    headers[name.toLowerCase()] = value
      .replace(/\?= =\?/g, '?==?')
      .replace(/=\?UTF-8\?B\?([^?]*)\?=/g, (_, word) => Buffer.from(word, 'base64').toString());
  }
  const bytes = body
    .slice(head.length + 4)
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
  return { raw, headers, text: Buffer.from(bytes, 'latin1').toString().replace(/\r\n/g, '\n') };
}
