/** The words of a reply and what goes with them: files, pictures, whom they name, the signature. Sends nothing. */
import { lazy, type RefObject, Suspense, useState } from 'react'
import type { ConversationView } from '../../contract/conversations.ts'
import { firstName } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { useMe } from '../session/me.ts'
import { AttachButton } from './AttachButton.tsx'
import type { Who } from './addresses.ts'
import { valuesIn } from './around.ts'
import { SavedWords } from './DraftStanding.tsx'
import type { EditorHandle } from './Editor.tsx'
import { FileList } from './FileList.tsx'
import { NamedOffer } from './NamedOffer.tsx'
import type { Choices } from './nextStep.ts'
import { SignatureFold } from './SignatureFold.tsx'
import type { useUploads } from './uploads.ts'
import type { Saved } from './useDraft.ts'
import { useDropZone } from './useDropZone.tsx'

const Editor = lazy(() => import('./Editor.tsx'))
const Hints = lazy(() => import('./kindness/Hints.tsx'))
const StepOffers = lazy(() => import('./StepOffers.tsx'))
type Props = {
  view: ConversationView
  chosen: Choices
  body: string
  frozen: boolean
  turn: number
  editor: RefObject<EditorHandle | null>
  uploads: ReturnType<typeof useUploads>
  saved: Saved
  people: readonly Who[]
  onWords: (html: string) => void
  onSend: () => void
  onLeave: () => void
  onChoose: (part: Partial<Choices>) => void
  onCopy: (who: Who) => void
}

export function ReplyWords(props: Props) {
  const { view, chosen, editor, uploads, people } = props
  const me = useMe()
  const [named, setNamed] = useState<Who | null>(null)
  const values = () => valuesIn(view, me, chosen)
  const veil = useDropZone('reply', uploads.add)
  return (
    <>
      <Suspense fallback={<div className="body read editor waits" aria-busy="true" />}>
        <Editor
          initial={props.body}
          label={t('compose:replyTo', { name: view.customer.name })}
          placeholder={t('compose:placeholder', { name: firstName(view.customer.name) })}
          frozen={props.frozen}
          autoFocus={props.turn > 0}
          lang={view.customer.language ?? me.installation.language}
          around={{
            values,
            language: view.customer.language,
            conversationId: view.id,
            inside: false,
            onStep: is => props.onChoose({ is }),
            onUsed: id => props.onChoose({ used: [...new Set([...chosen.used, id])].slice(-20) }),
            onNamed: who => people.some(one => one.address === who.address) || setNamed(who),
          }}
          handle={editor}
          onChange={props.onWords}
          onSend={props.onSend}
          onLeave={props.onLeave}
          onFiles={uploads.add}
          onPicture={uploads.picture}
          tools={
            <>
              <AttachButton onFiles={uploads.add} />
              <SavedWords saved={props.saved} />
            </>
          }
        />
      </Suspense>
      {named && (
        <NamedOffer
          who={named}
          onCopy={() => {
            props.onCopy(named)
            setNamed(null)
          }}
          onLeave={() => setNamed(null)}
        />
      )}
      <Suspense>
        <StepOffers
          html={props.body}
          language={view.customer.language}
          neededBy={view.neededBy}
          chosen={chosen}
          off={props.frozen}
          onChoose={props.onChoose}
        />
      </Suspense>
      <Suspense>
        {!props.frozen && <Hints view={view} of="reply" editor={editor} body={props.body} chosen={chosen} />}
      </Suspense>
      <FileList {...uploads} />
      <SignatureFold teamId={view.team.id} values={values()} name={me.name} installation={me.installation.name} />
      {veil}
    </>
  )
}
