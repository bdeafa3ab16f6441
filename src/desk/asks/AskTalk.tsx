/** What was said in an ask: the question, and answers set in below it. Plain words only, whatever a mail looked like. */
import { IconAlertTriangle, IconPaperclip } from '@tabler/icons-react'
import type { AskMessage, AskView } from '../../contract/asks.ts'
import { firstName, Time, usePlace } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { sizeWords } from '../conversation/fileKinds.ts'
import { Paragraphs } from '../conversation/MailBody.tsx'

export function AskTalk({ view, me }: { view: AskView; me: string }) {
  return view.messages.map((message, at) =>
    message.kind === 'automatic' ? (
      <details key={message.id} className="ans small">
        <summary>{t('asks:automatic', { name: nameOf(message) })}</summary>
        <Words message={message} />
      </details>
    ) : message.kind === 'question' ? (
      <div key={message.id} className={at === 0 ? 'asked' : 'asked again'}>
        {at > 0 && (
          <p className="small muted">
            {message.author?.id === me ? t('asks:youWent') : t('asks:wentOn', { name: nameOf(message) })}{' '}
            <Time at={message.at} shown="short" />
          </p>
        )}
        <Words message={message} />
        <AskFiles message={message} />
        <Trouble message={message} name={firstName(view.expert.name)} />
      </div>
    ) : (
      <div key={message.id} className="ans" data-kind={message.kind}>
        <p className="small">
          <bdi className="strong">{message.author?.id === me ? t('asks:you') : nameOf(message)}</bdi>
          {message.kind === 'back' && ` ${t('asks:asksBack')}`} <Time at={message.at} shown="short" />
          {message.late && <span className="muted"> · {t('asks:late')}</span>}
        </p>
        {message.from && <p className="small muted">{t('asks:elsewhere', { address: message.from })}</p>}
        <Words message={message} />
        <AskFiles message={message} />
      </div>
    ),
  )
}

const nameOf = (message: AskMessage) => message.author?.name || message.from || t('conversation:someone')

function Words({ message }: { message: AskMessage }) {
  const shown = message.trimmed ?? message.text
  return (
    <div className="written" dir="auto">
      <Paragraphs text={shown} />
    </div>
  )
}

function Trouble({ message, name }: { message: AskMessage; name: string }) {
  if (message.sending !== 'bounced' && message.sending !== 'failed' && message.sending !== 'uncertain') return null
  return (
    <p className="small trouble" role="note">
      <IconAlertTriangle size={16} stroke={1.6} aria-hidden="true" /> {t(`asks:sending.${message.sending}`, { name })}
    </p>
  )
}

function AskFiles({ message: { files } }: { message: AskMessage }) {
  const place = usePlace()
  if (files.length === 0) return null
  return (
    <ul className="askfiles small">
      {files.map(file => (
        <li key={file.id}>
          <a href={file.address} download={file.name} className="link">
            <IconPaperclip size={15} stroke={1.6} aria-hidden="true" /> <bdi>{file.name}</bdi>
          </a>{' '}
          <span className="muted">{sizeWords(file.bytes, place.language)}</span>
        </li>
      ))}
    </ul>
  )
}
