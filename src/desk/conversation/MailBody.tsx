/** What somebody wrote, as it is read: letters in the book face, designed mails in a sandboxed frame that can't run anything. */
import { useEffect, useMemo, useRef, useState } from 'react'
import type { MessageView } from '../../contract/conversations.ts'
import { t } from '../../words/desk.ts'
import { bodyOf } from './safeBodies.ts'

/** Messages whose pictures from elsewhere were asked for; forgotten when the page is left. */
const shown = new Set<string>()

export function MailBody({ message, inside }: { message: MessageView; inside?: boolean }) {
  const [whole, setWhole] = useState(false)
  const folds = message.html !== null && message.trimmedHtml !== null && message.trimmedHtml !== message.html
  const [pictures, setPictures] = useState(() => shown.has(message.id))
  const safe = useMemo(() => bodyOf(message, { whole, pictures }), [message, whole, pictures])
  const face = inside ? 'written' : 'read written'
  if (!safe) return <PlainWords message={message} face={face} />
  return (
    <>
      {safe.shape === 'letter' ? (
        // biome-ignore lint/security/noDangerouslySetInnerHtml: made safe by safeMail above, and by the server before
        <div className={face} dir="auto" dangerouslySetInnerHTML={{ __html: safe.html }} />
      ) : (
        <MailFrame
          key={String(pictures)}
          html={safe.html}
          title={t('conversation:frame', { name: message.author?.name ?? message.authorRaw ?? '' })}
        />
      )}
      {folds && (
        <button
          type="button"
          className="unquote small"
          aria-expanded={whole}
          onClick={() => setWhole(before => !before)}
        >
          {t(whole ? 'conversation:unquoted' : 'conversation:quoted')}
        </button>
      )}
      {safe.heldBack > 0 && (
        <p className="heldback small muted">
          {t('conversation:heldBack', { count: safe.heldBack })}{' '}
          <button
            type="button"
            className="link"
            onClick={() => {
              shown.add(message.id)
              setPictures(true)
            }}
          >
            {t('originals:show', { count: safe.heldBack })}
          </button>
        </p>
      )}
    </>
  )
}

export const rawAddress = (messageId: string) => `/raw/${messageId}`

function PlainWords({ message, face }: { message: MessageView; face: string }) {
  const shown = message.trimmed ?? message.text
  const rest = message.trimmed !== null && message.trimmed.length < message.text.trimEnd().length
  const quoted = rest && message.text.startsWith(shown) ? message.text.slice(shown.length) : message.text
  return (
    <div className={face} dir="auto">
      <Paragraphs text={shown} />
      {rest && quoted.trim() !== '' && (
        <details className="quoted">
          <summary>{t('conversation:quoted')}</summary>
          <Paragraphs text={quoted} />
        </details>
      )}
    </div>
  )
}

const address = /(https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]])/g

export function Paragraphs({ text }: { text: string }) {
  const paragraphs = text.trim().split(/\n\s*\n/)
  return paragraphs.map((paragraph, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the text never changes order
    <p key={at} dir="auto">
      {paragraph.split('\n').flatMap((line, row) => [
        // biome-ignore lint/suspicious/noArrayIndexKey: the text never changes order
        row > 0 && <br key={`b${row}`} />,
        ...linked(line, row),
      ])}
    </p>
  ))
}

function linked(line: string, row: number) {
  return line.split(address).map((part, at) =>
    at % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the text never changes order
      <a key={`${row}-${at}`} href={part} target="_blank" rel="noopener noreferrer nofollow">
        {part}
      </a>
    ) : (
      part
    ),
  )
}

const frameStyle = `:root{color-scheme:light}body{margin:0;padding:12px;background:#fff;color:#1a2322;font:15px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
img{max-width:100%;height:auto}table{max-width:100%}pre{white-space:pre-wrap}summary{cursor:pointer;color:#54615f;font-size:13.5px}
a{color:#1a6084}html{overflow-x:auto;overflow-y:hidden}`

/** No scripts may run in it; same origin only so that its height can be read. */
function MailFrame({ html, title }: { html: string; title: string }) {
  const frame = useRef<HTMLIFrameElement>(null)
  const [height, setHeight] = useState(120)
  const page = `<!doctype html><html><head><meta charset="utf-8"><base target="_blank"><style>${frameStyle}</style></head><body dir="auto">${html}</body></html>`
  useEffect(() => {
    const element = frame.current
    if (!element) return
    let watcher: ResizeObserver | undefined
    const measure = () => {
      const body = element.contentDocument?.body
      if (body) setHeight(Math.min(20_000, Math.ceil(body.getBoundingClientRect().height) + 2))
    }
    // Keys pressed inside the frame belong to the conversation around it.
    const passOn = (event: KeyboardEvent) => element.dispatchEvent(new KeyboardEvent(event.type, event))
    const ready = () => {
      const body = element.contentDocument?.body
      if (!body) return
      measure()
      watcher?.disconnect()
      watcher = new ResizeObserver(measure)
      watcher.observe(body)
      element.contentDocument?.addEventListener('keydown', passOn)
    }
    element.addEventListener('load', ready)
    ready()
    return () => {
      element.removeEventListener('load', ready)
      watcher?.disconnect()
    }
  }, [])
  return (
    <iframe
      ref={frame}
      className="mailframe"
      title={title}
      sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
      srcDoc={page}
      style={{ blockSize: height }}
    />
  )
}
