/** Says every twenty seconds that one is here and what one does, and says so when one leaves; hears who else is. */
import { useEffect, useRef } from 'react'
import { bePresent } from '../../contract/conversations.ts'
import { ask, send } from '../api.ts'
import { afterPicture } from '../picture.ts'
import { patchConversation } from './conversationQuery.ts'

const beat = 20_000
/** Who only leafs through is not here. */
const settles = 400

export function usePresence(conversationId: string | null, writing: boolean) {
  const doing = useRef<'reading' | 'writing'>('reading')
  doing.current = writing ? 'writing' : 'reading'
  const told = useRef(false)
  useEffect(() => {
    if (!conversationId) return
    told.current = false
    const here = () => {
      // A page nobody looks at is not somebody reading.
      if (document.visibilityState === 'hidden' && doing.current === 'reading') return
      told.current = true
      ask(bePresent, { conversationId, doing: doing.current })
        .then(({ present }) =>
          patchConversation(conversationId, view =>
            JSON.stringify(view.present) === JSON.stringify(present) ? view : { ...view, present },
          ),
        )
        .catch(() => {})
    }
    const begins = setTimeout(here, settles)
    const beating = setInterval(here, beat)
    const gone = () =>
      void send(bePresent.path.replace(':conversationId', conversationId), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ doing: 'gone' }),
        keepalive: true,
      }).catch(() => {})
    const closed = () => told.current && gone()
    addEventListener('pagehide', closed)
    return () => {
      clearTimeout(begins)
      clearInterval(beating)
      removeEventListener('pagehide', closed)
      // Where one goes from here is drawn first.
      if (told.current) void afterPicture().then(gone)
    }
  }, [conversationId])
  // Beginning to write is told at once, not at the next beat.
  const was = useRef(writing)
  useEffect(() => {
    if (!conversationId || was.current === writing) return
    was.current = writing
    told.current = true
    ask(bePresent, { conversationId, doing: writing ? 'writing' : 'reading' }).catch(() => {})
  }, [conversationId, writing])
}
