/** The pages as Vite built them: Node runs no JSX. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { PortalParts } from './routes.ts'

export async function builtPages(folder: string): Promise<PortalParts['pages']> {
  const { render } = (await import(pathToFileURL(join(folder, 'pages.mjs')).href)) as {
    render: PortalParts['pages']['render']
  }
  return { render, css: readFileSync(join(folder, 'outside.css'), 'utf8') }
}
