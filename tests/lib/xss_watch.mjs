// SPDX-License-Identifier: Apache-2.0
//
// Whether a payload of xss_payloads.mjs came to life in a page.
import { open } from './browser.mjs';

// A browser that writes down what ran, opened a dialog, or was refused by a policy.
export async function watched(t, server, options) {
  const opened = await open(t, server, options);
  const { context } = opened;
  const ran = [];
  for (const name of ['tmXss', 'tmxss'])
    // some texts are kept in lower case
    await context.exposeBinding(name, (_, n) => ran.push(n));
  await context.exposeBinding('tmRefused', (_, what) => ran.push(what));
  await context.addInitScript(() =>
    addEventListener('securitypolicyviolation', (event) =>
      globalThis.tmRefused(`refused: ${event.violatedDirective} ${event.sample}`),
    ),
  );
  const watch = (page) =>
    page.on('dialog', (dialog) => {
      ran.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
  context.pages().forEach(watch);
  context.on('page', watch);
  return { ...opened, ran };
}

// Elements and attributes that nobody here has written.
export const strangers = (page) =>
  page.evaluate(() => {
    const tags =
      'iframe,object,embed,math,base,marquee,xss,script:not([src]),form[action],template';
    const found = [...document.querySelectorAll(tags)].map((node) => node.outerHTML);
    for (const node of document.querySelectorAll('*'))
      for (const { name, value } of node.attributes)
        if (
          /^on|^srcdoc$/i.test(name) ||
          (/^(href|src|xlink:href|action|formaction|data)$/i.test(name) &&
            /^[\s\0-\x20]*(javascript|vbscript|livescript|data:text|blob:javascript)/i.test(value))
        )
          found.push(`${node.nodeName} ${name}=${value}`);
    return found;
  });

// Everything that can be read on a page, in fields too.
export const textOf = (page) =>
  page.evaluate(() => {
    const fields = [...document.querySelectorAll('input, textarea')].map(({ value }) => value);
    return [document.body.textContent, ...fields].join('\n');
  });
