/** Chooses one of several by typing: a field, what fits below it, and what the keys do. The one who calls says what fits. */
import '../marks/picker.css'
import { IconCheck } from '@tabler/icons-react'
import { type ReactNode, useEffect, useId, useState } from 'react'
import { Dialog, Keys } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { useTypedAlready } from '../compose/useTypedAlready.ts'

export type Pick = { id: string; words: ReactNode; aside?: ReactNode; icon?: ReactNode; on?: boolean; run: () => void }

type Props = {
  title: string
  placeholder: string
  icon: ReactNode
  text: string
  onText: (text: string) => void
  items: Pick[]
  /** what stands there when nothing fits */
  nothing: string
  /** what Enter does, in the foot */
  act: string
  /** Backspace in the empty field */
  onBack?: (() => void) | undefined
  onClose: () => void
  children?: ReactNode
}

export function Picker(props: Props) {
  const { title, items, text, onText, onBack, onClose } = props
  const [at, setAt] = useState(0)
  useTypedAlready(typed => onText(text + typed))
  const listId = useId()
  const active = Math.min(at, items.length - 1)
  useEffect(() => {
    document.getElementById(`${listId}-${active}`)?.scrollIntoView({ block: 'nearest' })
  }, [active, listId])
  const run = (item: Pick | undefined) => {
    if (!item) return
    setAt(0)
    item.run()
  }
  return (
    <Dialog title={title} hideTitle onClose={onClose} className="tagpicker">
      <div className="askbar">
        {props.icon}
        <input
          autoFocus
          role="combobox"
          aria-expanded="true"
          aria-controls={listId}
          aria-activedescendant={items.length > 0 ? `${listId}-${active}` : undefined}
          aria-label={title}
          placeholder={props.placeholder}
          dir="auto"
          value={text}
          onChange={event => {
            onText(event.currentTarget.value)
            setAt(0)
          }}
          onKeyDown={event => {
            if (event.nativeEvent.isComposing) return
            const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
            if (step) setAt((Math.max(0, active) + step + items.length) % Math.max(1, items.length))
            else if (event.key === 'Enter') run(items[active])
            else if (event.key === 'Backspace' && text === '' && onBack) onBack()
            else return
            event.preventDefault()
          }}
        />
      </div>
      <div role="listbox" id={listId} aria-label={title} className="tagsfound">
        {items.map((item, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field above holds the focus and answers to Enter
          <div
            key={item.id}
            role="option"
            id={`${listId}-${index}`}
            tabIndex={-1}
            aria-selected={index === active}
            data-at={index === active || undefined}
            className="tagfound"
            // The field keeps the focus: one types on.
            onMouseDown={event => event.preventDefault()}
            onClick={() => run(item)}
          >
            {item.on ? <IconCheck size={17} stroke={1.8} aria-hidden="true" /> : (item.icon ?? <span />)}
            <span className="cut">{item.words}</span>
            <span className="small muted">{item.aside}</span>
          </div>
        ))}
      </div>
      <p className="nothing" role="status">
        {items.length === 0 && props.nothing}
      </p>
      {props.children}
      <footer>
        <span>
          <Keys keys="ArrowUp" /> <Keys keys="ArrowDown" /> {t('desk:palette.move')}
        </span>
        <span>
          <Keys keys="Enter" /> {props.act}
        </span>
        <span>
          <Keys keys="Escape" /> {t('desk:palette.close')}
        </span>
      </footer>
    </Dialog>
  )
}
