// SPDX-License-Identifier: Apache-2.0
// Sets the colour scheme before the first paint, so that dark mode never flashes white. A file and
// not an inline script because the content security policy allows scripts from 'self' only.
(function () {
  var wish = null;
  try {
    wish = localStorage.getItem('mantine-color-scheme-value');
  } catch (_) {
    // Storage can be blocked; the system's preference is then the answer.
  }
  var dark =
    wish === 'dark' || (wish !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
})();
