/** Light, dark, density and stillness: kept in this browser, so that the first picture is right before anyone is known. */
import { localStorageColorSchemeManager } from '@mantine/core'

export const schemeKeeper = localStorageColorSchemeManager({ key: 'pond-scheme' })
export type Density = 'comfortable' | 'compact'

function keep(name: string, value: string) {
  try {
    localStorage.setItem(name, value)
  } catch {
    // A browser that keeps nothing still shows it until the page is left.
  }
}

export function setDensity(density: Density) {
  document.documentElement.dataset.density = density
  keep('pond-density', density)
}
export const densityNow = (): Density =>
  document.documentElement.dataset.density === 'compact' ? 'compact' : 'comfortable'

export function setStill(still: boolean) {
  if (still) document.documentElement.dataset.motion = 'still'
  else delete document.documentElement.dataset.motion
  keep('pond-motion', still ? 'still' : 'moving')
}
export const stillNow = () => document.documentElement.dataset.motion === 'still'
