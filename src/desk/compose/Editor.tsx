/** The field one writes in: rich text with the shortcuts of Markdown. Loaded only when somebody writes; knows nothing of conversations. */
import { IconBold, IconItalic, IconLink, IconList, IconListNumbers, IconQuote } from '@tabler/icons-react'
import Link from '@tiptap/extension-link'
import Placeholder from '@tiptap/extension-placeholder'
import { EditorContent, Editor as Tiptap, useEditorState } from '@tiptap/react'
import StarterKit from '@tiptap/starter-kit'
import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react'
import { t } from '../../words/desk.ts'
import { takeKeys } from './heldKeys.ts'

export type EditorHandle = {
  focus: () => void
  html: () => string
  text: () => string
  set: (html: string) => void
}
export type EditorProps = {
  initial: string
  label: string
  placeholder: string
  inside?: boolean
  frozen?: boolean
  autoFocus?: boolean
  handle: RefObject<EditorHandle | null>
  onChange: (html: string) => void
  onSend: () => void
  onLeave: () => void
  onFiles: (files: File[]) => void
  /** stands at the end of the row of tools */
  tools?: ReactNode
}

const extensions = (placeholder: string) => [
  StarterKit.configure({ heading: { levels: [2, 3] }, link: false }),
  Link.configure({ openOnClick: false, autolink: true, defaultProtocol: 'https', protocols: ['mailto', 'tel'] }),
  Placeholder.configure({ placeholder }),
]

export default function Editor(props: EditorProps) {
  const latest = useRef(props)
  latest.current = props
  // Made once for this field: the hook that comes with the editor may hand out none while it is loading.
  const [editor] = useState(() => makeEditor(latest))
  useEffect(() => {
    if (latest.current.autoFocus) requestAnimationFrame(() => focus(editor))
    return () => editor.destroy()
  }, [editor])
  useEffect(() => {
    editor.setEditable(!props.frozen, false)
  }, [editor, props.frozen])
  useEffect(() => {
    props.handle.current = {
      focus: () => focus(editor),
      html: () => editor.getHTML(),
      text: () => editor.getText({ blockSeparator: '\n\n' }),
      set: html => editor.commands.setContent(html, { emitUpdate: false }),
    }
    return () => {
      props.handle.current = null
    }
  }, [editor, props.handle])
  return (
    <>
      <EditorContent editor={editor} className="editor" data-frozen={props.frozen || undefined} />
      <div className="formats">
        <Formats editor={editor} />
        {props.tools}
      </div>
    </>
  )
}

/** Goes to the end of the text, and writes what was typed on the way here. */
function focus(editor: Tiptap) {
  if (editor.isDestroyed) return
  // At once, not in the next frame as the editor's own command would: a letter typed in between would be lost.
  editor.view.dom.focus()
  editor.commands.setTextSelection(editor.state.doc.content.size)
  const typed = takeKeys()
  if (typed)
    editor.commands.insertContent(
      typed.split('\n').map(text => ({ type: 'paragraph', content: text ? [{ type: 'text', text }] : [] })),
    )
}

function makeEditor(latest: RefObject<EditorProps>): Tiptap {
  return new Tiptap({
    extensions: extensions(latest.current.placeholder),
    content: latest.current.initial,
    editable: !latest.current.frozen,
    editorProps: {
      attributes: {
        class: latest.current.inside ? 'body written' : 'body read written',
        role: 'textbox',
        'aria-multiline': 'true',
        'aria-label': latest.current.label,
        dir: 'auto',
      },
      handleKeyDown: (_, event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
          latest.current.onSend()
          return true
        }
        if (event.key !== 'Escape') return false
        ;(document.activeElement as HTMLElement | null)?.blur()
        latest.current.onLeave()
        event.stopPropagation()
        return true
      },
      handlePaste: (_, event) => takeFiles(event.clipboardData, latest.current.onFiles),
      handleDrop: (_, event) => takeFiles(event.dataTransfer, latest.current.onFiles),
    },
    onUpdate: ({ editor: now }) => latest.current.onChange(now.getHTML()),
  })
}

/** Files that were pasted or dropped become attachments; words go on as words. */
function takeFiles(moved: DataTransfer | null, onFiles: (files: File[]) => void): boolean {
  const files = [...(moved?.files ?? [])]
  if (files.length === 0 || moved?.types.includes('text/html')) return false
  onFiles(files)
  return true
}

function Formats({ editor }: { editor: Tiptap }) {
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
  return (
    <div className="marks" role="toolbar" aria-label={t('compose:format.label')}>
      {all.map(({ name, icon, run }) => (
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
    </div>
  )
}

function LinkField({ editor, onDone }: { editor: Tiptap; onDone: () => void }) {
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
