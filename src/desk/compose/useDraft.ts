/** Keeps what is being written: here at once, on the server a moment later. Never lets two tabs overwrite each other unasked. */
import { useCallback, useEffect, useRef, useState } from 'react'
import * as contract from '../../contract/conversations.ts'
import { ask } from '../api.ts'
import { afterOtherTab, type Draft, draftToOpen, saysNothing } from './draftChoice.ts'
import { draftKey, dropDraft, keepDraft, onDraft, tab, takeDraft } from './draftShelf.ts'

type Kind = 'reply' | 'note'
type Args = {
  conversationId: string
  me: string
  kind: Kind
  server: Draft | null
  version: number
}
export type Saved = { is: 'nothing' | 'here' | 'both' | 'failed'; at: number | null }

const serverPause = 1200

export function useDraft({ conversationId, me, kind, server, version }: Args) {
  const key = draftKey(me, conversationId, kind)
  const [opened] = useState(() => draftToOpen(takeDraft(key), server))
  const [other, setOther] = useState<Draft | null>(opened.other)
  const [replacement, setReplacement] = useState<{ draft: Draft; turn: number } | null>(null)
  const [saved, setSaved] = useState<Saved>({ is: opened.use ? 'both' : 'nothing', at: opened.use?.savedAt ?? null })
  const now = useRef<Draft>(opened.use ?? { body: '', choices: {}, seenVersion: version, savedAt: 0 })
  const stored = useRef(now.current.body)
  const shared = useRef<number | null>(server?.savedAt ?? takeDraft(key)?.shared ?? null)
  const against = useRef(opened.other !== null)
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const ended = useRef(false)

  const toServer = useCallback(async () => {
    clearTimeout(timer.current)
    timer.current = undefined
    const { body, choices, seenVersion, savedAt } = now.current
    if (ended.current || against.current) return
    try {
      if (saysNothing(body)) await ask(contract.dropDraft, { conversationId, kind })
      else {
        const answer = await ask(contract.saveDraft, { conversationId, kind, body, choices, seenVersion })
        shared.current = Date.parse(answer.savedAt)
      }
      if (now.current.savedAt !== savedAt || ended.current) return
      if (!saysNothing(body)) keepDraft(key, { ...now.current, tab, shared: shared.current, ahead: false })
      setSaved({ is: saysNothing(body) ? 'nothing' : 'both', at: Date.now() })
    } catch {
      // It lies here; the next word tries again.
      setSaved({ is: 'here', at: Date.now() })
    }
  }, [conversationId, kind, key])

  const save = useCallback(
    (change: Partial<Pick<Draft, 'body' | 'choices' | 'seenVersion'>>) => {
      now.current = { ...now.current, ...change, savedAt: Date.now() }
      if (ended.current || against.current) return
      if (saysNothing(now.current.body)) dropDraft(key)
      else keepDraft(key, { ...now.current, tab, shared: shared.current, ahead: true })
      stored.current = now.current.body
      clearTimeout(timer.current)
      timer.current = setTimeout(() => void toServer(), serverPause)
    },
    [key, toServer],
  )

  useEffect(
    () =>
      onDraft(key, draft => {
        if (!draft) return
        const turn = afterOtherTab({ body: now.current.body, lastStored: stored.current }, draft.body)
        shared.current = draft.shared ?? shared.current
        if (turn === 'same') return
        if (turn === 'adopt' || draft.tab === 'undo') {
          now.current = draft
          stored.current = draft.body
          setReplacement(before => ({ draft, turn: (before?.turn ?? 0) + 1 }))
          // What undo brought back lies only here until it is saved again.
          if (draft.tab === 'undo') save({})
        } else {
          against.current = true
          setOther(draft)
        }
      }),
    [key, save],
  )
  // Words the server never got (it was silent, the page was closed, a reply was taken back) go there now.
  useEffect(() => {
    if (takeDraft(key)?.ahead) timer.current ??= setTimeout(() => void toServer(), serverPause)
  }, [key, toServer])
  // Leaving the page or the conversation sends what the pause still held back.
  useEffect(() => {
    const leave = () => timer.current && void toServer()
    addEventListener('pagehide', leave)
    return () => {
      removeEventListener('pagehide', leave)
      leave()
    }
  }, [toServer])

  /** Which of two texts goes on: the other one, or the one written here. */
  const choose = useCallback(
    (which: 'other' | 'mine') => {
      against.current = false
      if (which === 'other' && other) {
        now.current = other
        setReplacement(before => ({ draft: other, turn: (before?.turn ?? 0) + 1 }))
      }
      setOther(null)
      save({})
    },
    [other, save],
  )
  /** It is being sent: nothing more is saved, and nothing dropped before the server has it. */
  const hold = useCallback(() => {
    ended.current = true
    clearTimeout(timer.current)
    timer.current = undefined
  }, [])
  /** It was sent or thrown away. */
  const end = useCallback(() => {
    hold()
    dropDraft(key)
    void ask(contract.dropDraft, { conversationId, kind }).catch(() => {})
  }, [conversationId, kind, key, hold])
  /** It could not be sent after all. */
  const goOn = useCallback(() => {
    ended.current = false
    save({})
  }, [save])

  return { opened: opened.use, other, replacement, saved, save, choose, hold, end, goOn }
}
