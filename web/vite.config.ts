// SPDX-License-Identifier: Apache-2.0
// The build is plain files that the console listener serves: hashed names under /assets, nothing
// inline, so that `Content-Security-Policy: default-src 'self'` holds without exceptions for
// scripts. `npm run dev` serves the same pages with hot reload against a server on
// TALLYMARK_CONSOLE.
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const server = process.env.TALLYMARK_CONSOLE ?? 'http://127.0.0.1:8081';

export default defineConfig({
  plugins: [react()],
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
