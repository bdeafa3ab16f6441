/** How the desk is built and served while it is being written; the app itself serves what lands in dist/desk. */
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { withoutShapes, wordsWithScreens } from './build/slim.ts'

const app = process.env.POND_APP ?? 'http://localhost:4747'

export default defineConfig({
  root: import.meta.dirname,
  base: '/',
  plugins: [react(), withoutShapes(), wordsWithScreens(), shellAtOnce()],
  build: {
    outDir: '../../dist/desk',
    emptyOutDir: true,
    target: 'es2022',
    sourcemap: false,
    // No inlined assets: the page's content security policy allows files of ours only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        // Two files make the first picture, and not eighty: each request costs a way to the server and back.
        codeSplitting: {
          groups: [
            { name: 'start', tags: ['$initial'], priority: 2 },
            { name: 'shell', test: /src\/desk\/(shell\/Shell|today\/TodayPage)\.tsx$/, priority: 1 },
          ],
        },
      },
    },
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

/** The frame of the desk, and the letters of its first picture, are asked for with the page and not only once the first file has run. */
function shellAtOnce(): Plugin {
  return {
    name: 'shell-at-once',
    transformIndexHtml: {
      order: 'post',
      handler(_, { bundle }) {
        const shell = Object.values(bundle ?? {}).find(file => file.type === 'chunk' && file.name === 'shell')
        if (shell?.type !== 'chunk') return []
        const link = (attrs: Record<string, string | boolean>) => ({ tag: 'link', attrs, injectTo: 'head' as const })
        const letters = Object.keys(bundle ?? {}).find(name => /source-sans-3-latin-wght-normal/.test(name))
        return [
          ...(letters
            ? [link({ rel: 'preload', as: 'font', type: 'font/woff2', crossorigin: true, href: `/${letters}` })]
            : []),
          link({ rel: 'modulepreload', crossorigin: true, href: `/${shell.fileName}` }),
          ...[...(shell.viteMetadata?.importedCss ?? [])].map(file =>
            link({ rel: 'stylesheet', crossorigin: true, href: `/${file}` }),
          ),
        ]
      },
    },
  }
}
