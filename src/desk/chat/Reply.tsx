/** A reply in a conversation: in a chat while its customer is there, and else with a next step. */
import { lazy, Suspense, useState } from 'react'
import type { ComposerProps } from '../compose/composerProps.ts'
import { ReplyForm } from '../compose/ReplyForm.tsx'
import { useChat } from './queries.ts'

const ChatForm = lazy(() => import('./ChatForm.tsx').then(module => ({ default: module.ChatForm })))
const Left = lazy(() => import('./Left.tsx').then(module => ({ default: module.Left })))

type Props = ComposerProps & { folded: boolean; onUnfold: () => void }

export function Reply(props: Props) {
  const chat = useChat(props.view)
  const [ends, setEnds] = useState(false)
  const waits = <div className="writing waits" aria-busy="true" />
  // Which field it will be decides where the words go that are typed already.
  if (chat === undefined) return waits
  if (chat?.present && !ends)
    return (
      <Suspense fallback={waits}>
        <ChatForm {...props} onNextStep={() => setEnds(true)} />
      </Suspense>
    )
  return (
    <>
      {chat && !props.folded && (
        <Suspense>
          <Left view={props.view} chat={chat} />
        </Suspense>
      )}
      <ReplyForm {...props} />
    </>
  )
}
