/** What is typed into the field over a list, told once one pauses: quick typing asks once. Keeps what is typed; `kept` is what the list shows now. */
import { useEffect, useState } from 'react'

const breathMs = 140

export function useTyped(kept: string, onTyped: (text: string) => void): [string, (text: string) => void] {
  const [text, setText] = useState(kept)
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what was typed sets the clock
  useEffect(() => {
    if (text.trim() === kept.trim()) return
    const later = setTimeout(() => onTyped(text.trim()), breathMs)
    return () => clearTimeout(later)
  }, [text])
  return [text, setText]
}
