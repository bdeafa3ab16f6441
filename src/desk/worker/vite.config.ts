/** How the service worker is built: one file, /sw.js, after the desk, because it names the desk's files. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { defineConfig } from 'vite'

const desk = join(import.meta.dirname, '../../../dist/desk')

/** Everything but languages, maps and the letters of other scripts; those are kept when they are first needed. */
function built(): { url: string; revision: string | null }[] {
  return readdirSync(desk, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name).slice(desk.length))
    .filter(
      path =>
        path !== '/sw.js' &&
        !/\.(map|gz|br)$|\/(de|es|fr|ar)-[\w-]+\.js$|(cyrillic|greek|vietnamese|latin-ext)/.test(path),
    )
    .map(url => ({
      url,
      // The names of assets change with what they hold.
      revision: url.startsWith('/assets/')
        ? null
        : createHash('sha256')
            .update(readFileSync(join(desk, url)))
            .digest('hex')
            .slice(0, 16),
    }))
}

export default defineConfig({
  root: import.meta.dirname,
  publicDir: false,
  define: { files: JSON.stringify(built()), 'process.env.NODE_ENV': '"production"' },
  build: {
    outDir: desk,
    emptyOutDir: false,
    target: 'es2022',
    lib: { entry: 'worker.ts', formats: ['iife'], name: 'pondWorker', fileName: () => 'sw.js' },
  },
})
