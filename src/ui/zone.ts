/** The zone and language times are shown in: the person's, else the installation's, else this device's. */

import { createContext, useContext } from 'react'
import { nearest, pseudo } from '../words/languages.ts'

export type Place = { zone: string; language: string }

/** Dates stand inside sentences, so they are written in the sentences' language: of English the person's own kind. */
export function languageFor(wanted: string | null | undefined): string {
  const tag = wanted?.toLowerCase() ?? ''
  if (tag.startsWith('en-') && tag !== 'en-xa') return wanted!
  const spoken = nearest([wanted])
  // Arabic is written with the digits its readers meet in mails and on the web.
  return spoken === 'ar' ? 'ar-u-nu-latn' : spoken === 'en' || spoken === pseudo ? 'en-GB' : (wanted ?? 'en-GB')
}

export const device: Place = {
  zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  language: languageFor(globalThis.navigator?.language),
}
export const PlaceContext = createContext<Place>(device)
export const usePlace = () => useContext(PlaceContext)
