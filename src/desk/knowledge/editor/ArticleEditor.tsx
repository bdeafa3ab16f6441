/** The field an article is written in. Loaded when one is opened; knows nothing of articles but what they can hold. */
import '../../compose/compose.css'
import { Editor, EditorContent } from '@tiptap/react'
import { useEffect, useRef, useState } from 'react'
import { t } from '../../../words/knowledge.ts'
import { pasting } from '../../compose/editor/pasting.ts'
import { useUploads } from '../../compose/uploads.ts'
import { articleContents } from './nodes.ts'
import { Tools } from './Tools.tsx'

type Props = {
  initial: string
  language: string
  rightToLeft: boolean
  frozen: boolean
  /** false: there is no place for them where these words stand */
  pictures?: boolean
  onChange: (html: string) => void
  onSave: () => void
}

export default function ArticleEditor(props: Props) {
  const latest = useRef(props)
  latest.current = props
  const uploads = useUploads()
  const sending = useRef(uploads.picture)
  sending.current = uploads.picture
  const takes = props.pictures !== false
  const place = async (files: File[], into: Editor) => {
    if (!takes) return
    for (const file of files) {
      const src = file.type.startsWith('image/') ? await sending.current(file) : null
      if (src)
        into
          .chain()
          .focus()
          .setImage({ src, alt: file.name.replace(/\.[^.]+$/, '') })
          .run()
    }
  }
  const [editor] = useState(() => {
    const made: Editor = new Editor({
      extensions: [
        ...articleContents(t('knowledge:writeHere')),
        pasting({
          onFiles: files => void place(files, made),
          picture: () => (takes ? file => sending.current(file) : null),
        }),
      ],
      content: props.initial,
      editable: !props.frozen,
      editorProps: {
        attributes: {
          class: 'body read written artbody',
          role: 'textbox',
          'aria-multiline': 'true',
          'aria-label': t('knowledge:body'),
          lang: props.language,
          dir: props.rightToLeft ? 'rtl' : 'ltr',
        },
        handleKeyDown: (_, event) => {
          if (event.key.toLowerCase() !== 's' || !(event.ctrlKey || event.metaKey)) return false
          event.preventDefault()
          latest.current.onSave()
          return true
        },
      },
      onUpdate: ({ editor: now }) => latest.current.onChange(now.getHTML()),
    })
    return made
  })
  useEffect(() => () => editor.destroy(), [editor])
  useEffect(() => editor.setEditable(!props.frozen, false), [editor, props.frozen])
  return (
    <>
      {!props.frozen && <Tools editor={editor} onPictures={takes ? files => void place(files, editor) : null} />}
      <EditorContent editor={editor} className="editor arteditor" />
      {uploads.files.map(file => (
        <p key={file.key} className="small" role="status">
          <bdi>{file.name}</bdi>{' '}
          {file.problem ? file.problem.title : t('knowledge:uploading', { share: Math.round(file.share * 100) })}
        </p>
      ))}
    </>
  )
}
