/** What comes from the clipboard or is dropped: words cleaned, Markdown read, pictures put between the words, files attached. */
import { Plugin, PluginKey } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import { type Editor, Extension } from '@tiptap/react'
import { cleanPaste } from './cleanPaste.ts'
import { looksLikeMarkdown } from './looksLikeMarkdown.ts'
import { namedFiles } from './namedFiles.ts'

type Moving = {
  onFiles: (files: File[]) => void
  /** null where pictures are attached like all other files */
  picture: () => ((file: File) => Promise<string | null>) | null
}
const shown = /^image\/(?:png|jpeg|gif|webp)$/
const inline = /<img\b[^<>]{0,1000}?\bsrc=["']data:(image\/(?:png|jpe?g|gif|webp));base64,([A-Za-z0-9+/=\s]+)["']/gi
const mostPictures = 20

export const pasting = (moving: Moving) =>
  Extension.create({
    name: 'pasting',
    addProseMirrorPlugins() {
      const { editor } = this
      let plain = false
      return [
        new Plugin({
          key: new PluginKey('pasting'),
          props: {
            handleKeyDown: (_, event) => {
              // Ctrl-Shift-V: as it is.
              plain = event.shiftKey && event.key.toLowerCase() === 'v'
              return false
            },
            transformPastedHTML: html => cleanPaste(html),
            handlePaste: (view, event) => {
              const as = plain
              plain = false
              return taken(editor, view, event.clipboardData, moving, as)
            },
            handleDrop: (view, event, _, moved) => {
              if (moved || !event.dataTransfer?.files.length) return false
              const at = view.posAtCoords({ left: event.clientX, top: event.clientY })?.pos
              if (at !== undefined) editor.commands.setTextSelection(at)
              return taken(editor, view, event.dataTransfer, moving, true)
            },
          },
        }),
      ]
    },
  })

function taken(editor: Editor, view: EditorView, from: DataTransfer | null, moving: Moving, plain: boolean): boolean {
  if (!from) return false
  const html = from.getData('text/html')
  const files = namedFiles([...from.files], new Date())
  // A copied picture brings a page's HTML with it; a copied page may bring a picture of itself.
  const onlyPicture = html !== '' && !/>[^<>]*[^\s<>][^<>]*</.test(html.replace(/<(style|title)\b[\s\S]*?<\/\1>/gi, ''))
  if (files.length > 0 && (html === '' || onlyPicture)) {
    place(editor, files, moving)
    return true
  }
  const pictures = picturesIn(html)
  if (pictures.length > 0) queueMicrotask(() => place(editor, pictures, moving))
  const text = from.getData('text/plain')
  if (plain || html !== '' || view.state.selection.$from.parent.type.spec.code || !looksLikeMarkdown(text)) return false
  const { from: start, to: end } = view.state.selection
  void import('./markdown.ts').then(({ fromMarkdown }) => {
    if (!editor.isDestroyed)
      editor
        .chain()
        .insertContentAt({ from: start, to: end }, fromMarkdown(text).content ?? text)
        .run()
  })
  return true
}

/** Each picture stands where the caret is once it has arrived; what can't be shown is attached. */
function place(editor: Editor, files: File[], moving: Moving) {
  const upload = moving.picture()
  const pictures = upload ? files.filter(file => shown.test(file.type)) : []
  const others = files.filter(file => !pictures.includes(file))
  if (others.length > 0) moving.onFiles(others)
  for (const file of pictures) {
    void upload?.(file).then(address => {
      if (address && !editor.isDestroyed)
        editor
          .chain()
          .insertContent({ type: 'image', attrs: { src: address, alt: file.name } })
          .run()
    })
  }
}

/** Outlook and Google Docs put small pictures into the words themselves. */
function picturesIn(html: string): File[] {
  if (!html.includes('data:image/')) return []
  return [...html.matchAll(inline)].slice(0, mostPictures).map(([, type = '', code = ''], at) => {
    const bytes = Uint8Array.from(atob(code.replace(/\s/g, '')), sign => sign.charCodeAt(0))
    return new File([bytes], `picture-${at + 1}.${type.slice(6).replace('jpeg', 'jpg')}`, {
      type: type.replace('/jpg', '/jpeg'),
    })
  })
}
