/** How the script of the pages outside is built: one small classic file, which a page is whole without. */
import { join } from 'node:path'
import { defineConfig } from 'vite'

export default defineConfig({
  root: import.meta.dirname,
  publicDir: false,
  build: {
    lib: { entry: 'main.ts', formats: ['iife'], name: 'PondOutside', fileName: () => 'outside.js' },
    outDir: join(import.meta.dirname, '../../../dist/outside'),
    emptyOutDir: true,
    target: 'es2021',
    sourcemap: false,
  },
})
