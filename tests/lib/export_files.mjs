// SPDX-License-Identifier: Apache-2.0
//
// What a data folder whose server is down says of its scheduled exports: the runs and events that
// are written down, and the files that are there.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

const kQuestion = `
import json, sqlite3, sys
db = sqlite3.connect(sys.argv[1])
db.row_factory = sqlite3.Row
runs = db.execute("SELECT r.id, r.export, e.workspace, r.period, r.state, r.file, r.bytes, r.sha256, "
                  "(SELECT count(*) FROM outbox WHERE event = 'export.ready' AND about = r.id) AS events "
                  "FROM export_runs r JOIN exports e ON e.id = r.export ORDER BY r.id")
print(json.dumps([dict(row) for row in runs]))
`;

export const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

// The names in the folder of an export, sorted.
export function namesOf(data, workspace, id) {
  const folder = path.join(data, 'exports', workspace, id);
  return fs.existsSync(folder) ? fs.readdirSync(folder).sort() : [];
}

export function readFile(data, workspace, id, name) {
  return fs.readFileSync(path.join(data, 'exports', workspace, id, name));
}

// Every run with what its file is; `state` is a word.
export function runsOf(data) {
  const states = ['waiting', 'writing', 'ready', 'removed'];
  const text = execFileSync('python3', ['-c', kQuestion, path.join(data, 'links.db')]);
  return JSON.parse(text).map((run) => ({
    ...run,
    state: states[run.state],
    workspace: `ws_${run.workspace}`,
    export: `exp_${run.export}`,
  }));
}
