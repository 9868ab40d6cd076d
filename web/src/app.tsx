// SPDX-License-Identifier: Apache-2.0
// Decides what a visitor sees: the set-up page while no admin exists, the log-in page without a
// session, else the console. Both gates appear in place, so that logging in leads where the address
// points.
import { Center, Loader } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { Redirect, Route, Switch, useLocation } from 'wouter';
import { useSession, useSetupNeeded } from './api/session';
import type { Session } from './api/types';
import { LoginPage } from './pages/login_page';
import { SetupPage } from './pages/setup_page';
import { EmptyState } from './ui/empty_state';
import { ErrorBoundary } from './ui/error_boundary';
import { ErrorPanel } from './ui/error_panel';
import { Shell } from './pages/shell';

const OverviewPage = lazy(() => import('./pages/overview_page'));
const LinksPage = lazy(() => import('./pages/links_page'));
const ImportPage = lazy(() => import('./pages/import_page'));
const LinkPage = lazy(() => import('./pages/link_page'));
const SettingsPage = lazy(() => import('./pages/settings_page'));

function Waiting() {
  return (
    <Center mih="50vh">
      <Loader size="sm" aria-label="Loading" />
    </Center>
  );
}

function Console({ session }: { session: Session }) {
  const [location] = useLocation();
  return (
    <Shell session={session}>
      <ErrorBoundary key={location}>
        <Suspense fallback={<Waiting />}>
          <Switch>
            <Route path="/" component={OverviewPage} />
            <Route path="/links" component={LinksPage} />
            <Route path="/links/import" component={ImportPage} />
            <Route path="/links/:id">{({ id }) => <LinkPage key={id} id={id} />}</Route>
            <Route path="/settings" component={SettingsPage} />
            <Route path="/setup">
              <Redirect to="/links" replace />
            </Route>
            <Route>
              <EmptyState icon="search" title="There is no such page" wholePage>
                The address may be mistyped. Overview, Links and Settings are in the menu above.
              </EmptyState>
            </Route>
          </Switch>
        </Suspense>
      </ErrorBoundary>
    </Shell>
  );
}

export function App() {
  const session = useSession();
  const anonymous = session.data === null;
  const setup = useSetupNeeded(anonymous);

  if (session.data) return <Console session={session.data} />;
  const failed = session.error ?? setup.error;
  if (failed) {
    const retry = () => void (session.error ? session.refetch() : setup.refetch());
    return <ErrorPanel error={failed} retry={retry} />;
  }
  if (!anonymous || !setup.data) return <Waiting />;
  if (setup.data.needed) return <SetupPage />;
  return <LoginPage />;
}
