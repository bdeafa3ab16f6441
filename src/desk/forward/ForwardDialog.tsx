/** Passes a message on to somebody outside: to whom, words of one's own, which files. Says that the customer is not told. */
import '../compose/compose.css'
import './forward.css'
import { lazy, Suspense, useRef, useState } from 'react'
import * as contract from '../../contract/conversations.ts'
import { forward } from '../../contract/writing.ts'
import { firstName, Tick, usePlace } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { ask, Problem, renew } from '../api.ts'
import { cache } from '../cache.ts'
import { AttachButton } from '../compose/AttachButton.tsx'
import type { Who } from '../compose/addresses.ts'
import { saysNothing } from '../compose/draftChoice.ts'
import { draftKey, dropDraft, keepDraft, takeDraft } from '../compose/draftShelf.ts'
import type { EditorHandle } from '../compose/Editor.tsx'
import { FileList } from '../compose/FileList.tsx'
import { Recipients } from '../compose/Recipients.tsx'
import { useUploads } from '../compose/uploads.ts'
import { sizeWords } from '../conversation/fileKinds.ts'
import { Dialog } from '../pieces/Dialog.tsx'
import { useMe } from '../session/me.ts'
import { notice, noticeFailure } from '../shell/notices.ts'
import { askToForward } from './asking.ts'

const Editor = lazy(() => import('../compose/Editor.tsx'))
type Props = { view: contract.ConversationView; message: contract.MessageView; onClose: () => void }

export function ForwardDialog({ view, message, onClose }: Props) {
  const me = useMe()
  const place = usePlace()
  const key = draftKey(me.id, view.id, `forward ${message.id}`)
  const [kept] = useState(() => takeDraft(key))
  const [to, setTo] = useState<Who[]>([])
  const [cc, setCc] = useState<Who[]>([])
  const listed = message.attachments.filter(file => !file.inline)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => new Set(listed.map(({ id }) => id)))
  const [body, setBody] = useState(kept?.body ?? '')
  const [error, setError] = useState<string | undefined>(undefined)
  const [busy, setBusy] = useState(false)
  const uploads = useUploads()
  const editor = useRef<EditorHandle>(null)
  const name = message.author?.name || message.authorRaw || t('conversation:someone')

  const keep = (html: string) =>
    saysNothing(html)
      ? dropDraft(key)
      : keepDraft(key, {
          body: html,
          choices: {},
          seenVersion: 0,
          savedAt: Date.now(),
          tab: '',
          shared: null,
          ahead: true,
        })

  const send = async () => {
    if (busy) return
    const html = editor.current?.html() ?? body
    if (to.length === 0) return setError(t('compose:missing.to'))
    if ([...to, ...cc].some(one => one.wrong)) return setError(t('compose:missing.address'))
    if (uploads.busy || uploads.files.some(one => one.problem)) return setError(t('compose:missing.files'))
    setBusy(true)
    setError(undefined)
    try {
      const { messageId, undoUntil } = await ask(forward, {
        conversationId: view.id,
        messageId: message.id,
        to: to.map(({ address }) => address),
        cc: cc.map(({ address }) => address),
        body: html,
        files: [...chosen],
        attachments: uploads.files.flatMap(({ id }) => (id ? [id] : [])),
      })
      dropDraft(key)
      renew(cache, contract.open)
      const until = undoUntil ? Date.parse(undoUntil) : 0
      const names = to.map(one => one.name || one.address).join(', ')
      notice({
        tone: 'sending',
        title: t('forward:goes', { names }),
        detail: t('forward:untold', { name: firstName(view.customer.name) }),
        ...(until > Date.now() ? { until, span: until - Date.now(), onUndo: () => void undo(messageId, html) } : {}),
      })
      onClose()
    } catch (problem) {
      setError(
        problem instanceof Problem ? problem.detail || problem.title || t('forward:failed') : t('forward:failed'),
      )
      setBusy(false)
    }
  }
  const undo = async (messageId: string, html: string) => {
    try {
      const back = await ask(contract.undoReply, { messageId })
      keep(back.body || html)
      renew(cache, contract.open)
      askToForward(message.id)
    } catch (problem) {
      noticeFailure(problem, t('compose:sent.tooLate'))
    }
  }
  return (
    <Dialog
      title={t('forward:title')}
      lead={t('forward:lead', { name: firstName(view.customer.name) })}
      act={t('forward:send')}
      busy={busy}
      error={error}
      onAct={() => void send()}
      onClose={onClose}
    >
      <div className="forward">
        <Recipients
          to={to}
          cc={cc}
          from={view.mailbox?.address ?? null}
          autoFocus
          onChange={people => {
            if (people.to) setTo(people.to)
            if (people.cc) setCc(people.cc)
            setError(undefined)
          }}
        />
        <section className="composer" data-kind="reply" aria-label={t('forward:words')}>
          <div className="writing">
            <Suspense fallback={<div className="body read waits" aria-busy="true" />}>
              <Editor
                initial={body}
                label={t('forward:words')}
                placeholder={t('forward:placeholder')}
                handle={editor}
                onChange={html => {
                  setBody(html)
                  keep(html)
                }}
                onSend={() => void send()}
                onLeave={() => {}}
                onFiles={uploads.add}
                onPicture={uploads.picture}
                tools={<AttachButton onFiles={uploads.add} />}
              />
            </Suspense>
            <FileList {...uploads} />
          </div>
        </section>
        {listed.length > 0 && (
          <fieldset className="forwardfiles">
            <legend className="section">{t('forward:files')}</legend>
            {listed.map(file => (
              <Tick
                key={file.id}
                label={
                  <>
                    <bdi>{file.name}</bdi> <span className="muted">{sizeWords(file.bytes, place.language)}</span>
                  </>
                }
                checked={chosen.has(file.id)}
                onChange={event => {
                  const next = new Set(chosen)
                  if (event.currentTarget.checked) next.add(file.id)
                  else next.delete(file.id)
                  setChosen(next)
                }}
              />
            ))}
          </fieldset>
        )}
        <details className="small">
          <summary>{t('forward:message', { name })}</summary>
          <blockquote dir="auto">{message.text.slice(0, 4000)}</blockquote>
        </details>
      </div>
    </Dialog>
  )
}
