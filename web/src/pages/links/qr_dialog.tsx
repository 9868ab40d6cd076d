// SPDX-License-Identifier: Apache-2.0
// The QR code of a link, drawn by the server as it is designed. A code that a scanner could not
// read is not drawn: the refusal stands beside what was chosen, and the last good picture is faint.
import { Button, Group, Modal, Skeleton, Stack, Text } from '@mantine/core';
import { useDebouncedValue, useMediaQuery } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { asApiError } from '../../api/problem';
import { fetchPicture, usePicture } from '../../api/qr';
import type { Link } from '../../api/types';
import { download } from '../../ui/download';
import { FormError } from '../../ui/form_error';
import { bareUrl } from '../../ui/format';
import { Icon } from '../../ui/icons';
import classes from './qr_dialog.module.css';
import { type Logo, QrFields } from './qr_fields';
import { plainQr, qrAddress, qrFileName, type QrFormat } from './qr_options';

/** The code is drawn anew once the reader rests, in ms. */
const restMs = 180;

function Designer({ link }: { link: Link }) {
  const [options, setOptions] = useState(plainQr);
  const [logo, setLogo] = useState<Logo | null>(null);
  const [rested] = useDebouncedValue(options, restMs);
  const isPattern = link.token === ':token';
  const picture = usePicture(qrAddress(link.id, 'svg', rested), logo);
  // The last one that could be drawn stays while another is refused.
  const [good, setGood] = useState<string | null>(null);
  if (picture.data && picture.data !== good) setGood(picture.data);
  const needsToken = isPattern && rested.token === '';
  const refused = picture.error && !needsToken ? asApiError(picture.error) : null;
  const atField = refused?.field && refused.field in options ? refused : null;
  const [saving, setSaving] = useState<QrFormat | null>(null);

  const save = async (format: QrFormat) => {
    setSaving(format);
    try {
      const made = await fetchPicture(qrAddress(link.id, format, options), logo?.file ?? null);
      download(made, qrFileName(link.short_url, format));
    } catch (thrown) {
      const problem = asApiError(thrown);
      notifications.show({ title: problem.title, message: problem.detail, color: 'red' });
    }
    setSaving(null);
  };

  return (
    <div className={classes.split}>
      <Stack gap="sm">
        <div className={classes.paper}>
          {good ? (
            <img
              src={good}
              alt={`QR code of ${bareUrl(link.short_url)}`}
              className={classes.picture}
              data-old={picture.isPlaceholderData || picture.error ? true : undefined}
            />
          ) : (
            !picture.error && <Skeleton height="100%" radius={0} />
          )}
        </div>
        <Text size="xs" c="dimmed" ta="center">
          Scans are counted apart: “Opened by: QR code”.
        </Text>
      </Stack>
      <Stack gap="md">
        {refused && !atField && <FormError error={refused} />}
        <QrFields
          options={options}
          onOptions={setOptions}
          logo={logo}
          onLogo={setLogo}
          isPattern={isPattern}
          refusal={atField}
        />
        <Group gap="sm" mt="auto">
          {(['svg', 'png'] as const).map((format) => (
            <Button
              key={format}
              variant={format === 'svg' ? 'filled' : 'default'}
              leftSection={<Icon name="download" size={16} />}
              loading={saving === format}
              disabled={picture.error !== null}
              onClick={() => void save(format)}
            >
              {format.toUpperCase()}
            </Button>
          ))}
        </Group>
      </Stack>
    </div>
  );
}

export default function QrDialog({ link, onClose }: { link: Link; onClose: () => void }) {
  const phone = useMediaQuery('(max-width: 560px)');
  return (
    <Modal
      opened
      onClose={onClose}
      title={`QR code of ${bareUrl(link.short_url)}`}
      size={700}
      fullScreen={phone}
    >
      <Designer link={link} />
    </Modal>
  );
}
