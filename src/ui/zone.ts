/** The zone and language times are shown in: the person's, else the installation's, else this device's. */
import { createContext, useContext } from 'react'

export type Place = { zone: string; language: string }
export const device: Place = {
  zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  language: globalThis.navigator?.language ?? 'en',
}
export const PlaceContext = createContext<Place>(device)
export const usePlace = () => useContext(PlaceContext)
