// SPDX-License-Identifier: Apache-2.0
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { errorFromAnswer, unreachable } from './problem';

/** The picture at an address of the API, with a logo in its middle when there is one. */
export async function fetchPicture(
  address: string,
  logo: Blob | null,
  signal?: AbortSignal,
): Promise<Blob> {
  const post = { method: 'POST', headers: { 'Content-Type': 'image/png' }, body: logo };
  let answer: Response;
  try {
    answer = await fetch(address, {
      credentials: 'same-origin',
      signal: signal ?? null,
      ...(logo ? post : {}),
    });
  } catch (thrown) {
    if (thrown instanceof DOMException && thrown.name === 'AbortError') throw thrown;
    throw unreachable();
  }
  if (answer.ok) return answer.blob();
  const body: unknown = await answer.json().catch(() => null);
  throw errorFromAnswer(answer.status, body, answer.headers);
}

/** A picture as an address that an image may have under the console's policy, which knows no blob. */
function dataAddress(picture: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as string);
    reader.onerror = () => reject(reader.error ?? new Error('the picture could not be read'));
    reader.readAsDataURL(picture);
  });
}

/** The picture, drawn anew whenever its address or the logo changes. */
export function usePicture(address: string, logo: { file: File; id: number } | null) {
  return useQuery({
    queryKey: ['picture', address, logo?.id ?? 0],
    queryFn: async ({ signal }) =>
      dataAddress(await fetchPicture(address, logo?.file ?? null, signal)),
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    gcTime: 60_000,
  });
}
