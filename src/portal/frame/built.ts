/** The pages and their script as Vite built them: Node runs no JSX. Where nothing is built yet the desk runs all the same, and a page outside says what is missing to the log. */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Page } from '../page.ts'

/** Its address changes with what it holds. */
export type Script = { address: string; body: Buffer }
export const scriptPath = '/o/script.js'

/** What Vite built: the pages, their style sheet, and what comes with them. */
export type Built = {
  render: (page: Page) => string
  css: string
  script: Script | null
  fonts?: ReadonlyMap<string, Buffer>
}

export async function builtPages(folder: string, scriptFolder: string): Promise<Built> {
  const module = join(folder, 'pages.mjs')
  if (!existsSync(module)) return { render: notBuilt, css: '', script: null }
  const { render } = (await import(pathToFileURL(module).href)) as Pick<Built, 'render'>
  const fonts = existsSync(join(folder, 'fonts')) ? readdirSync(join(folder, 'fonts')) : []
  return {
    render,
    css: readFileSync(join(folder, 'outside.css'), 'utf8'),
    script: scriptIn(join(scriptFolder, 'outside.js')),
    fonts: new Map(fonts.map(name => [name, readFileSync(join(folder, 'fonts', name))])),
  }
}

function scriptIn(file: string): Script | null {
  if (!existsSync(file)) return null
  const body = readFileSync(file)
  return { address: `${scriptPath}?v=${createHash('sha256').update(body).digest('hex').slice(0, 12)}`, body }
}

function notBuilt(): never {
  throw new Error('the pages outside are not built yet: run "npm run build"')
}
