// SPDX-License-Identifier: Apache-2.0
import { useSearch } from 'wouter/use-browser-location';

/**
 * The query of the page's address for the router, which decodes it as a whole before its values are
 * taken out and decoded: a filter for `5%20off` would become one for `5 off`. Escaped once more
 * beforehand, it comes out as it stands there.
 */
export function useWholeSearch(): string {
  return useSearch().replaceAll('%', '%25');
}
