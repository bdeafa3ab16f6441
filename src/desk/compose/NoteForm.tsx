/** A note being written: only inside, and unmistakably so. The customer never sees it. */
import { IconEyeOff } from '@tabler/icons-react'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { Button, firstName, Keys } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { asSent, restoredPromised } from '../promises/offers/promised.ts'
import { noticeFailure } from '../shell/notices.ts'
import { AttachButton } from './AttachButton.tsx'
import type { ComposerProps } from './composerProps.ts'
import { SavedWords, TwoTexts } from './DraftStanding.tsx'
import { saysNothing } from './draftChoice.ts'
import type { EditorHandle } from './Editor.tsx'
import { FileList } from './FileList.tsx'
import { OthersDrafts } from './OthersDrafts.tsx'
import { sendNote } from './send.tsx'
import { keptFiles, restoredFiles, useUploads } from './uploads.ts'
import { useDraft } from './useDraft.ts'
import { useDropZone } from './useDropZone.tsx'

const Editor = lazy(() => import('./Editor.tsx'))
const Hints = lazy(() => import('./kindness/Hints.tsx'))
const Offers = lazy(() => import('../promises/offers/Offers.tsx').then(it => ({ default: it.Offers })))

export function NoteForm(props: ComposerProps & { folded: boolean; onUnfold: () => void }) {
  const { view, me, turn, folded, onSent, onLeave, onDoing } = props
  const server = view.drafts.find(({ kind }) => kind === 'note')
  const draft = useDraft({
    conversationId: view.id,
    me: me.id,
    kind: 'note',
    version: view.version,
    server: server ? { ...server, savedAt: Date.parse(server.savedAt) } : null,
  })
  const [body, setBody] = useState(draft.opened?.body ?? '')
  const uploads = useUploads(restoredFiles(draft.opened?.choices.files))
  const veil = useDropZone('note', uploads.add)
  const [promised, setPromised] = useState(() => restoredPromised(draft.opened?.choices.promised, new Date()))
  const [busy, setBusy] = useState(false)
  const editor = useRef<EditorHandle>(null)
  const writing = !saysNothing(body)
  useEffect(() => {
    onDoing(writing)
    return () => onDoing(false)
  }, [writing, onDoing])
  useEffect(() => {
    if (turn > 0 && !folded) editor.current?.focus()
  }, [turn, folded])
  useEffect(() => {
    if (!draft.replacement) return
    setBody(draft.replacement.draft.body)
    editor.current?.set(draft.replacement.draft.body)
  }, [draft.replacement])

  const keep = async () => {
    const html = editor.current?.html() ?? body
    if (busy || uploads.busy) return
    if (saysNothing(html)) return editor.current?.focus()
    setBusy(true)
    draft.hold()
    try {
      await sendNote(
        view,
        me,
        html,
        editor.current?.text() ?? '',
        uploads.files.flatMap(({ id }) => (id ? [id] : [])),
        asSent(promised),
      )
      draft.end()
      onSent('note')
    } catch (error) {
      draft.goOn()
      noticeFailure(error, t('compose:failed.note'))
    } finally {
      setBusy(false)
    }
  }
  if (folded)
    return (
      <button type="button" className="unfold" onClick={props.onUnfold}>
        <span className="only small">
          <IconEyeOff size={16} stroke={1.6} aria-hidden="true" /> {t('compose:onlyInside')}
        </span>
        <span className="twolines" dir="auto">
          {new DOMParser().parseFromString(body, 'text/html').body.textContent?.trim() || t('compose:writeNote')}
        </span>
      </button>
    )
  return (
    <form
      className="writing"
      onSubmit={event => {
        event.preventDefault()
        void keep()
      }}
    >
      <p className="only small">
        <IconEyeOff size={16} stroke={1.6} aria-hidden="true" />
        <span className="strong">{t('compose:onlyInside')}</span>{' '}
        <span className="muted">{t('compose:neverSees', { name: firstName(view.customer.name) })}</span>
      </p>
      <OthersDrafts conversationId={view.id} kind="note" />
      {draft.other && <TwoTexts other={draft.other} onChoose={draft.choose} />}
      <Suspense fallback={<div className="body editor waits" aria-busy="true" />}>
        <Editor
          initial={body}
          inside
          label={t('compose:noteTo', { name: view.customer.name })}
          placeholder={t('compose:writeNote')}
          autoFocus={turn > 0}
          around={{ values: () => ({}), language: null, conversationId: view.id, inside: true }}
          onPicture={uploads.picture}
          handle={editor}
          onChange={html => {
            setBody(html)
            draft.save({
              body: html,
              choices: { files: keptFiles(uploads.files), promised },
              seenVersion: view.version,
            })
          }}
          onSend={() => void keep()}
          onLeave={onLeave}
          onFiles={uploads.add}
          tools={
            <>
              <AttachButton onFiles={uploads.add} />
              <SavedWords saved={draft.saved} />
            </>
          }
        />
      </Suspense>
      <Suspense>
        <Offers
          html={body}
          language={null}
          neededBy={view.neededBy}
          promised={promised}
          inside
          onChange={setPromised}
        />
      </Suspense>
      <Suspense>
        <Hints view={view} of="note" editor={editor} body={body} />
      </Suspense>
      <FileList {...uploads} />
      {veil}
      <div className="next">
        <div className="sendrow">
          <Button kind="inside" submit busy={busy} className="keepnote">
            {t('compose:keepNote')}
          </Button>
          <Keys keys="$mod+Enter" />
        </div>
      </div>
    </form>
  )
}
