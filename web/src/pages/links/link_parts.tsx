// SPDX-License-Identifier: Apache-2.0
// The sections of the link form, one list: what each is called, what it is for, and its fields.
import { Autocomplete, TagsInput, TextInput } from '@mantine/core';
import type { ComponentType, ReactNode } from 'react';
import { Fields } from '../../ui/fields';
import { browserZone } from '../../ui/time_zone';
import { CardPart } from './card_part';
import { channels } from '../stats/channels';
import type { Section } from './link_fields';
import type { LinkFormReturn } from './link_form';
import { MorePart } from './more_part';
import { PlatformsPart } from './platforms_part';
import { PasswordPart, SchedulePart } from './schedule_part';
import { RulesPart } from './rules_part';
import { UtmPart } from './utm_part';
import { VariantsPart } from './variants_part';

export type PartProps = { form: LinkFormReturn };

function AboutPart({ form }: PartProps) {
  return (
    <Fields>
      <TextInput label="Title" autoComplete="off" {...form.getInputProps('title')} />
      <TagsInput
        label="Tags"
        placeholder={form.values.tags.length === 0 ? 'Type and press Enter' : ''}
        acceptValueOnBlur
        maxTags={50}
        {...form.getInputProps('tags')}
      />
      <TextInput label="Campaign" autoComplete="off" {...form.getInputProps('campaign')} />
      <Autocomplete
        label="Channel"
        placeholder="Found from each click"
        data={channels}
        {...form.getInputProps('channel')}
      />
    </Fields>
  );
}

type Entry = { title: string; hint: ReactNode; Part: ComponentType<PartProps> };

export const parts: Record<Section, Entry> = {
  about: {
    title: 'Title, tags, campaign',
    hint: 'For finding the link again, and for looking at several together.',
    Part: AboutPart,
  },
  utm: {
    title: 'UTM tags',
    hint: 'Counted for clicks whose short address carries no UTM tags of its own.',
    Part: UtmPart,
  },
  platforms: {
    title: 'iPhone and Android',
    hint: 'Phones can go elsewhere: to a page, or into an app with its store for those who lack it.',
    Part: PlatformsPart,
  },
  rules: {
    title: 'Rules',
    hint: 'The first rule that fits decides, before anything else. Who fits none goes on as usual.',
    Part: RulesPart,
  },
  variants: {
    title: 'Variants (A/B test)',
    hint: 'Everybody whom no rule and no phone address sends elsewhere gets one of these, and keeps it for the day.',
    Part: VariantsPart,
  },
  schedule: {
    title: 'Schedule and limit',
    hint: `Times are in ${browserZone()}, this browser’s zone.`,
    Part: SchedulePart,
  },
  password: {
    title: 'Password',
    hint: 'Asked for before the link leads on. Ten tries a minute; only a hash of it is stored.',
    Part: PasswordPart,
  },
  card: {
    title: 'Preview card',
    hint: 'What messengers and social networks show of the link. Empty: what the destination says.',
    Part: CardPart,
  },
  more: {
    title: 'Click id, privacy, redirect',
    hint: 'Details that most links leave as they are.',
    Part: MorePart,
  },
};
