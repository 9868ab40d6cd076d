// SPDX-License-Identifier: Apache-2.0
// Keeps a page that fails from blanking the console. The likeliest cause is a new version on the
// server: the old page asks for a part by a name that is gone, and loading again cures it.
import { Component, type ReactNode } from 'react';
import { ErrorPanel } from './error_panel';

type State = { error: unknown };

export class ErrorBoundary extends Component<{ children: ReactNode }, State> {
  override state: State = { error: null };

  static getDerivedStateFromError(error: unknown): State {
    return { error };
  }

  override render() {
    if (this.state.error === null) return this.props.children;
    return <ErrorPanel error={this.state.error} retry={() => window.location.reload()} />;
  }
}
