/** What follows a first step that went well: in, or the second step first. Every page that lets somebody in shows `step` in its place when there is one. */
import { useRouter } from '@tanstack/react-router'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import type { Me, Second } from '../../contract/session.ts'
import { enter } from './enter.ts'

const SecondStep = lazy(() => import('./SecondStep.tsx').then(({ SecondStep }) => ({ default: SecondStep })))

export type Entered = { me: Me } | { second: Second }

export function useEntering(name: string | undefined, back = '/') {
  const router = useRouter()
  const [second, setSecond] = useState<Second | null>(null)
  const goIn = (me: Me) => {
    enter(me)
    router.history.replace(back)
  }
  const step: ReactNode = second && (
    <Suspense>
      <SecondStep
        second={second}
        name={name}
        onIn={goIn}
        onOver={() => {
          setSecond(null)
          router.history.replace('/sign-in')
        }}
      />
    </Suspense>
  )
  return { step, entered: (now: Entered) => ('me' in now ? goIn(now.me) : setSecond(now.second)) }
}
