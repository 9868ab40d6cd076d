// SPDX-License-Identifier: Apache-2.0
// Short names for the shapes that the pages pass around, all taken from the generated file.
import type { components, paths } from './schema';

type Schemas = components['schemas'];

export type Link = Schemas['Link'];
export type LinkCreate = Schemas['LinkCreate'];
export type LinkPatch = Schemas['LinkPatch'];
export type LinkEdit = Schemas['LinkEdit'];
export type LinkFieldChange = Schemas['LinkFieldChange'];
export type LinkRule = Schemas['Rule'];
export type LinkVariant = Schemas['Variant'];
export type ImportResult = Schemas['ImportResult'];
export type Session = Schemas['Session'];
export type Meta = Schemas['Meta'];
export type Key = Schemas['Key'];
export type NewKey = Schemas['KeyCreated'];
export type Summary = Schemas['Summary'];
export type Timeseries = Schemas['Timeseries'];
export type Breakdown = Schemas['Breakdown'];
export type ScreenCoverage = Schemas['ScreenCoverage'];
export type BreakdownRow = Breakdown['rows'][number];
export type Velocity = Schemas['Velocity'];
export type Heatmap = Schemas['Heatmap'];
export type Funnel = Schemas['Funnel'];
export type BestTime = Schemas['BestTime'];
export type Click = Schemas['Click'];
export type Settings = Schemas['Settings'];
export type SettingsPatch = Schemas['SettingsPatch'];
export type Compared = Schemas['ComparedValues'];
export type ComparedValue = Schemas['ComparedValue'];
export type Channels = Schemas['Channels'];
export type ChannelRow = Schemas['ChannelRow'];
export type CostRange = Schemas['CostRange'];
export type Geo = Schemas['Geo'];
export type CostEntry = Schemas['CostEntry'];
export type ImpressionsEntry = Schemas['Impressions'];
export type Experiment = Schemas['Experiment'];
export type ExperimentCreate = Schemas['ExperimentCreate'];
export type ExperimentPatch = Schemas['ExperimentPatch'];
export type ExperimentReport = Schemas['ExperimentReport'];
export type ExperimentResult = Schemas['ExperimentResult'];
export type ExperimentPlan = Schemas['ExperimentPlan'];
export type ShareInterval = Schemas['ShareInterval'];
export type Scope = Schemas['Scope'];
export type ApiDimension = Schemas['Dimension'];
export type Domain = Schemas['Domain'];
export type DomainCreate = Schemas['DomainCreate'];
export type DomainPatch = Schemas['DomainPatch'];
export type Webhook = Schemas['Webhook'];
export type NewWebhook = Schemas['WebhookWithSecret'];
export type WebhookCreate = Schemas['WebhookCreate'];
export type WebhookPatch = Schemas['WebhookPatch'];
export type WebhookReplay = Schemas['WebhookReplay'];
export type WebhookAnswer = Schemas['WebhookTest'];
export type Delivery = Schemas['WebhookDelivery'];
export type DeadLetter = Schemas['DeadLetter'];
export type EventKind = Schemas['EventKind'];
export type Alert = Schemas['Alert'];
export type AlertCreate = Schemas['AlertCreate'];
export type AlertPatch = Schemas['AlertPatch'];
export type AlertChange = Schemas['AlertChange'];
export type AlertEvidence = Schemas['AlertEvidence'];
export type Export = Schemas['Export'];
export type ExportCreate = Schemas['ExportCreate'];
export type ExportPatch = Schemas['ExportPatch'];
export type ExportRun = Schemas['ExportRun'];
export type ExportUpload = Schemas['ExportUpload'];
export type BucketInput = Schemas['ExportBucketInput'];
export type BucketAnswer = Schemas['BucketAnswer'];
export type Erase = Schemas['Erase'];
export type EraseCreate = Schemas['EraseCreate'];
export type Reclassification = Schemas['Reclassification'];
export type ReclassificationCreate = Schemas['ReclassificationCreate'];
export type Readiness = Schemas['Readiness'];

type QueryOf<P extends keyof paths> = paths[P] extends { get: { parameters: { query?: infer Q } } }
  ? NonNullable<Q>
  : never;

export type StatsQuery = QueryOf<'/api/v1/stats/summary'>;
export type LinksQuery = QueryOf<'/api/v1/links'>;
export type PlanQuery = QueryOf<'/api/v1/experiments/plan'>;
export type LiveQuery = QueryOf<'/api/v1/live'>;
