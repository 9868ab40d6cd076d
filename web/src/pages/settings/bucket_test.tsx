// SPDX-License-Identifier: Apache-2.0
import { Text } from '@mantine/core';
import { useTestExport } from '../../api/exports';
import type { BucketAnswer, Export } from '../../api/types';
import { count } from '../../ui/format';
import classes from './settings.module.css';
import { StateMark } from './state_mark';
import { TestRun } from './test_run';

function Step({ did, answer }: { did: string; answer: BucketAnswer }) {
  const outcome = answer.status === null ? 'no answer' : answer.status;
  return (
    <div>
      <StateMark tone={answer.error ? 'bad' : 'good'} word={`${did}: ${outcome}`} />
      <Text size="xs" c="dimmed" className={classes.anywhere}>
        after {count(answer.took_ms)} ms{answer.error && ` · ${answer.error}`}
      </Text>
    </div>
  );
}

/** Tries the bucket and shows what it said. */
export function BucketTest({ item, onClose }: { item: Export; onClose: () => void }) {
  return (
    <TestRun
      test={useTestExport(item.id)}
      waiting="A small object is put and deleted."
      again="Try again"
      onClose={onClose}
    >
      {(answer) => (
        <>
          <Step did="Put" answer={answer.put} />
          {answer.delete && <Step did="Delete" answer={answer.delete} />}
          <Text size="xs" c="dimmed" className={classes.anywhere}>
            {answer.key}
          </Text>
        </>
      )}
    </TestRun>
  );
}
