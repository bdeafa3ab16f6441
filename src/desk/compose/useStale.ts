/** Knows what was said since a writer last read, and stops a reply until it was read. Decides nothing about the text. */
import { useEffect, useMemo, useState } from 'react'
import type * as contract from '../../contract/conversations.ts'
import { cameWhileWriting } from '../conversation/streamOrder.ts'
import { saysNothing } from './draftChoice.ts'

/** What was said since this writer last read: from the draft's time on, or from when the composer opened. */
export function useStale(
  view: contract.ConversationView,
  me: string,
  opened: { body: string; seenVersion: number; savedAt: number } | null,
  body: string,
) {
  const [seen, setSeen] = useState<ReadonlySet<string>>(() => {
    const old = opened && !saysNothing(opened.body) && opened.seenVersion > 0 && opened.seenVersion < view.version
    const read = old ? view.messages.filter(({ at }) => Date.parse(at) <= opened.savedAt) : view.messages
    return new Set(read.map(({ id }) => id))
  })
  const [seenVersion, setSeenVersion] = useState(() =>
    opened?.seenVersion ? Math.min(opened.seenVersion, view.version) : view.version,
  )
  const [refused, setRefused] = useState(false)
  const came = useMemo(() => cameWhileWriting(seen, view.messages, me), [seen, view.messages, me])
  const read = () => {
    setSeen(new Set(view.messages.map(({ id }) => id)))
    setSeenVersion(view.version)
    setRefused(false)
  }
  // Nothing written yet, or nothing said that matters: what is on the screen is what was read.
  const quiet = !refused && (came.length === 0 || saysNothing(body))
  useEffect(() => {
    if (!quiet) return
    setSeenVersion(view.version)
    if (came.length > 0) setSeen(new Set(view.messages.map(({ id }) => id)))
  }, [quiet, view.version, view.messages, came])
  const sinceRead = (messages: contract.MessageView[]) => cameWhileWriting(seen, messages, me)
  return { came, stopped: !quiet, seenVersion, read, sinceRead, stop: () => setRefused(true) }
}
