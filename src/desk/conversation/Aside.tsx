/** What stands beside the stream, drawn one picture after what was said: nobody waits for it to read on. Until then what stood there stays. */
import { startTransition, useEffect, useState } from 'react'
import type { ConversationView } from '../../contract/conversations.ts'
import { t } from '../../words/desk.ts'
import { useMe } from '../session/me.ts'
import { SidePanel } from './SidePanel.tsx'

export function Aside({ view }: { view: ConversationView }) {
  const me = useMe()
  const shown = useOnePictureLater(view)
  return (
    <aside key={shown?.id} className="side" aria-label={t('conversation:about')}>
      {shown && <SidePanel view={shown} me={me.id} />}
    </aside>
  )
}

function useOnePictureLater(view: ConversationView): ConversationView | null {
  const [shown, setShown] = useState<ConversationView | null>(null)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const frame = requestAnimationFrame(() => {
      timer = setTimeout(() => startTransition(() => setShown(view)))
    })
    return () => {
      cancelAnimationFrame(frame)
      clearTimeout(timer)
    }
  }, [view])
  return shown
}
