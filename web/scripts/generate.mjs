// SPDX-License-Identifier: Apache-2.0
// Writes src/api/schema.d.ts from the server's OpenAPI document. With --check it writes nothing and
// fails when the checked-in file differs, so the console can never drift from the API it calls.
import { readFile, writeFile } from 'node:fs/promises';
import openapiTS, { astToString } from 'openapi-typescript';

const source = new URL('../../src/api/openapi.json', import.meta.url);
const target = new URL('../src/api/schema.d.ts', import.meta.url);
const head = `// SPDX-License-Identifier: Apache-2.0
// Generated from src/api/openapi.json by \`npm run generate\`. Edit that file, not this one.
`;

const wanted = head + astToString(await openapiTS(source));
if (process.argv.includes('--check')) {
  const found = await readFile(target, 'utf8').catch(() => '');
  if (found !== wanted) {
    console.error('src/api/schema.d.ts is not what src/api/openapi.json says: npm run generate');
    process.exit(1);
  }
  console.log('src/api/schema.d.ts is current');
} else {
  await writeFile(target, wanted);
}
