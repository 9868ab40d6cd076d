// SPDX-License-Identifier: Apache-2.0
import {
  Button,
  ColorInput,
  FileButton,
  Group,
  Input,
  NumberInput,
  SegmentedControl,
  Stack,
  Switch,
  Text,
  TextInput,
} from '@mantine/core';
import { useState } from 'react';
import type { ApiError } from '../../api/problem';
import { Fields } from '../../ui/fields';
import { plainQr, qrLevels, type QrOptions } from './qr_options';

/** A chosen logo; the number tells two choices apart. */
export type Logo = { file: File; id: number };

type Props = {
  options: QrOptions;
  onOptions: (options: QrOptions) => void;
  logo: Logo | null;
  onLogo: (logo: Logo | null) => void;
  isPattern: boolean;
  /** What the server refused, where a field of that name is here. */
  refusal: ApiError | null;
};

const isColor = (text: string) => /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.test(text);

type ColorProps = {
  label: string;
  value: string;
  onPick: (color: string) => void;
  error: string | null;
};

function ColorField({ label, value, onPick, error }: ColorProps) {
  const [typed, setTyped] = useState(value);
  return (
    <ColorInput
      label={label}
      value={typed}
      onChange={(text) => {
        setTyped(text);
        if (isColor(text)) onPick(text);
      }}
      error={isColor(typed) ? error : 'As in #1a2b6c'}
      inputWrapperOrder={['label', 'error', 'input']}
      eyeDropperButtonProps={{ 'aria-label': 'Pick a colour from the screen' }}
    />
  );
}

function LogoField({ logo, onLogo }: Pick<Props, 'logo' | 'onLogo'>) {
  return (
    <Input.Wrapper
      label="Logo"
      description="A PNG of at most 256 KiB and 1024 × 1024 pixels"
      labelElement="div"
    >
      <Group gap="xs" mt={6}>
        <FileButton
          accept="image/png"
          onChange={(file) => file && onLogo({ file, id: Date.now() })}
        >
          {(button) => (
            <Button size="xs" variant="default" {...button}>
              {logo ? 'Choose another' : 'Choose a picture'}
            </Button>
          )}
        </FileButton>
        {logo && (
          <>
            <Text size="sm" truncate maw={150}>
              {logo.file.name}
            </Text>
            <Button size="xs" variant="subtle" px={6} onClick={() => onLogo(null)}>
              Remove
            </Button>
          </>
        )}
      </Group>
    </Input.Wrapper>
  );
}

/** What can be chosen about a QR code. */
export function QrFields({ options, onOptions, logo, onLogo, isPattern, refusal }: Props) {
  const errorOf = (field: keyof QrOptions) => (refusal?.field === field ? refusal.detail : null);
  const set = (change: Partial<QrOptions>) => onOptions({ ...options, ...change });
  const transparent = options.background === 'transparent';
  return (
    <Stack gap="sm">
      {isPattern && (
        <TextInput
          label="Second part"
          error={errorOf('token')}
          description="This link is a pattern: which of its addresses should the code lead to?"
          placeholder="summer-sale"
          required
          data-autofocus
          autoComplete="off"
          value={options.token}
          onChange={(event) => set({ token: event.currentTarget.value.trim() })}
        />
      )}
      <Fields pair>
        <ColorField
          label="Code"
          error={errorOf('color')}
          value={options.color}
          onPick={(color) => set({ color })}
        />
        {transparent ? (
          <TextInput label="Ground" value="see-through" disabled />
        ) : (
          <ColorField
            label="Ground"
            error={errorOf('background')}
            value={options.background}
            onPick={(background) => set({ background })}
          />
        )}
      </Fields>
      <Switch
        label="See-through ground"
        checked={transparent}
        onChange={(event) =>
          set({ background: event.currentTarget.checked ? 'transparent' : plainQr.background })
        }
      />
      <Input.Wrapper
        label="Error correction"
        description={
          logo ? 'Always the highest with a logo' : 'How much of the code may be dirty or torn'
        }
        labelElement="div"
        error={errorOf('level')}
      >
        <SegmentedControl
          mt={6}
          fullWidth
          size="xs"
          disabled={logo !== null}
          aria-label="Error correction"
          value={logo ? 'H' : options.level}
          onChange={(level) => set({ level: level as QrOptions['level'] })}
          data={qrLevels.map((value, index) => ({
            value,
            label: `${[7, 15, 25, 30][index]} %`,
          }))}
        />
      </Input.Wrapper>
      <Fields pair>
        <NumberInput
          label="Margin, in modules"
          min={0}
          max={32}
          allowDecimal={false}
          clampBehavior="strict"
          value={options.margin}
          onChange={(margin) => set({ margin: Number(margin) || 0 })}
        />
        <NumberInput
          label="Size of the PNG"
          error={errorOf('size')}
          suffix=" px"
          min={64}
          max={4096}
          step={64}
          allowDecimal={false}
          value={options.size}
          onChange={(size) => set({ size: Number(size) || plainQr.size })}
        />
      </Fields>
      <LogoField logo={logo} onLogo={onLogo} />
    </Stack>
  );
}
