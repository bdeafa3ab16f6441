/** Words with the seconds that are left in them. */
import { useEffect, useState } from 'react'

export function Countdown({ until, words }: { until: number; words: (seconds: number) => string }) {
  const [left, setLeft] = useState(() => until - Date.now())
  useEffect(() => {
    const ticking = setInterval(() => setLeft(until - Date.now()), 250)
    return () => clearInterval(ticking)
  }, [until])
  return <>{words(Math.max(0, Math.ceil(left / 1000)))}</>
}
