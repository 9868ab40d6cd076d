// SPDX-License-Identifier: Apache-2.0
//
// What the Nu HTML checker says of pages: all of them in one run, for its start takes seconds.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { kRoot } from './server.mjs';

const kJar = path.join(kRoot, 'tests/node_modules/vnu-jar/build/dist/vnu.jar');

const slug = (name) => name.replace(/[^a-z0-9]+/gi, '-').replace(/^-|-$/g, '') || 'root';

// Fails with every error and warning in `pages`, a Map of name to HTML. The files stay in `folder`.
export async function assertMarkup(pages, folder) {
  const names = new Map();
  for (const [name, html] of pages) {
    const file = path.join(folder, `${names.size}-${slug(name)}.html`);
    fs.writeFileSync(file, html);
    names.set(file, name);
  }
  const java = ['-Xss2m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-jar', kJar];
  const options = ['--format', 'json', '--exit-zero-always', '--stdout'];
  const { stdout } = await promisify(execFile)('java', [...java, ...options, ...names.keys()], {
    maxBuffer: 64 * 1024 * 1024,
    timeout: 240000,
  });
  // One line for each kind of fault on a page.
  const found = new Map();
  for (const { url, message, extract, type, subType } of JSON.parse(stdout).messages) {
    const fault = `${names.get(fileURLToPath(url))}: ${subType ?? type}: ${message}`;
    if (!found.has(fault)) found.set(fault, `${fault} ${JSON.stringify(extract ?? '')}`);
  }
  assert.deepEqual([...found.values()], []);
}
