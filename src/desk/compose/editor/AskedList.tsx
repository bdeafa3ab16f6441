/** What "/", "@" or ":" found, below the caret: saved replies with a preview beside, people, emoji. Inserts what was chosen. */
import './asked.css'
import { type Editor, useEditorState } from '@tiptap/react'
import { createPortal } from 'react-dom'
import { t } from '../../../words/desk.ts'
import type { Around } from './around.ts'
import { useArticles } from './articles.tsx'
import { useEmoji } from './emoji.ts'
import type { Finding } from './finding.ts'
import { type KeysRef, useOptionKeys } from './optionKeys.ts'
import { usePeople } from './people.ts'
import { useSaved } from './saved.tsx'
import type { Asked } from './triggers.ts'

type Props = { asked: Asked; editor: Editor; around: Around; keys: KeysRef }

export function AskedList(props: Props) {
  const { kind } = props.asked
  return createPortal(
    kind === 'saved' ? <Saved {...props} /> : kind === 'people' ? <People {...props} /> : <Emoji {...props} />,
    props.asked.place,
  )
}

function Saved(props: Props) {
  const found = useSaved(props.asked, props.editor, props.around)
  const articles = useArticles(props.asked, props.editor, props.around)
  return <List {...props} found={{ ...found, options: [...found.options.slice(0, 12), ...articles] }} />
}
const People = (props: Props) => <List {...props} found={usePeople(props.asked, props.editor, props.around)} />
const Emoji = (props: Props) => <List {...props} found={useEmoji(props.asked, props.editor)} />

function List({ asked, editor, keys, found }: Props & { found: Finding }) {
  const { options, waits, none } = found
  const { id, current, setAt, optionId } = useOptionKeys(editor, keys, options, asked.query)
  const right = useEditorState({
    editor,
    selector: ({ editor: now }) => getComputedStyle(now.view.dom).direction === 'rtl',
  })
  const preview = options[current]?.preview
  return (
    <section
      className="askedlist"
      aria-label={t(`compose:asked.${asked.kind}`)}
      dir={right ? 'rtl' : undefined}
      data-wide={preview ? true : undefined}
    >
      <div id={id} role="listbox" aria-label={t(`compose:asked.${asked.kind}`)} className="asks">
        {options.map((option, at) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: the keys are on the field, which names the active option
          <div
            key={option.id}
            id={optionId(option)}
            role="option"
            aria-selected={at === current}
            onMouseDown={event => event.preventDefault()}
            onMouseMove={() => at !== current && setAt(at)}
            onClick={option.run}
          >
            <span className="what">{option.label}</span>
            {option.detail && <span className="small muted">{option.detail}</span>}
          </div>
        ))}
      </div>
      {options.length === 0 && <p className="small muted none">{waits ? t('desk:state.loading') : none}</p>}
      {preview && <div className="askpreview">{preview}</div>}
      <p className="sr" role="status">
        {waits ? '' : options.length > 0 ? t('compose:asked.count', { count: options.length }) : none}
      </p>
    </section>
  )
}
