// SPDX-License-Identifier: Apache-2.0
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import 'virtual:theme.css';
import './ui/theme.css';
import './charts/shades.css';
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Router } from 'wouter';
import { createQueryClient } from './api/query_client';
import { App } from './app';
import { askFirst } from './first_question';
import { theme } from './ui/theme';
import { forbidMarkupFromStrings } from './ui/trusted_html';
import { useWholeSearch } from './ui/whole_search';

forbidMarkupFromStrings(window as Parameters<typeof forbidMarkupFromStrings>[0]);

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');

const client = createQueryClient();
void askFirst(client);

createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <MantineProvider
        theme={theme}
        defaultColorScheme="auto"
        withCssVariables={false}
        withGlobalClasses={false}
        colorSchemeManager={localStorageColorSchemeManager()}
      >
        <Notifications position="bottom-center" limit={3} />
        <Router searchHook={useWholeSearch}>
          <App />
        </Router>
      </MantineProvider>
    </QueryClientProvider>
  </StrictMode>,
);
