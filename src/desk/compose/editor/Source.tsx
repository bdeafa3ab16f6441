/** The same words as Markdown. What is changed here stands in the rich text a moment later, so that drafts and sending know of it. */
import type { Editor } from '@tiptap/react'
import { type RefObject, useEffect, useRef, useState } from 'react'
import { t } from '../../../words/desk.ts'

type Props = {
  editor: Editor
  label: string
  lang: string | undefined
  flush: RefObject<(() => void) | null>
  onSend: () => void
  onLeave: () => void
}
type Markdown = typeof import('./markdown.ts')

export function Source({ editor, label, lang, flush, onSend, onLeave }: Props) {
  const [text, setText] = useState<string | null>(null)
  const markdown = useRef<Markdown | null>(null)
  const later = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const field = useRef<HTMLTextAreaElement>(null)
  const written = useRef<string | null>(null)
  useEffect(() => {
    let here = true
    void import('./markdown.ts').then(loaded => {
      if (!here) return
      markdown.current = loaded
      setText(loaded.toMarkdown(editor.getJSON()))
      requestAnimationFrame(() => field.current?.focus())
    })
    const settle = () => {
      clearTimeout(later.current)
      if (written.current === null || editor.isDestroyed) return
      const content = markdown.current?.fromMarkdown(written.current)
      written.current = null
      if (content) editor.commands.setContent(content)
    }
    flush.current = settle
    return () => {
      here = false
      settle()
      flush.current = null
    }
  }, [editor, flush])
  return (
    <textarea
      ref={field}
      className="editor source"
      aria-label={t('compose:format.asMarkdown', { label })}
      lang={lang}
      dir="auto"
      readOnly={text === null}
      aria-busy={text === null || undefined}
      value={text ?? ''}
      onChange={event => {
        setText(event.target.value)
        written.current = event.target.value
        clearTimeout(later.current)
        later.current = setTimeout(() => flush.current?.(), 300)
      }}
      onKeyDown={event => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
          event.preventDefault()
          onSend()
        } else if (event.key === 'Escape') {
          event.stopPropagation()
          field.current?.blur()
          onLeave()
        }
      }}
    />
  )
}
