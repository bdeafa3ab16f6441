/** The installation's own colour, in place of Pond's: for light and dark, as a sheet of its own. Takes only what can be read. */
import { accentFrom, type Shades } from '../../contract/colour.ts'

let sheet: CSSStyleSheet | undefined
let worn: string | null = null

const variables = ({ accent, fill, soft, focus }: Shades) =>
  `--pond-accent:${accent};--pond-accent-fill:${fill};--pond-accent-soft:${soft};--pond-focus:${focus};`

export function wearAccent(colour: string | null | undefined) {
  const wanted = colour ?? null
  if (wanted === worn) return
  worn = wanted
  const shades = wanted === null ? null : accentFrom(wanted)
  if (!sheet) {
    sheet = new CSSStyleSheet()
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
  }
  sheet.replaceSync(
    shades ? `:root{${variables(shades.light)}}:root[data-mantine-color-scheme="dark"]{${variables(shades.dark)}}` : '',
  )
}
