// SPDX-License-Identifier: Apache-2.0
// What one experiment found: the sentence first, then what it rests on. Everything above the last
// card may be looked at at any time; the last card holds the usual figures, which may not, and so
// stands apart.
import { Anchor, Skeleton, Stack, Text } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { Link } from 'wouter';
import { useExperiment } from '../../api/experiments';
import type { ExperimentReport } from '../../api/types';
import { ErrorPanel } from '../../ui/error_panel';
import { count, time } from '../../ui/format';
import { useTimeZone } from '../../ui/time_zone';
import { useArmNames } from './arm_names';
import { CountsTable } from './counts_table';
import { DescriptionCard } from './description_card';
import { ExperimentHeader } from './experiment_header';
import { countedAs, type Names, needsWords, sticksWords, verdictWords } from './experiment_words';
import classes from './experiments.module.css';
import { IntervalPicture } from './interval_picture';

type PartProps = { report: ExperimentReport; names: Names };

function VerdictCard({ report, names }: PartProps) {
  const verdict = verdictWords(report, names);
  const needs = needsWords(report);
  const { setup_changed } = report.result;
  return (
    <section className={`tm-card ${classes.verdict}`} data-tone={verdict.tone} aria-label="Verdict">
      <h2 className={classes.sentence}>{verdict.sentence}</h2>
      {verdict.why.map((reason) => (
        <p key={reason} className={classes.reason}>
          {reason}
        </p>
      ))}
      {report.result.verdict === 'impossible_counts' && (
        <Anchor component={Link} href="/compare?enter=1" size="sm">
          Enter impressions
        </Anchor>
      )}
      {needs && <p className={classes.needs}>{needs}</p>}
      {setup_changed && (
        <p className={classes.alarm} role="status">
          The link’s variants or weights are no longer those of this experiment, and the division of
          visitors will show it. Begin a new one instead.
        </p>
      )}
      {report.incomplete && (
        <p className={classes.alarm} role="status">
          For a while clicks could not be recorded, so these counts are too low.
        </p>
      )}
    </section>
  );
}

function Differences({ report, names }: PartProps) {
  const { trials, rate } = countedAs[report.kind];
  return (
    <section className={`tm-card ${classes.card}`} aria-labelledby="differences">
      <h2 className={classes.title} id="differences">
        Difference from the control, “{names[0]}”
      </h2>
      <Text size="sm" c="dimmed" mb="sm">
        What each variant may add to the {rate}, in percentage points. The bar holds at all looks
        together; a side is better once its bar has left zero with{' '}
        {count(report.result.least_trials)} {trials} on either side. The dot is what was seen.
      </Text>
      <IntervalPicture result={report.result} names={names} />
    </section>
  );
}

function HowCounted({ report }: { report: ExperimentReport }) {
  const [tz] = useTimeZone();
  const { kind, result, sticks_for, ends_at } = report;
  const sticks = sticksWords(sticks_for);
  return (
    <section className={`tm-card ${classes.card}`} aria-labelledby="how">
      <h2 className={classes.title} id="how">
        How this is counted
      </h2>
      <Text size="sm">
        {kind === 'links'
          ? 'Clicks of people ÷ impressions, in whole days of the zone that the workspace reports in.'
          : 'Unique clicks whose visitor converted on the link that UTC day ÷ unique clicks.'}{' '}
        From {time(result.from, 'full', tz)} to {time(result.to, 'full', tz)}
        {report.state === 'running' && ends_at === null ? ', without a planned end.' : '.'}
      </Text>
      <Text size="sm" mt={6}>
        {count(result.looks)} {result.looks === 1 ? 'look' : 'looks'} so far: the ends of the days,
        and now. Opening this page more often changes nothing.
      </Text>
      {sticks && (
        <Text size="sm" mt={6}>
          {sticks}
        </Text>
      )}
    </section>
  );
}

export default function ExperimentPage({ id }: { id: string }) {
  const answer = useExperiment(id);
  const report = answer.data;
  const names = useArmNames(report?.arms ?? []);
  useDocumentTitle(`${report?.name ?? 'Experiment'} · Tallymark`);
  const back = (
    <Anchor component={Link} href="/experiments" size="sm">
      All experiments
    </Anchor>
  );
  if (!report) {
    return (
      <Stack gap="md">
        {back}
        <div className="tm-card">
          {answer.error ? (
            <ErrorPanel error={answer.error} retry={() => void answer.refetch()} />
          ) : (
            <Skeleton height={260} m="md" w="auto" />
          )}
        </div>
      </Stack>
    );
  }
  const begun = report.state !== 'planned';
  return (
    <Stack gap="md">
      {back}
      <ExperimentHeader report={report} />
      <VerdictCard report={report} names={names} />
      {begun && (
        <>
          <Differences report={report} names={names} />
          <CountsTable report={report} names={names} />
          <DescriptionCard report={report} names={names} />
        </>
      )}
      <HowCounted report={report} />
    </Stack>
  );
}
