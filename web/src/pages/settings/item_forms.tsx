// SPDX-License-Identifier: Apache-2.0
// What an admin sets up (alerts, exports, webhooks) is made and changed with the same form, which
// shows a refusal at the field it is about.
import { notifications } from '@mantine/notifications';
import { type ComponentType, useState } from 'react';

export type FormProps<V> = {
  initial: V;
  isNew: boolean;
  pending: boolean;
  error: unknown;
  onSubmit: (values: V, refuse: (thrown: unknown) => void) => void;
  onCancel: () => void;
};

/** What a form needs of a mutation. */
export type Change<B, R = unknown> = {
  mutate: (
    body: B,
    then?: { onSuccess?: (made: R) => void; onError?: (thrown: unknown) => void },
  ) => void;
  isPending: boolean;
  error: unknown;
};

type Common<V> = { form: ComponentType<FormProps<V>>; values: V; onClose: () => void };

type CreateProps<V, B, R> = Common<V> & {
  create: Change<B, R>;
  toBody: (values: V) => B;
  onMade: (made: R) => void;
};

export function CreateForm<V, B, R>(props: CreateProps<V, B, R>) {
  const { form: Form, values, create, toBody, onMade, onClose } = props;
  return (
    <Form
      initial={values}
      isNew
      pending={create.isPending}
      error={create.error}
      onCancel={onClose}
      onSubmit={(sent, onError) => create.mutate(toBody(sent), { onError, onSuccess: onMade })}
    />
  );
}

type EditProps<V, B> = Common<V> & {
  patch: Change<B>;
  /** What is to be changed; null for nothing. */
  toPatch: (before: V, values: V) => B | null;
  /** Said when it is saved. */
  saved: string;
};

export function EditForm<V, B>(props: EditProps<V, B>) {
  const { form: Form, values, patch, toPatch, saved, onClose } = props;
  // As it was when the form was opened: the page goes on asking for it.
  const [before] = useState(values);
  return (
    <Form
      initial={before}
      isNew={false}
      pending={patch.isPending}
      error={patch.error}
      onCancel={onClose}
      onSubmit={(sent, onError) => {
        const changes = toPatch(before, sent);
        if (!changes) return onClose();
        patch.mutate(changes, {
          onError,
          onSuccess: () => {
            notifications.show({ title: 'Saved', message: saved, color: 'pine' });
            onClose();
          },
        });
      }}
    />
  );
}
