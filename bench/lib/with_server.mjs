// SPDX-License-Identifier: Apache-2.0
//
// A fresh server for one bench, gone afterwards whatever happens.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { Server } from '../../tests/lib/server.mjs';

export async function withServer(name, run, options = {}) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tallymark-bench-'));
  const server = new Server({ data: path.join(folder, 'data'), name: `bench-${name}`, ...options });
  try {
    await server.start();
    return await run(server);
  } finally {
    if (server.running) await server.kill();
    fs.rmSync(folder, { recursive: true, force: true });
  }
}
