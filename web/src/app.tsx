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

const overview = () => import('./pages/overview_page');
// The page that most begin with comes while it is asked who is there.
if (location.pathname === '/') void overview();

const OverviewPage = lazy(overview);
const LinksPage = lazy(() => import('./pages/links/links_page'));
const ImportPage = lazy(() => import('./pages/links/import_page'));
const LinkPage = lazy(() => import('./pages/links/link_page'));
const LivePage = lazy(() => import('./pages/live/live_page'));
const ComparePage = lazy(() => import('./pages/compare/compare_page'));
const ExperimentsPage = lazy(() => import('./pages/experiments/experiments_page'));
const ExperimentPage = lazy(() => import('./pages/experiments/experiment_page'));
const SettingsPage = lazy(() => import('./pages/settings/settings_page'));
const PublicPrivacyPage = lazy(() => import('./pages/public_privacy_page'));

function Waiting() {
  return (
    <Center mih="50vh">
      <Loader size="sm" role="status" aria-label="Loading" />
    </Center>
  );
}

function Console({ session }: { session: Session }) {
  const [location] = useLocation();
  return (
    <Shell session={session}>
      {/* Settings keep their menu, and the focus in it, from page to page. */}
      <ErrorBoundary key={location.startsWith('/settings') ? '/settings' : location}>
        <Suspense fallback={<Waiting />}>
          <Switch>
            <Route path="/" component={OverviewPage} />
            <Route path="/links" component={LinksPage} />
            <Route path="/links/import" component={ImportPage} />
            <Route path="/links/:id">{({ id }) => <LinkPage key={id} id={id} />}</Route>
            <Route path="/live" component={LivePage} />
            <Route path="/compare" component={ComparePage} />
            <Route path="/experiments" component={ExperimentsPage} />
            <Route path="/experiments/:id">{({ id }) => <ExperimentPage key={id} id={id} />}</Route>
            <Route path="/settings/*?" component={SettingsPage} />
            <Route path="/setup">
              <Redirect to="/links" replace />
            </Route>
            <Route>
              <EmptyState icon="search" title="There is no such page" wholePage>
                The address may be mistyped. The menu above leads to every page.
              </EmptyState>
            </Route>
          </Switch>
        </Suspense>
      </ErrorBoundary>
    </Shell>
  );
}

function Gate() {
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

/** Everything but the page for visitors, which asks nobody who they are. */
export function App() {
  const [location] = useLocation();
  if (location !== '/privacy') return <Gate />;
  return (
    <ErrorBoundary>
      <Suspense fallback={<Waiting />}>
        <PublicPrivacyPage />
      </Suspense>
    </ErrorBoundary>
  );
}
