/** How the pages outside are built: one module for the server that renders them, with React's own production build in it, and their style sheet. */
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const out = join(import.meta.dirname, '../../dist/portal')
const modules = join(import.meta.dirname, '../../node_modules/@fontsource-variable')
const faces = ['source-sans-3-latin', 'source-sans-3-latin-ext', 'source-serif-4-latin', 'source-serif-4-latin-ext']
const fileOf = (face: string) => join(modules, face.replace(/-latin.*$/, ''), `files/${face}-wght-normal.woff2`)

export default defineConfig({
  root: import.meta.dirname,
  publicDir: false,
  plugins: [
    react(),
    {
      name: 'style-beside',
      // One after the other: what comes later goes before.
      closeBundle: () => {
        for (const face of faces) cpSync(fileOf(face), join(out, `fonts/${face}.woff2`))
        writeFileSync(
          join(out, 'outside.css'),
          ['fonts', 'outside', 'answer', 'letter', 'fields', 'shell', 'mine', 'article', 'suggest', 'community']
            .map(name => readFileSync(join(import.meta.dirname, `pages/${name}.css`), 'utf8'))
            .join('\n'),
        )
      },
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
