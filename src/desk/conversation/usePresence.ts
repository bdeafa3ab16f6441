/** Says every twenty seconds that one is here and what one does, and says so when one leaves; hears who else is. */
import { useEffect, useRef } from 'react'
import { bePresent } from '../../contract/conversations.ts'
import { ask, send } from '../api.ts'
import { patchConversation } from './conversationQuery.ts'

const beat = 20_000

export function usePresence(conversationId: string | null, writing: boolean) {
  const doing = useRef<'reading' | 'writing'>('reading')
  doing.current = writing ? 'writing' : 'reading'
  useEffect(() => {
    if (!conversationId) return
    const here = () => {
      // A page nobody looks at is not somebody reading.
      if (document.visibilityState === 'hidden' && doing.current === 'reading') return
      ask(bePresent, { conversationId, doing: doing.current })
        .then(({ present }) => patchConversation(conversationId, view => ({ ...view, present })))
        .catch(() => {})
    }
    here()
    const beating = setInterval(here, beat)
    const gone = () =>
      void send(bePresent.path.replace(':conversationId', conversationId), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ doing: 'gone' }),
        keepalive: true,
      }).catch(() => {})
    addEventListener('pagehide', gone)
    return () => {
      clearInterval(beating)
      removeEventListener('pagehide', gone)
      gone()
    }
  }, [conversationId])
  // Beginning to write is told at once, not at the next beat.
  const was = useRef(writing)
  useEffect(() => {
    if (!conversationId || was.current === writing) return
    was.current = writing
    ask(bePresent, { conversationId, doing: writing ? 'writing' : 'reading' }).catch(() => {})
  }, [conversationId, writing])
}
