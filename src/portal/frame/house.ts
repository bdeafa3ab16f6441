/** What all pages outside share: the installation's name, its look, and the settings of these pages. Read in one statement, as many look. */
import { createHash } from 'node:crypto'
import { accentFrom } from '../../contract/colour.ts'
import { logoPath } from '../../contract/look.ts'
import type { PortalSettings } from '../../contract/portal.ts'
import { wholeInstallation } from '../../domain/access/index.ts'
import { portalSettingsIn } from '../../domain/customers/index.ts'
import type { Db } from '../../platform/db/index.ts'

export const stylePath = '/o/style.css'

export type House = {
  name: string
  zone: string
  language: string
  logo: string | null
  accent: string | null
  portal: PortalSettings
  /** the address of the style sheet, which changes with what it holds */
  style: string
}

export async function houseOf(db: Db, css: string): Promise<House> {
  const { name, zone, language, settings } = await wholeInstallation(db)
  const look = (settings.look ?? {}) as { accent?: string | null; logoId?: string | null }
  const accent = look.accent ?? null
  return {
    ...{ name, zone, language, accent },
    logo: look.logoId ? logoPath(look.logoId, 'small') : null,
    portal: portalSettingsIn(settings),
    style: `${stylePath}?v=${styleOf(css, accent).version}`,
  }
}

const drawn = new Map<string, { of: string; css: string; version: string }>()

/** The style with the installation's own accent; drawn once for each. */
export function styleOf(css: string, accent: string | null): { css: string; version: string } {
  const before = drawn.get(accent ?? '')
  if (before?.of === css) return before
  const shades = accent ? accentFrom(accent) : null
  const own = (one: NonNullable<typeof shades>['light']) =>
    `--pond-accent:${one.accent};--pond-accent-fill:${one.fill};--pond-accent-soft:${one.soft};--pond-accent-press:${one.accent};--pond-focus:${one.focus};`
  const whole = shades
    ? `${css}\n:root{${own(shades.light)}}\n@media (prefers-color-scheme:dark){:root{${own(shades.dark)}}}\n`
    : css
  const made = { of: css, css: whole, version: createHash('sha256').update(whole).digest('hex').slice(0, 12) }
  if (drawn.size > 20) drawn.clear()
  drawn.set(accent ?? '', made)
  return made
}
