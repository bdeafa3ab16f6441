/** How the pages outside are built: one module for the server that renders them, with React's own production build in it, and their style sheet. */
import { copyFileSync } from 'node:fs'
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
      closeBundle: () => copyFileSync(join(import.meta.dirname, 'pages/outside.css'), join(out, 'outside.css')),
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
