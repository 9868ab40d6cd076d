// SPDX-License-Identifier: Apache-2.0
// Short names for the shapes that the pages pass around, all taken from the generated file.
import type { components, paths } from './schema';

type Schemas = components['schemas'];

export type Link = Schemas['Link'];
export type LinkCreate = Schemas['LinkCreate'];
export type LinkPatch = Schemas['LinkPatch'];
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
export type Click = Schemas['Click'];
export type Scope = Schemas['Scope'];
export type ApiDimension = Schemas['Dimension'];

type QueryOf<P extends keyof paths> = paths[P] extends { get: { parameters: { query?: infer Q } } }
  ? NonNullable<Q>
  : never;

export type StatsQuery = QueryOf<'/api/v1/stats/summary'>;
export type LinksQuery = QueryOf<'/api/v1/links'>;
