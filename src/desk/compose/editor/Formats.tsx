/** The row of tools below the field: formats, a link, Markdown, and the lists that keys open too. */
import {
  IconBold,
  IconItalic,
  IconLink,
  IconList,
  IconListNumbers,
  IconMarkdown,
  IconMessage2Plus,
  IconQuote,
} from '@tabler/icons-react'
import { type Editor as Tiptap, useEditorState } from '@tiptap/react'
import { type ReactNode, useState } from 'react'
import { t } from '../../../words/desk.ts'
import type { TriggerKind } from './triggers.ts'

type Props = { editor: Tiptap; source: boolean; onSource: () => void; asks: readonly TriggerKind[] }

export function Formats({ editor, source, onSource, asks }: Props) {
  const [linking, setLinking] = useState(false)
  const on = useEditorState({
    editor,
    selector: ({ editor: now }) => ({
      bold: now.isActive('bold'),
      italic: now.isActive('italic'),
      bullets: now.isActive('bulletList'),
      numbers: now.isActive('orderedList'),
      quote: now.isActive('blockquote'),
      link: now.isActive('link'),
    }),
  })
  const look = { size: 17, stroke: 1.6, 'aria-hidden': true } as const
  const chain = () => editor.chain().focus()
  const all = [
    { name: 'bold', icon: <IconBold {...look} />, run: () => chain().toggleBold().run() },
    { name: 'italic', icon: <IconItalic {...look} />, run: () => chain().toggleItalic().run() },
    { name: 'bullets', icon: <IconList {...look} />, run: () => chain().toggleBulletList().run() },
    { name: 'numbers', icon: <IconListNumbers {...look} />, run: () => chain().toggleOrderedList().run() },
    { name: 'quote', icon: <IconQuote {...look} />, run: () => chain().toggleBlockquote().run() },
    { name: 'link', icon: <IconLink {...look} />, run: () => setLinking(true) },
  ] as const
  if (linking) return <LinkField editor={editor} onDone={() => setLinking(false)} />
  /** As if the sign had been typed, with the blank it needs before it. */
  const type = (sign: string) => {
    const before = editor.state.selection.$from.nodeBefore
    const apart = before?.isText && !/\s$/.test(before.text ?? '') ? ' ' : ''
    editor.chain().focus().insertContent(`${apart}${sign}`).run()
  }
  return (
    <div className="marks" role="toolbar" aria-label={t('compose:format.label')}>
      {!source &&
        all.map(({ name, icon, run }) => (
          <button
            key={name}
            type="button"
            className="icon"
            aria-pressed={on[name]}
            aria-label={t(`compose:format.${name}`)}
            title={t(`compose:format.${name}`)}
            onMouseDown={event => event.preventDefault()}
            onClick={run}
          >
            {icon}
          </button>
        ))}
      {!source && asks.includes('saved') && (
        <Tool label={t('compose:format.saved')} run={() => type('/')} icon={<IconMessage2Plus {...look} />} />
      )}
      <Tool
        label={t(source ? 'compose:format.asRich' : 'compose:format.markdown')}
        pressed={source}
        run={onSource}
        icon={<IconMarkdown {...look} />}
      />
    </div>
  )
}

export function Tool({
  label,
  icon,
  run,
  pressed,
}: {
  label: string
  icon: ReactNode
  run: () => void
  pressed?: boolean
}) {
  return (
    <button
      type="button"
      className="icon"
      aria-label={label}
      title={label}
      aria-pressed={pressed}
      onMouseDown={event => event.preventDefault()}
      onClick={run}
    >
      {icon}
    </button>
  )
}

export function LinkField({ editor, onDone }: { editor: Tiptap; onDone: () => void }) {
  const [href, setHref] = useState(String(editor.getAttributes('link').href ?? 'https://'))
  const set = () => {
    const address = href.trim()
    const chain = editor.chain().focus().extendMarkRange('link')
    if (address === '' || address === 'https://') chain.unsetLink().run()
    else if (editor.state.selection.empty && !editor.isActive('link'))
      chain.insertContent({ type: 'text', text: address, marks: [{ type: 'link', attrs: { href: address } }] }).run()
    else chain.setLink({ href: address }).run()
    onDone()
  }
  return (
    <span className="linkfield">
      <input
        className="field"
        // biome-ignore lint/a11y/noAutofocus: it opens because its button was pressed
        autoFocus
        type="url"
        aria-label={t('compose:format.linkTo')}
        value={href}
        onChange={event => setHref(event.target.value)}
        onKeyDown={event => {
          if (event.key === 'Enter') {
            event.preventDefault()
            event.stopPropagation()
            set()
          } else if (event.key === 'Escape') {
            event.stopPropagation()
            editor.commands.focus()
            onDone()
          }
        }}
      />
      <button type="button" className="btn" onClick={set}>
        {t('compose:format.setLink')}
      </button>
    </span>
  )
}
