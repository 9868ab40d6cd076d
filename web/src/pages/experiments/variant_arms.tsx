// SPDX-License-Identifier: Apache-2.0
import { Anchor, Radio, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useLinksById } from '../../api/links_by_id';
import { useSettings } from '../../api/settings';
import { count, share } from '../../ui/format';
import { LinkSelect } from '../links/link_select';
import { sticksWords } from './experiment_words';

type Picked = { link: string | null; control: string | null };
type Props = {
  link: string | null;
  /** Name of the control; the first variant while null. */
  control: string | null;
  onChange: (picked: Picked) => void;
  error: ReactNode;
};

/** The link whose variants an experiment compares, and which of them is the control. */
export function VariantArms({ link, control, onChange, error }: Props) {
  const chosen = useLinksById(link ? [link] : []).get(link ?? '');
  const settings = useSettings();
  const variants = chosen?.variants ?? [];
  const total = variants.reduce((sum, { weight }) => sum + weight, 0);
  return (
    <Stack gap="xs">
      <Text size="sm" c="dimmed">
        Counted: unique clicks that converted ÷ unique clicks. Conversions come through the API or a
        web page.
      </Text>
      <LinkSelect
        label="Link"
        placeholder="Search links"
        value={link}
        onPick={(id) => onChange({ link: id, control: null })}
        error={error}
      />
      {chosen &&
        (variants.length < 2 ? (
          <Text size="sm">
            This link has no variants yet.{' '}
            <Anchor component={Link} href={`/links/${chosen.id}`} size="sm">
              Give it two or more
            </Anchor>{' '}
            first.
          </Text>
        ) : (
          <>
            <Radio.Group
              label="Control"
              description="What the others are held against."
              value={control ?? variants[0]?.name ?? ''}
              onChange={(name) => onChange({ link, control: name })}
            >
              <Stack gap={6} mt={6}>
                {variants.map(({ name, weight }) => (
                  <Radio
                    key={name}
                    value={name}
                    label={`${name} – weight ${count(weight)} (${share(weight / total)})`}
                  />
                ))}
              </Stack>
            </Radio.Group>
            {settings.data && (
              <Text size="xs" c="dimmed">
                {sticksWords(settings.data.experiment_cookie ? '30_days' : 'day')}
              </Text>
            )}
          </>
        ))}
    </Stack>
  );
}
