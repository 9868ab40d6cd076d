// SPDX-License-Identifier: Apache-2.0
// One change to many links: how far it is, the way to stop it between two of them, and what came of
// it. Whoever leaves the list stops it too, so that nothing goes on out of sight.
import { Button, CloseButton, Group, Progress, Text } from '@mantine/core';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { useLeaveWarning } from '../../ui/drafts';
import { count } from '../../ui/format';
import classes from './bulk_bar.module.css';
import type { Report } from './bulk_words';

type Run = { doing: string; answers: number; of: number };

/** A dialog that closes keeps the focus for as long as it fades, in ms. */
const fadeMs = 300;

/**
 * At most one run: `start` gives null while another is on, as after a second click on a dialog that
 * fades. The focus goes to `bar` when the button that was pressed has gone.
 */
export function useBulkRun(bar: RefObject<HTMLElement | null>) {
  const [run, setRun] = useState<Run | null>(null);
  const control = useRef<AbortController | null>(null);
  const busy = useRef(false);
  const shown = useRef(true);
  useEffect(() => {
    shown.current = true;
    return () => {
      shown.current = false;
      control.current?.abort();
    };
  }, []);
  const running = run !== null;
  useLeaveWarning(running);
  useEffect(() => {
    if (!control.current) return; // nothing has begun yet
    const back = () => {
      if (document.activeElement === document.body) bar.current?.focus({ preventScroll: true });
    };
    back();
    const later = setTimeout(back, fadeMs);
    return () => clearTimeout(later);
  }, [running, bar]);

  const start = async <T,>(
    doing: string,
    of: number,
    work: (signal: AbortSignal, onAnswer: (answers: number) => void) => Promise<T>,
  ): Promise<T | null> => {
    if (busy.current) return null;
    busy.current = true;
    control.current = new AbortController();
    setRun({ doing, answers: 0, of });
    try {
      return await work(control.current.signal, (answers) => setRun({ doing, answers, of }));
    } finally {
      busy.current = false;
      setRun(null);
    }
  };
  const stop = () => control.current?.abort();
  return { run, start, stop, isShown: () => shown.current };
}

const readMs = 4_000;

/** In the bar, since a notification would cover it. What needs no answer goes by itself. */
export function BulkReport({ report, onClose }: { report: Report; onClose: () => void }) {
  useEffect(() => {
    if (report.message) return;
    const later = setTimeout(onClose, readMs);
    return () => clearTimeout(later);
  }, [report, onClose]);
  return (
    <Group className={classes.report} justify="space-between" wrap="nowrap" gap="sm">
      <Text size="sm" role="alert" className={classes.words}>
        <b data-failed={report.failed || undefined}>
          {report.title}
          {report.message && '.'}
        </b>{' '}
        {report.message}
      </Text>
      <CloseButton size="sm" aria-label="Dismiss" onClick={onClose} />
    </Group>
  );
}

export function BulkRun({ run, onStop }: { run: Run; onStop: () => void }) {
  const words = `${run.doing} ${count(run.answers)} of ${count(run.of)}`;
  return (
    <>
      <Text size="sm" className="tm-num">
        {words} …
      </Text>
      <Progress
        className={classes.progress}
        value={Math.min(100, Math.round((100 * run.answers) / run.of))}
        aria-label={words}
      />
      <Button size="xs" variant="default" onClick={onStop}>
        Stop
      </Button>
    </>
  );
}
