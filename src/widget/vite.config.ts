/** How the widget is built: one classic script that a page of anybody can load, with its styles and without anything else. */
import { join } from 'node:path'
import { defineConfig } from 'vite'

export default defineConfig({
  root: import.meta.dirname,
  publicDir: false,
  build: {
    lib: { entry: 'main.ts', formats: ['iife'], name: 'PondChat', fileName: () => 'widget.js' },
    outDir: join(import.meta.dirname, '../../dist/widget'),
    emptyOutDir: true,
    target: 'es2021',
    sourcemap: false,
  },
})
