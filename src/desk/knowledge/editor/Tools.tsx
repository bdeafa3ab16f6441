/** The row of tools above an article: formats, headings, lists and steps, boxes aside, tables, pictures and links. */
import {
  IconBlockquote,
  IconBold,
  IconCode,
  IconColumnInsertRight,
  IconColumnRemove,
  IconH2,
  IconH3,
  IconInfoSquare,
  IconItalic,
  IconLink,
  IconList,
  IconListNumbers,
  IconPhoto,
  IconRowInsertBottom,
  IconRowRemove,
  IconSourceCode,
  IconStairs,
  IconTable,
  IconTableMinus,
} from '@tabler/icons-react'
import { type Editor, useEditorState } from '@tiptap/react'
import { type ReactNode, useRef, useState } from 'react'
import { t } from '../../../words/knowledge.ts'
import { LinkField } from '../../compose/editor/Formats.tsx'
import { Menu } from '../../pieces/Menu.tsx'
import { asides } from './nodes.ts'
import { changeTable, insertTable, placeIn } from './tables.ts'

const look = { size: 17, stroke: 1.6, 'aria-hidden': true } as const

export function Tools({ editor, onPictures }: { editor: Editor; onPictures: ((files: File[]) => void) | null }) {
  const [linking, setLinking] = useState(false)
  const picker = useRef<HTMLInputElement>(null)
  const on = useEditorState({
    editor,
    selector: ({ editor: now }) => ({
      bold: now.isActive('bold'),
      italic: now.isActive('italic'),
      code: now.isActive('code'),
      h2: now.isActive('heading', { level: 2 }),
      h3: now.isActive('heading', { level: 3 }),
      bullets: now.isActive('bulletList'),
      numbers: now.isActive('orderedList', { steps: false }),
      steps: now.isActive('orderedList', { steps: true }),
      quote: now.isActive('blockquote'),
      block: now.isActive('codeBlock'),
      aside: now.isActive('aside'),
      link: now.isActive('link'),
      table: placeIn(now.state) !== null,
    }),
  })
  if (linking) return <LinkField editor={editor} onDone={() => setLinking(false)} />
  const chain = () => editor.chain().focus()
  const steps = () => {
    if (editor.isActive('orderedList')) chain().updateAttributes('orderedList', { steps: !on.steps }).run()
    else chain().toggleOrderedList().updateAttributes('orderedList', { steps: true }).run()
  }
  const aside = (kind: string) => {
    if (editor.isActive('aside')) chain().updateAttributes('aside', { kind }).run()
    else chain().wrapIn('aside', { kind }).run()
  }
  const tools = [
    { name: 'bold', icon: <IconBold {...look} />, run: () => chain().toggleBold().run() },
    { name: 'italic', icon: <IconItalic {...look} />, run: () => chain().toggleItalic().run() },
    { name: 'code', icon: <IconCode {...look} />, run: () => chain().toggleCode().run() },
    { name: 'link', icon: <IconLink {...look} />, run: () => setLinking(true) },
    { name: 'h2', icon: <IconH2 {...look} />, run: () => chain().toggleHeading({ level: 2 }).run() },
    { name: 'h3', icon: <IconH3 {...look} />, run: () => chain().toggleHeading({ level: 3 }).run() },
    { name: 'bullets', icon: <IconList {...look} />, run: () => chain().toggleBulletList().run() },
    { name: 'numbers', icon: <IconListNumbers {...look} />, run: () => chain().toggleOrderedList().run() },
    { name: 'steps', icon: <IconStairs {...look} />, run: steps },
    { name: 'quote', icon: <IconBlockquote {...look} />, run: () => chain().toggleBlockquote().run() },
    { name: 'block', icon: <IconSourceCode {...look} />, run: () => chain().toggleCodeBlock().run() },
  ] as const
  const table = [
    { name: 'row', icon: <IconRowInsertBottom {...look} /> },
    { name: 'column', icon: <IconColumnInsertRight {...look} /> },
    { name: 'no-row', icon: <IconRowRemove {...look} /> },
    { name: 'no-column', icon: <IconColumnRemove {...look} /> },
    { name: 'no-table', icon: <IconTableMinus {...look} /> },
  ] as const
  return (
    <div className="marks arttools" role="toolbar" aria-label={t('knowledge:tool.label')}>
      {tools.map(({ name, icon, run }) => (
        <Tool key={name} name={name} icon={icon} run={run} pressed={on[name]} />
      ))}
      <Menu
        label={t('knowledge:tool.aside')}
        items={[
          ...asides.map(kind => ({ label: t(`knowledge:aside.${kind}`), run: () => aside(kind) })),
          ...(on.aside ? [{ label: t('knowledge:aside.none'), run: () => void chain().lift('aside').run() }] : []),
        ]}
        target={
          <button
            type="button"
            className="icon"
            aria-label={t('knowledge:tool.aside')}
            title={t('knowledge:tool.aside')}
            aria-pressed={on.aside}
          >
            <IconInfoSquare {...look} />
          </button>
        }
      />
      {onPictures && <Tool name="picture" icon={<IconPhoto {...look} />} run={() => picker.current?.click()} />}
      <input
        ref={picker}
        type="file"
        hidden
        multiple
        accept="image/png,image/jpeg,image/gif,image/webp"
        onChange={event => {
          onPictures?.([...(event.currentTarget.files ?? [])])
          event.currentTarget.value = ''
        }}
      />
      {on.table ? (
        table.map(({ name, icon }) => <Tool key={name} name={name} icon={icon} run={() => changeTable(editor, name)} />)
      ) : (
        <Tool name="table" icon={<IconTable {...look} />} run={() => insertTable(editor)} />
      )}
    </div>
  )
}

type ToolProps = { name: string; icon: ReactNode; run: () => void; pressed?: boolean }
function Tool({ name, icon, run, pressed }: ToolProps) {
  return (
    <button
      type="button"
      className="icon"
      aria-label={t(`knowledge:tool.${name}`)}
      title={t(`knowledge:tool.${name}`)}
      aria-pressed={pressed}
      // The caret stays in the words.
      onMouseDown={event => event.preventDefault()}
      onClick={run}
    >
      {icon}
    </button>
  )
}
