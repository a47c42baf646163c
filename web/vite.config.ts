import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [react()],
  // Relative addresses keep the page usable behind a proxy that adds a path prefix.
  base: './',
  build: {
    // main.tsx waits for the examples with a top-level await, which es2022 allows.
    target: 'es2022',
    // The editor, Monaco, is one large chunk. This limit is just above its size, to notice growth.
    chunkSizeWarningLimit: 2000,
    // React libraries carry compiler directives ("use no memo") that mean nothing in a bundle.
    rolldownOptions: {
      onwarn(warning, warn) {
        if (warning.code !== 'MODULE_LEVEL_DIRECTIVE') warn(warning);
      },
    },
  },
  worker: { format: 'es' },
  // `npx vite` shows changes at once; queries go to a server on the usual port.
  server: {
    proxy: {
      '/graphql': 'http://localhost:8080',
      '/examples.json': 'http://localhost:8080',
    },
  },
});
