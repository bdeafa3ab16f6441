/** How the desk is built and served while it is being written; the app itself serves what lands in dist/desk. */
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const app = process.env.POND_APP ?? 'http://localhost:4747'

export default defineConfig({
  root: import.meta.dirname,
  base: '/',
  plugins: [react()],
  build: {
    outDir: '../../dist/desk',
    emptyOutDir: true,
    target: 'es2022',
    sourcemap: false,
    // No inlined assets: the page's content security policy allows files of ours only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: {
    port: Number(process.env.DESK_PORT ?? 4750),
    proxy: Object.fromEntries(
      ['^/api/', '^/look/', '^/files/', '^/ask-files/', '^/raw/', '^/uploads/', '^/oauth/'].map(path => [
        path,
        { target: app },
      ]),
    ),
  },
})
