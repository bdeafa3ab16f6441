/** How the pages outside are built: one module for the server that renders them, with React's own production build in it, and their style sheet. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const out = join(import.meta.dirname, '../../dist/portal')

export default defineConfig({
  root: import.meta.dirname,
  publicDir: false,
  plugins: [
    react(),
    {
      name: 'style-beside',
      // One after the other: what comes later goes before.
      closeBundle: () =>
        writeFileSync(
          join(out, 'outside.css'),
          ['outside', 'answer', 'letter', 'shell', 'mine', 'article']
            .map(name => readFileSync(join(import.meta.dirname, `pages/${name}.css`), 'utf8'))
            .join('\n'),
        ),
    },
  ],
  // React looks once, when it is loaded: built in, it is the quick one whoever loads it.
  define: { 'process.env.NODE_ENV': '"production"' },
  ssr: { noExternal: true },
  build: {
    ssr: 'pages/render.tsx',
    outDir: out,
    emptyOutDir: true,
    target: 'node24',
    sourcemap: false,
    rolldownOptions: { output: { entryFileNames: 'pages.mjs' } },
  },
})
