/** Mantine in Pond's clothes: its variables point at our tokens, so that both draw from one place. */
import { type CSSVariablesResolver, createTheme } from '@mantine/core'

const water = [
  '#eef6f9',
  '#e4f0f5',
  '#bcd8e4',
  '#82bdd8',
  '#5b9dbd',
  '#3f86a9',
  '#2a7196',
  '#1a6084',
  '#144d6b',
  '#0f3a51',
] as const
const sans = 'var(--pond-sans)'
const serif = 'var(--pond-serif)'

export const theme = createTheme({
  primaryColor: 'water',
  primaryShade: { light: 7, dark: 6 },
  colors: { water },
  fontFamily: sans,
  fontFamilyMonospace: 'var(--pond-mono)',
  headings: { fontFamily: serif, fontWeight: '500' },
  defaultRadius: 6,
  fontSizes: { xs: '12.5px', sm: '13.5px', md: '15px' },
  focusRing: 'auto',
  cursorType: 'pointer',
  respectReducedMotion: true,
})

const shared = {
  '--mantine-color-body': 'var(--pond-raised)',
  '--mantine-color-text': 'var(--pond-ink)',
  '--mantine-color-dimmed': 'var(--pond-muted)',
  '--mantine-color-placeholder': 'var(--pond-muted)',
  '--mantine-color-default': 'var(--pond-raised)',
  '--mantine-color-default-color': 'var(--pond-ink)',
  '--mantine-color-default-border': 'var(--pond-line-strong)',
  '--mantine-color-default-hover': 'var(--pond-hover)',
  '--mantine-color-error': 'var(--pond-danger)',
  '--mantine-color-anchor': 'var(--pond-accent)',
  '--mantine-shadow-md': 'var(--pond-shadow)',
  '--mantine-shadow-xl': 'var(--pond-shadow)',
}
export const variables: CSSVariablesResolver = () => ({ variables: {}, light: shared, dark: shared })
