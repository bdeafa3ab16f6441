/**
 * Writing in a chat while its customer is there: words go at once and without a next step. That is chosen when a side leaves, or
 * when one wants to end it here. What was typed is kept when it could not be said.
 */
import './chat.css'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { mostChatLetters, sayInChat } from '../../contract/chat.ts'
import { open } from '../../contract/conversations.ts'
import { Button, firstName, Keys } from '../../ui/index.ts'
import { t } from '../../words/chat.ts'
import { ask, Problem, renew } from '../api.ts'
import { cache } from '../cache.ts'
import { AttachButton } from '../compose/AttachButton.tsx'
import type { ComposerProps } from '../compose/composerProps.ts'
import { FileList } from '../compose/FileList.tsx'
import { useUploads } from '../compose/uploads.ts'
import { useTypedAlready } from '../compose/useTypedAlready.ts'
import { patchConversation } from '../conversation/conversationQuery.ts'
import { onItsWay, withMessage, withoutMessage } from '../conversation/viewPatches.ts'
import { useChat } from './queries.ts'

type Props = ComposerProps & { onNextStep: () => void }

export function ChatForm({ view, me, turn, onLeave, onDoing, onNextStep }: Props) {
  const chat = useChat(view)
  const [words, setWords] = useState(() => sessionStorage.getItem(keyOf(view.id)) ?? '')
  const [problem, setProblem] = useState<Problem | null>(null)
  const field = useRef<HTMLTextAreaElement>(null)
  const uploads = useUploads()
  const name = firstName(view.customer.name)
  const writing = words.trim() !== ''
  useEffect(() => {
    onDoing(writing)
    return () => onDoing(false)
  }, [writing, onDoing])
  useEffect(() => {
    if (turn > 0) field.current?.focus()
  }, [turn])
  const change = (text: string) => {
    setWords(text)
    sessionStorage.setItem(keyOf(view.id), text)
  }
  useTypedAlready(typed => change(words + typed))

  const send = async () => {
    const text = words.trim()
    const attachments = uploads.files.flatMap(({ id }) => (id ? [id] : []))
    if ((!text && attachments.length === 0) || uploads.busy) return field.current?.focus()
    change('')
    uploads.setFiles([])
    setProblem(null)
    const messageId = crypto.randomUUID()
    const shown = { id: messageId, kind: 'reply' as const, html: asHtml(text), text }
    const rest = { recipients: [], from: null, nextStep: null }
    patchConversation(view.id, before => withMessage(before, onItsWay({ ...shown, ...rest }, me, new Date())))
    field.current?.focus()
    try {
      await ask(sayInChat, { conversationId: view.id, messageId, text, attachments })
      renew(cache, open)
    } catch (error) {
      patchConversation(view.id, before => withoutMessage(before, messageId))
      setProblem(error instanceof Problem ? error : new Problem({ code: 'broken', status: 500 }))
      setWords(now => (now ? `${text}\n${now}` : text))
    }
  }
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape') return onLeave()
    const plain = !event.shiftKey && !event.nativeEvent.isComposing
    if (event.key !== 'Enter' || !plain) return
    event.preventDefault()
    event.stopPropagation()
    void send()
  }
  return (
    <form
      className="chatform"
      onSubmit={event => {
        event.preventDefault()
        void send()
      }}
    >
      <p className="small muted">{t('chat:form.lead', { name })}</p>
      <textarea
        ref={field}
        className="chatwords"
        rows={2}
        dir="auto"
        maxLength={mostChatLetters}
        aria-label={t('chat:form.label', { name: view.customer.name })}
        placeholder={t('chat:form.placeholder', { name })}
        value={words}
        onChange={event => change(event.target.value)}
        onKeyDown={onKey}
      />
      <FileList {...uploads} />
      {problem && (
        <p className="small wrong" role="alert">
          {problem.title || t('chat:form.failed')} {problem.detail}
        </p>
      )}
      <div className="chatacts">
        <Button kind="primary" submit>
          {t('chat:form.send')}
        </Button>
        <Keys keys="Enter" />
        <AttachButton onFiles={uploads.add} />
        <span className="small muted seen">
          {chat?.seenId && lastOurs(view) === chat.seenId ? t('chat:form.seen') : ''}
        </span>
        <button type="button" className="link small" onClick={onNextStep}>
          {t('chat:form.nextStep')}
        </button>
      </div>
    </form>
  )
}

const asHtml = (text: string) =>
  text
    .split('\n')
    .map(line => `<p>${line.replace(/&/g, '&amp;').replace(/</g, '&lt;')}</p>`)
    .join('')
const keyOf = (id: string) => `pond:chat:${id}`
const lastOurs = (view: ComposerProps['view']) => view.messages.findLast(({ kind }) => kind === 'reply')?.id
