/** Keeps what is being written, a moment after each change: one saving at a time, the newest words win, and what somebody else saved meanwhile stops it. */
import { useCallback, useEffect, useRef, useState } from 'react'
import * as contract from '../../contract/knowledge.ts'
import { ask, Problem, renew } from '../api.ts'
import { cache } from '../cache.ts'
import { renewArticles } from './queries.ts'

export type Words = { title: string; summary: string; body: string }
type Standing = 'kept' | 'changed' | 'saving' | 'failed' | 'stale'
const breath = 900
const again = 5000

export function useSaving(of: { articleId: string; language: string }, revision: number) {
  const [standing, setStanding] = useState<Standing>('kept')
  const seen = useRef(revision)
  const waiting = useRef<Words | null>(null)
  const running = useRef<Promise<void> | null>(null)
  const clock = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const stopped = useRef(false)
  const { articleId, language } = of

  const run = useCallback(async (): Promise<void> => {
    clearTimeout(clock.current)
    if (running.current) {
      await running.current
      return run()
    }
    const words = waiting.current
    if (!words || stopped.current) return
    waiting.current = null
    setStanding('saving')
    running.current = ask(contract.saveArticle, { articleId, language, ...words, seenRevision: seen.current })
      .then(answer => {
        seen.current = answer.revision
        setStanding(waiting.current ? 'changed' : 'kept')
        renewArticles()
        // A first draft beside what stands changes what can be done with it.
        if (answer.revision === 1) renew(cache, contract.article)
      })
      .catch((error: unknown) => {
        waiting.current ??= words
        if (error instanceof Problem && error.code === 'stale-article') {
          stopped.current = true
          setStanding('stale')
          return
        }
        setStanding('failed')
        clock.current = setTimeout(() => void run(), again)
      })
      .finally(() => {
        running.current = null
      })
    await running.current
    if (waiting.current && !stopped.current && clock.current === undefined)
      clock.current = setTimeout(() => void run(), breath)
  }, [articleId, language])

  const change = useCallback(
    (words: Words) => {
      waiting.current = words
      if (stopped.current) return
      setStanding('changed')
      clearTimeout(clock.current)
      clock.current = setTimeout(() => void run(), breath)
    },
    [run],
  )
  /** What was written stands on the server once this is done; false: it could not be kept. */
  const flush = useCallback(async () => {
    await run()
    return !stopped.current && waiting.current === null
  }, [run])
  /** Goes on over what somebody else saved. */
  const goOver = useCallback(
    (now: number) => {
      seen.current = now
      stopped.current = false
      void run()
    },
    [run],
  )
  useEffect(
    () => () => {
      void run()
    },
    [run],
  )
  return { standing, change, flush, goOver }
}
