// SPDX-License-Identifier: Apache-2.0
// The settings: a menu at the side (above, on narrow screens) and one page for each matter under an
// address of its own. The pages are fetched when they are opened.
import { Center, Loader } from '@mantine/core';
import { type ComponentType, lazy, type LazyExoticComponent, Suspense } from 'react';
import { Link, Redirect, Route, Switch, useLocation } from 'wouter';
import { EmptyState } from '../../ui/empty_state';
import { ErrorBoundary } from '../../ui/error_boundary';
import { Icon, type IconName } from '../../ui/icons';
import classes from './settings_page.module.css';

type Entry = {
  to: string;
  label: string;
  icon: IconName;
  page: LazyExoticComponent<ComponentType>;
};

// prettier-ignore
const entries: Entry[] = [
  { to: '/settings/general', label: 'General', icon: 'edit', page: lazy(() => import('./general_page')) },
  { to: '/settings/keys', label: 'API keys', icon: 'key', page: lazy(() => import('./keys_page')) },
  { to: '/settings/domains', label: 'Domains', icon: 'globe', page: lazy(() => import('./domains_page')) },
  { to: '/settings/webhooks', label: 'Webhooks', icon: 'external', page: lazy(() => import('./webhooks_page')) },
  { to: '/settings/alerts', label: 'Alerts', icon: 'bell', page: lazy(() => import('./alerts_page')) },
  { to: '/settings/exports', label: 'Exports', icon: 'download', page: lazy(() => import('./exports_page')) },
  { to: '/settings/privacy', label: 'Privacy', icon: 'shield', page: lazy(() => import('./privacy_page')) },
  { to: '/settings/system', label: 'System', icon: 'pulse', page: lazy(() => import('./system_page')) },
];

const WebhookPage = lazy(() => import('./webhook_page'));
const AlertPage = lazy(() => import('./alert_page'));
const ExportPage = lazy(() => import('./export_page'));

function Pages() {
  return (
    <Switch>
      <Route path="/settings">
        <Redirect to="/settings/general" replace />
      </Route>
      {entries.map(({ to, page }) => (
        <Route key={to} path={to} component={page} />
      ))}
      <Route path="/settings/webhooks/:id">{({ id }) => <WebhookPage key={id} id={id} />}</Route>
      <Route path="/settings/alerts/:id">{({ id }) => <AlertPage key={id} id={id} />}</Route>
      <Route path="/settings/exports/:id">{({ id }) => <ExportPage key={id} id={id} />}</Route>
      <Route>
        <EmptyState icon="search" title="There is no such page" wholePage>
          The address may be mistyped. What can be set is in the menu.
        </EmptyState>
      </Route>
    </Switch>
  );
}

export default function SettingsPage() {
  const [location] = useLocation();
  return (
    <div className={classes.frame}>
      <nav aria-label="Settings" className={classes.menu}>
        {entries.map(({ to, label, icon }) => (
          <Link
            key={to}
            href={to}
            className={classes.item}
            aria-current={location === to || location.startsWith(`${to}/`) ? 'page' : undefined}
          >
            <Icon name={icon} size={17} />
            {label}
          </Link>
        ))}
      </nav>
      <ErrorBoundary key={location}>
        <Suspense
          fallback={
            <Center mih="40vh">
              <Loader size="sm" role="status" aria-label="Loading" />
            </Center>
          }
        >
          <Pages />
        </Suspense>
      </ErrorBoundary>
    </div>
  );
}
