// SPDX-License-Identifier: Apache-2.0
// Every failed call becomes one ApiError, whether the server answered with RFC 9457 problem+json,
// with something else (a proxy's error page), or not at all. Pages show it; forms put it at its
// field.

export type ProblemBody = {
  title?: string;
  detail?: string;
  code?: string;
  field?: string;
  request_id?: string;
  errors?: unknown;
};

/** What is wrong with one of several entries: `line` of a CSV file, else its place in the list. */
export type ItemProblem = { line: number | null; index: number; field: string; detail: string };

export class ApiError extends Error {
  constructor(
    /** HTTP status; 0 when no answer came. */
    readonly status: number,
    /** Stable, machine-readable reason, `unreachable` when no answer came. */
    readonly code: string,
    readonly title: string,
    readonly detail: string,
    /** Dotted name of the field that was refused, when one was. */
    readonly field: string | null,
    /** The id under which the server logged this request. */
    readonly requestId: string | null,
    /** What is wrong with single entries, where many were sent. */
    readonly items: readonly ItemProblem[] = [],
  ) {
    super(detail || title);
  }
}

const fallbackTitles: Record<number, string> = {
  401: 'Please log in again',
  403: 'Not allowed',
  404: 'Not found',
  409: 'Conflict',
  413: 'Too much data',
  429: 'Too many requests',
  503: 'Temporarily unavailable',
};

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function itemsOf(errors: unknown): ItemProblem[] {
  if (!Array.isArray(errors)) return [];
  return errors.map((one: Record<string, unknown>) => ({
    line: typeof one.line === 'number' ? one.line : null,
    index: typeof one.index === 'number' ? one.index : 0,
    field: text(one.field),
    detail: text(one.detail),
  }));
}

/** Builds the error from an answer's status, its parsed (or unparsable) body and its headers. */
export function errorFromAnswer(status: number, body: unknown, headers: Headers): ApiError {
  const problem = (body !== null && typeof body === 'object' ? body : {}) as ProblemBody;
  return new ApiError(
    status,
    text(problem.code) || `http_${status}`,
    text(problem.title) || fallbackTitles[status] || `The server answered ${status}`,
    text(problem.detail),
    text(problem.field) || null,
    text(problem.request_id) || headers.get('x-request-id'),
    itemsOf(problem.errors),
  );
}

/** The error for a call that got no answer at all. */
export function unreachable(): ApiError {
  return new ApiError(
    0,
    'unreachable',
    'The server does not answer',
    'Short links may still work. This page tries again by itself.',
    null,
    null,
  );
}

/** Any thrown value as an ApiError, so that pages have one shape to show. */
export function asApiError(thrown: unknown): ApiError {
  if (thrown instanceof ApiError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new ApiError(0, 'internal', 'Something went wrong in this page', message, null, null);
}

/**
 * Where a refused form shows its error: under `field` when the form has it (a nested name such as
 * `utm.source`, a JSON pointer such as `/utm/source` and an element such as `tags[3]` are
 * understood), else above the form.
 */
export function placeError(
  error: ApiError,
  fields: readonly string[],
): { field: string; message: string } | null {
  if (!error.field) return null;
  const name = error.field
    .replace(/^\//, '')
    .replaceAll('/', '.')
    .replace(/(\[\d+\]|\.\d+)$/, '');
  if (!fields.includes(name)) return null;
  return { field: name, message: error.detail || error.title };
}
