/** Lays everyone out: at once where there are few, beside the page where there are many, so that nothing waits for it. Who was there stays where they lay. */
import { useEffect, useRef, useState } from 'react'
import { type Kept, keptFrom, type Laid, lay, type Stone } from './layout.ts'

/** Laying out so many takes some milliseconds. */
const atOnce = 300

export type LaidOut = { stones: readonly Stone[]; laid: Laid }

export function useLaid(stones: readonly Stone[]): LaidOut | null {
  const kept = useRef<Kept | undefined>(undefined)
  const [out, setOut] = useState<LaidOut | null>(null)
  useEffect(() => {
    const take = (laid: Laid) => {
      kept.current = keptFrom(stones, laid)
      setOut({ stones, laid })
    }
    if (stones.length <= atOnce || typeof Worker === 'undefined') return take(lay(stones, kept.current))
    const worker = new Worker(new URL('./layoutWorker.ts', import.meta.url), { type: 'module' })
    worker.onmessage = ({ data }: MessageEvent<Laid>) => take(data)
    // A browser that lets no worker in waits a moment instead of showing nothing.
    worker.onerror = () => take(lay(stones, kept.current))
    worker.postMessage({ stones, kept: kept.current })
    return () => worker.terminate()
  }, [stones])
  return out
}
