// SPDX-License-Identifier: Apache-2.0
// The frame around every page: header with the rooms, the page, a footer that says which
// version runs and where the geography comes from. It also owns the shortcuts that work everywhere.
import {
  Box,
  Button,
  Container,
  Group,
  Text,
  Tooltip,
  UnstyledButton,
  VisuallyHidden,
} from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { type ReactNode, useEffect } from 'react';
import { Link, useLocation, useSearch } from 'wouter';
import { useMeta } from '../api/session';
import type { Session } from '../api/types';
import { withView } from '../api/view';
import { CreateLinkDialog } from './links/create_link_dialog';
import { Icon, Logo } from '../ui/icons';
import { KeysDialog } from '../ui/keys_dialog';
import classes from './shell.module.css';
import { useShortcuts } from '../ui/shortcuts';
import { UserMenu } from '../ui/user_menu';

const rooms = [
  { to: '/', label: 'Overview' },
  { to: '/links', label: 'Links' },
  { to: '/live', label: 'Live' },
  { to: '/compare', label: 'Compare' },
  { to: '/experiments', label: 'Experiments' },
  { to: '/settings', label: 'Settings' },
] as const;

function isCurrent(to: string, location: string): boolean {
  return to === '/' ? location === '/' : location === to || location.startsWith(`${to}/`);
}

function Footer() {
  const meta = useMeta();
  return (
    <Box component="footer" className={classes.footer}>
      <Container size={1160} className={classes.footerRow}>
        <Text size="xs" c="dimmed">
          Tallymark {meta.data?.version}
        </Text>
        {meta.data?.geo_attribution && (
          <Text size="xs" c="dimmed">
            {meta.data.geo_attribution}
          </Text>
        )}
      </Container>
    </Box>
  );
}

export function Shell({ session, children }: { session: Session; children: ReactNode }) {
  const [location, navigate] = useLocation();
  const search = useSearch();
  const [creating, create] = useDisclosure(false);
  const [showingKeys, keys] = useDisclosure(false);

  useShortcuts({
    c: create.open,
    '?': keys.open,
    '/': () => {
      const field = document.getElementById('search');
      if (field) field.focus();
      else navigate('/links?focus=search');
    },
  });

  useEffect(() => {
    window.scrollTo(0, 0);
  }, [location]);

  return (
    <div className={classes.frame}>
      <a href="#page" className="tm-skip">
        Skip to the page
      </a>
      <header className={classes.header}>
        <Container size={1160} className={classes.headerRow}>
          <Link href="/" className={classes.brand} aria-label="Tallymark, overview">
            <Logo size={26} />
            <span className={classes.wordmark}>Tallymark</span>
          </Link>
          <nav aria-label="Main" className={classes.nav}>
            {rooms.map(({ to, label }) => (
              <Link
                key={to}
                href={withView(to, search)}
                className={classes.room}
                aria-current={isCurrent(to, location) ? 'page' : undefined}
              >
                {label}
              </Link>
            ))}
          </nav>
          <Group gap={6} wrap="nowrap" ml="auto">
            <Tooltip label="Keyboard shortcuts (?)">
              <UnstyledButton
                className={classes.keysButton}
                onClick={keys.open}
                aria-label="Keyboard shortcuts"
              >
                <Icon name="keyboard" size={19} />
              </UnstyledButton>
            </Tooltip>
            <Button
              size="xs"
              className={classes.create}
              onClick={create.open}
              leftSection={<Icon name="plus" size={15} />}
              aria-keyshortcuts="c"
            >
              <span className={classes.createLabel}>New link</span>
              <VisuallyHidden className={classes.createHidden}>New link</VisuallyHidden>
            </Button>
            <UserMenu session={session} />
          </Group>
        </Container>
      </header>
      <Container
        component="main"
        id="page"
        size={1160}
        w="100%"
        tabIndex={-1}
        className={classes.main}
      >
        {children}
      </Container>
      <Footer />
      <CreateLinkDialog opened={creating} onClose={create.close} />
      <KeysDialog opened={showingKeys} onClose={keys.close} />
    </div>
  );
}
