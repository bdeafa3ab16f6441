/** Shows the topic drafted from a conversation once it is asked for; loads it then. */
import { lazy, Suspense } from 'react'
import { shareAsTopic, useShared } from './sharing.ts'

const ShareDialog = lazy(() => import('./ShareDialog.tsx').then(it => ({ default: it.ShareDialog })))

export function ShareHost() {
  const view = useShared()
  if (!view) return null
  return (
    <Suspense>
      <ShareDialog key={view.id} view={view} onClose={() => shareAsTopic(null)} />
    </Suspense>
  )
}
