// SPDX-License-Identifier: Apache-2.0
// Entry of impressions and costs, by form for a day or by CSV for many.
import { Modal, Tabs } from '@mantine/core';
import { useState } from 'react';
import { CsvForm } from './csv_form';
import { DayForm } from './day_form';

type Props = {
  opened: boolean;
  onClose: () => void;
  /** The link that the form begins with. */
  link: string | null;
};

export function FiguresDialog({ opened, onClose, link }: Props) {
  const [tab, setTab] = useState<string | null>('day');
  return (
    <Modal opened={opened} onClose={onClose} title="Impressions and costs" size="lg">
      <Tabs value={tab} onChange={setTab} keepMounted={false}>
        <Tabs.List mb="md">
          <Tabs.Tab value="day">Day by day</Tabs.Tab>
          <Tabs.Tab value="csv">CSV</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="day">
          <DayForm initial={link} />
        </Tabs.Panel>
        <Tabs.Panel value="csv">
          <CsvForm />
        </Tabs.Panel>
      </Tabs>
    </Modal>
  );
}
