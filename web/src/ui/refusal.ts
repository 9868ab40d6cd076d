// SPDX-License-Identifier: Apache-2.0
// A refused form says what is wrong where it is wrong: at the field that the server names, which
// gets the focus, or above the form when it has no such field.
import type { FormErrors } from '@mantine/form';
import { asApiError, placeError } from '../api/problem';

type Form = {
  setErrors: (errors: FormErrors) => void;
  getInputNode: (path: string) => HTMLElement | null;
};

/**
 * Puts a refusal at its field of `form`, if it has one among `fields`, and returns that field. A
 * form that hides the field shows it then: the focus follows with the next frame.
 */
export function refuse(form: Form, fields: readonly string[], thrown: unknown): string | null {
  const place = placeError(asApiError(thrown), fields);
  if (!place) return null;
  form.setErrors({ [place.field]: place.message });
  requestAnimationFrame(() => form.getInputNode(place.field)?.focus());
  return place.field;
}

/** Whether an error has to be shown above a form with these `fields`. */
export function isMisplaced(error: unknown, fields: readonly string[]): boolean {
  return error != null && !placeError(asApiError(error), fields);
}
