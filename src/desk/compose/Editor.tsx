/** The field one writes in: rich text with the shortcuts of Markdown, or Markdown itself. Loaded only when somebody writes; knows nothing of conversations. */
import { EditorContent, Editor as Tiptap } from '@tiptap/react'
import { type ReactNode, type RefObject, startTransition, useEffect, useRef, useState } from 'react'
import { AskedList } from './editor/AskedList.tsx'
import type { Around } from './editor/around.ts'
import { contents, placeholder } from './editor/extensions.ts'
import { Formats } from './editor/Formats.tsx'
import type { KeysRef } from './editor/optionKeys.ts'
import { pasting } from './editor/pasting.ts'
import { Source } from './editor/Source.tsx'
import { type Asked, type TriggerKind, triggers } from './editor/triggers.ts'
import { takeKeys } from './heldKeys.ts'

export type { Around }
export type EditorHandle = {
  focus: () => void
  html: () => string
  text: () => string
  set: (html: string) => void
  /** plain words where the caret is */
  insert: (words: string) => void
}
export type EditorProps = {
  initial: string
  label: string
  placeholder: string
  inside?: boolean
  frozen?: boolean
  autoFocus?: boolean
  /** what the words are in, for the browser's spelling */
  lang?: string | undefined
  /** for what "/" and "@" find; without it they are signs like any other */
  around?: Around
  /** where variables are written nothing becomes a link by itself */
  variables?: boolean
  handle: RefObject<EditorHandle | null>
  onChange: (html: string) => void
  onSend: () => void
  onLeave: () => void
  onFiles: (files: File[]) => void
  /** uploads a picture that shall stand between the words, and says where it lies; null when it could not */
  onPicture?: (file: File) => Promise<string | null>
  /** stands at the end of the row of tools */
  tools?: ReactNode
}

/** Characters above which what was written is told a moment later: writing a novel down takes longer than a key. */
const large = 40_000

export default function Editor(props: EditorProps) {
  const latest = useRef(props)
  latest.current = props
  const keys: KeysRef = useRef(null)
  const [asked, setAsked] = useState<Asked | null>(null)
  const [source, setSource] = useState(false)
  const flushSource = useRef<(() => void) | null>(null)
  const pending = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  // Made once for this field: the hook that comes with the editor may hand out none while it is loading.
  const [editor] = useState(() => makeEditor(latest, { keys, onAsked: setAsked, pending }))
  useEffect(() => {
    if (latest.current.autoFocus) requestAnimationFrame(() => focus(editor))
    return () => {
      if (pending.current !== undefined) tellNow(editor, latest, pending)
      editor.destroy()
    }
  }, [editor])
  useEffect(() => {
    editor.setEditable(!props.frozen, false)
  }, [editor, props.frozen])
  useEffect(() => {
    if (props.lang) editor.view.dom.setAttribute('lang', props.lang)
    else editor.view.dom.removeAttribute('lang')
  }, [editor, props.lang])
  useEffect(() => {
    props.handle.current = {
      focus: () => (flushSource.current ? document.querySelector<HTMLElement>('.source')?.focus() : focus(editor)),
      html: () => {
        flushSource.current?.()
        return editor.getHTML()
      },
      text: () => {
        flushSource.current?.()
        return editor.getText({ blockSeparator: '\n\n' })
      },
      set: html => {
        setSource(false)
        editor.commands.setContent(html, { emitUpdate: false })
      },
      insert: words => editor.chain().focus().insertContent({ type: 'text', text: words }).run(),
    }
    return () => {
      props.handle.current = null
    }
  }, [editor, props.handle])
  return (
    <>
      {source ? (
        <Source
          editor={editor}
          label={props.label}
          lang={props.lang}
          flush={flushSource}
          onSend={props.onSend}
          onLeave={props.onLeave}
        />
      ) : (
        <EditorContent editor={editor} className="editor" data-frozen={props.frozen || undefined} />
      )}
      {asked && props.around && <AskedList asked={asked} editor={editor} around={props.around} keys={keys} />}
      <div className="formats">
        <Formats
          editor={editor}
          source={source}
          onSource={() => {
            flushSource.current?.()
            setSource(before => !before)
          }}
          asks={props.around ? wantedBy(props) : []}
        />
        {props.tools}
      </div>
    </>
  )
}

function wantedBy({ around, inside }: EditorProps): TriggerKind[] {
  if (!around) return []
  return inside ? ['people', 'emoji'] : ['saved', 'people', 'emoji']
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

type Pending = RefObject<ReturnType<typeof setTimeout> | undefined>

function tellNow(editor: Tiptap, latest: RefObject<EditorProps>, pending: Pending) {
  clearTimeout(pending.current)
  pending.current = undefined
  const html = editor.getHTML()
  // The letter is on the screen before what else follows from it.
  startTransition(() => latest.current.onChange(html))
}

type Hearing = { keys: KeysRef; onAsked: (asked: Asked | null) => void; pending: Pending }

function makeEditor(latest: RefObject<EditorProps>, { keys, onAsked, pending }: Hearing): Tiptap {
  let asks = false
  const listening = () => ({
    wanted: wantedBy(latest.current),
    onAsked: (asked: Asked | null) => {
      asks = asked !== null
      onAsked(asked)
    },
    onKey: (event: KeyboardEvent) => keys.current?.(event) ?? false,
  })
  return new Tiptap({
    extensions: [
      ...contents(!latest.current.variables),
      placeholder(latest.current.placeholder),
      triggers(listening),
      pasting({
        onFiles: files => latest.current.onFiles(files),
        picture: () => latest.current.onPicture ?? null,
      }),
    ],
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
        // While a list is open this key closes it, and nothing else.
        if (event.key !== 'Escape' || asks) {
          if (event.key === 'Escape') event.stopPropagation()
          return false
        }
        ;(document.activeElement as HTMLElement | null)?.blur()
        latest.current.onLeave()
        event.stopPropagation()
        return true
      },
    },
    onUpdate: ({ editor: now }) => {
      clearTimeout(pending.current)
      if (now.state.doc.content.size < large) tellNow(now, latest, pending)
      else pending.current = setTimeout(() => tellNow(now, latest, pending), 500)
    },
  })
}
