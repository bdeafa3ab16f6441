/** The pages as Vite built them: Node runs no JSX. Where nothing is built yet the desk runs all the same, and a page outside says what is missing to the log. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { PortalParts } from './routes.ts'

export async function builtPages(folder: string): Promise<PortalParts['pages']> {
  const module = join(folder, 'pages.mjs')
  if (!existsSync(module)) return { render: notBuilt, css: '' }
  const { render } = (await import(pathToFileURL(module).href)) as { render: PortalParts['pages']['render'] }
  const fonts = existsSync(join(folder, 'fonts')) ? readdirSync(join(folder, 'fonts')) : []
  return {
    render,
    css: readFileSync(join(folder, 'outside.css'), 'utf8'),
    fonts: new Map(fonts.map(name => [name, readFileSync(join(folder, 'fonts', name))])),
  }
}

function notBuilt(): never {
  throw new Error('the pages outside are not built yet: run "npm run build"')
}
