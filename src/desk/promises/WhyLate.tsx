/** After a promise was kept late: says that it is kept, and offers to say why. Whoever lets it pass is asked no further. */
import { lazy, Suspense, useEffect, useState } from 'react'
import type { PromiseView } from '../../contract/promises.ts'
import { Button } from '../../ui/index.ts'
import { t } from '../../words/catalogue.ts'
import { notice } from '../shell/notices.ts'

const WhyLateDialog = lazy(() => import('./WhyLateDialog.tsx').then(it => ({ default: it.WhyLateDialog })))

const hearers = new Set<(promise: PromiseView) => void>()

export function keptNotice(title: string, promise: PromiseView) {
  const late = promise.direction !== 'theirs' && Date.parse(promise.dueAt) < Date.now()
  const close = notice({
    title,
    ...(late
      ? {
          acts: (
            <Button
              onClick={() => {
                close()
                for (const hear of hearers) hear(promise)
              }}
            >
              {t('desk:promise.sayWhy')}
            </Button>
          ),
        }
      : {}),
  })
}

/** One place shows the question, whatever became of the row it was about. */
export function WhyLate() {
  const [promise, setPromise] = useState<PromiseView | null>(null)
  useEffect(() => {
    hearers.add(setPromise)
    return () => void hearers.delete(setPromise)
  }, [])
  return <Suspense>{promise && <WhyLateDialog promise={promise} onClose={() => setPromise(null)} />}</Suspense>
}
