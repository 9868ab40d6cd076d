// SPDX-License-Identifier: Apache-2.0
//
// QR codes as a scanner sees them: pictures are laid on white, and zbar reads them. SVG is drawn by
// librsvg, in which nothing of ours has a part.
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

const call = promisify(execFile);
const kTimeout = 120000;

// `picture` is the bytes of an SVG. Gives those of a PNG at the size that the SVG asks for.
async function draw(folder, name, picture) {
  const from = path.join(folder, `${name}.svg`);
  const to = path.join(folder, `${name}.drawn.png`);
  fs.writeFileSync(from, picture);
  await call('rsvg-convert', ['--background-color=white', '-o', to, from], { timeout: kTimeout });
  return fs.readFileSync(to);
}

function onWhite(png, size) {
  const data = `data:image/png;base64,${png.toString('base64')}`;
  return `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${size}" height="${size}"><image width="${size}" height="${size}" xlink:href="${data}"/></svg>`;
}

async function scanFiles(files) {
  // zbarimg ends with 4 when a file has no code; which one is for the caller to see.
  const args = ['--quiet', '--xml', '-Sdisable', '-Sqrcode.enable', ...files];
  const { stdout } = await call('zbarimg', args, { timeout: kTimeout, maxBuffer: 1 << 24 }).catch(
    (error) => {
      if (error.code === 4) return error;
      throw error;
    },
  );
  const found = new Map(files.map((file) => [file, []]));
  for (const [, href, body] of stdout.matchAll(/<source href='([^']*)'>(.*?)<\/source>/gs)) {
    for (const [, text] of body.matchAll(/<data[^>]*><!\[CDATA\[(.*?)\]\]><\/data>/gs))
      found.get(href).push(text);
  }
  return files.map((file) => found.get(file));
}

// `pictures`: [{format: 'svg' | 'png', bytes, size}]. Gives the texts read from each, in order.
export async function scan(folder, pictures) {
  const files = [];
  for (const [i, { format, bytes, size, seeThrough }] of pictures.entries()) {
    const file = path.join(folder, `${i}.png`);
    if (format === 'png' && !seeThrough) {
      fs.writeFileSync(file, bytes);
    } else {
      const svg = format === 'svg' ? bytes : onWhite(bytes, size);
      fs.writeFileSync(file, await draw(folder, i, svg));
    }
    files.push(file);
  }
  const found = [];
  for (let i = 0; i < files.length; i += 50)
    found.push(...(await scanFiles(files.slice(i, i + 50))));
  return found;
}
