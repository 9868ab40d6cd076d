// SPDX-License-Identifier: Apache-2.0
// The one door to the server. Paths, parameters and bodies are checked at compile time against the
// generated OpenAPI types; failures of every kind arrive as ApiError.
import createClient from 'openapi-fetch';
import { errorFromAnswer, unreachable } from './problem';
import type { paths } from './schema';

export const api = createClient<paths>({ credentials: 'same-origin' });

type Answer<T> = { data?: T; error?: unknown; response: Response };

/** Awaits a call of `api` and returns its body. Throws ApiError. */
export async function unwrap<T>(call: Promise<Answer<T>>): Promise<T> {
  let answer: Answer<T>;
  try {
    answer = await call;
  } catch (thrown) {
    if (thrown instanceof DOMException && thrown.name === 'AbortError') throw thrown;
    throw unreachable();
  }
  if (!answer.response.ok) {
    throw errorFromAnswer(answer.response.status, answer.error, answer.response.headers);
  }
  return answer.data as T;
}
