/** Wears the installation's own colour where it has one. What computes its shades is loaded only then. */
import { useEffect, useRef } from 'react'

export function useAccent(colour: string | null | undefined) {
  const wore = useRef(false)
  useEffect(() => {
    if (!colour && !wore.current) return
    wore.current = true
    void import('./accent.ts').then(({ wearAccent }) => wearAccent(colour))
  }, [colour])
}
