/**
 * The accent of an installation: whether it can be read, and the shades made from it, for light and dark. Pure; contrast as WCAG 2.2
 * counts it (1.4.3, relative luminance). Refuses to change a colour for light behind somebody's back: it says which would do.
 */
export type Shades = { accent: string; fill: string; soft: string; focus: string }
export type Accent = { light: Shades; dark: Shades }

/** Where the accent stands as text or as the colour of a button (look/tokens.md): surface, raised, hover. */
const grounds = { light: ['#f2f5f4', '#fcfdfc', '#e9eeec'], dark: ['#101615', '#171e1d', '#212a28'] }
const raised = { light: '#fcfdfc', dark: '#171e1d' }
export const needed = 4.5

type Rgb = readonly [number, number, number]

export function contrast(a: string, b: string): number {
  const [one, other] = [luminance(rgbOf(a)), luminance(rgbOf(b))]
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05)
}

/** The least contrast it has where it stands in light; white on it counts too. */
export function weakest(colour: string): number {
  return Math.min(...grounds.light.map(ground => contrast(colour, ground)), contrast('#ffffff', colour))
}

/** Null: too weak in light; `nearestStrong` says what would do. */
export function accentFrom(colour: string): Accent | null {
  if (weakest(colour) < needed) return null
  const soft = mix(colour, raised.light, 0.1)
  const dark = towards(colour, '#ffffff', one =>
    [...grounds.dark, mix(one, raised.dark, 0.16)].every(ground => contrast(one, ground) >= needed),
  )
  // A button must stand out from what it lies on, and white must be readable on it: three to one against four and a half.
  const fill = towards(colour, '#ffffff', one => contrast(one, raised.dark) >= 3)
  return {
    light: { accent: colour, fill: colour, soft: ownSoft(colour, soft, raised.light), focus: colour },
    dark: {
      accent: dark,
      fill: whiteReadable(fill),
      soft: ownSoft(dark, mix(dark, raised.dark, 0.16), raised.dark),
      focus: dark,
    },
  }
}

/** The same hue, as much darker as it needs. */
export function nearestStrong(colour: string): string {
  return towards(colour, '#000000', one => weakest(one) >= needed)
}

/** The soft ground stays so faint that the accent can be read on it. */
function ownSoft(accent: string, soft: string, ground: string): string {
  return towards(soft, ground, one => contrast(accent, one) >= needed)
}

function whiteReadable(fill: string): string {
  return towards(fill, '#000000', one => contrast('#ffffff', one) >= needed)
}

/** Goes from a colour to another in small steps until it is good; the end is taken as good. */
function towards(from: string, to: string, good: (colour: string) => boolean): string {
  for (let step = 0; step < 50; step++) {
    const one = mix(to, from, step / 50)
    if (good(one)) return one
  }
  return to
}

/** `share` of the first, the rest of the second. */
function mix(a: string, b: string, share: number): string {
  const [one, other] = [rgbOf(a), rgbOf(b)]
  const mixed = one.map((part, at) => Math.round(part * share + other[at]! * (1 - share)))
  return `#${mixed.map(part => part.toString(16).padStart(2, '0')).join('')}`
}

function rgbOf(colour: string): Rgb {
  const n = Number.parseInt(colour.slice(1), 16)
  return [(n >> 16) & 255, (n >> 8) & 255, n & 255]
}

function luminance([r, g, b]: Rgb): number {
  const linear = (part: number) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4)
  return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
}
