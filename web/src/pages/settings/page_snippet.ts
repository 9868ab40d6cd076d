// SPDX-License-Identifier: Apache-2.0

/**
 * What goes into the pages of a destination, so that they tell of conversions with a public key:
 * the script of docs/guides/conversions.md. `server` is what short links begin with.
 */
export function pageSnippet(server: string, key: string): string {
  return `<script>
  (() => {
    const server = '${server}';
    const key = '${key}';
    const arrived = new URLSearchParams(location.search).get('tm_cid');
    if (arrived) sessionStorage.setItem('tm_cid', arrived);
    window.tallymark = (event) => {
      const clickId = sessionStorage.getItem('tm_cid');
      if (!clickId) return false; // not here by a short link
      const body = JSON.stringify({ key, click_id: clickId, event });
      return navigator.sendBeacon(\`\${server}/_t/convert\`, body);
    };
  })();
</script>
<button onclick="tallymark('signup')">Sign up</button>
`;
}
