/** Shows the draft from a conversation once it is asked for; loads it then. */
import { lazy, Suspense } from 'react'
import { draftFrom, useDraftFrom } from './asking.ts'

const FromConversation = lazy(() => import('./FromConversation.tsx').then(it => ({ default: it.FromConversation })))

export function FromHost() {
  const view = useDraftFrom()
  if (!view) return null
  return (
    <Suspense>
      <FromConversation key={view.id} view={view} onClose={() => draftFrom(null)} />
    </Suspense>
  )
}
