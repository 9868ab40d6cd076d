// SPDX-License-Identifier: Apache-2.0
// The build is plain files that the console listener serves: hashed names under /assets, nothing
// inline, so that its Content-Security-Policy needs no exception. `npm run dev` serves the same
// pages with hot reload against a server on TALLYMARK_CONSOLE.
import react from '@vitejs/plugin-react';
import { type Plugin, runnerImport } from 'vite';
import { defineConfig } from 'vitest/config';

const server = process.env.TALLYMARK_CONSOLE ?? 'http://127.0.0.1:8081';

type Sheet = typeof import('./src/ui/theme_sheet');

/** `virtual:theme.css`, made of ui/theme.ts. */
function themeFile(): Plugin {
  const id = '\0virtual:theme.css';
  return {
    name: 'theme-file',
    resolveId: (wanted) => (wanted === 'virtual:theme.css' ? id : null),
    load: async (wanted) => {
      if (wanted !== id) return null;
      const { module } = await runnerImport<Sheet>('./src/ui/theme_sheet.ts');
      return module.themeSheet();
    },
  };
}

export default defineConfig({
  plugins: [react(), themeFile()],
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 600,
  },
  server: {
    proxy: {
      '/api': { target: server, changeOrigin: true, headers: { origin: server } },
      '/readyz': server,
      '/metrics': server,
    },
  },
  test: { include: ['src/**/*.test.ts', 'src/**/*.test.tsx'], environment: 'node' },
});
