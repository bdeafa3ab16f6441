/** Gives a field that has just appeared what was typed while it was being loaded. */
import { useEffect, useRef } from 'react'
import { takeKeys } from './heldKeys.ts'

export function useTypedAlready(onTyped: (text: string) => void) {
  const latest = useRef(onTyped)
  latest.current = onTyped
  // Once it is really there: a first drawing may be thrown away, and with it what it took.
  useEffect(() => {
    const typed = takeKeys().replaceAll('\n', '')
    if (typed) latest.current(typed)
  }, [])
}
