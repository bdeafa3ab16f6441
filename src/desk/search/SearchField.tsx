/** The field of search: text in the language of filters, with what may follow offered beneath, all by keyboard. */
import '../pieces/find.css'
import { IconSearch, IconX } from '@tabler/icons-react'
import { type KeyboardEvent, type RefObject, useEffect, useId, useState } from 'react'
import { longestFilter } from '../../contract/filter-text.ts'
import { t } from '../../words/desk.ts'
import { useChoices } from '../inbox/filterChoices.tsx'
import { completed, goingOn } from './completion.ts'

type Props = {
  field: RefObject<HTMLInputElement | null>
  text: string
  onText: (text: string) => void
  /** Enter, where nothing is offered */
  onDone: () => void
  /** down into what was found */
  onDown: () => void
}

export function SearchField({ field, text, onText, onDone, onDown }: Props) {
  const listId = useId()
  const [caret, setCaret] = useState(0)
  const [at, setAt] = useState(-1)
  const [open, setOpen] = useState(false)
  // One comes here to type.
  useEffect(() => field.current?.focus(), [field])
  const going = open ? goingOn(text, caret) : null
  const choices = useChoices(
    going?.is === 'value' ? { kind: going.kind } : null,
    going?.is === 'value' ? going.typed : '',
  )
  const offered =
    going?.is === 'operator'
      ? going.names.map(name => ({ value: name, words: `${name}:`, aside: t(`views:kind.${name}`) }))
      : going?.is === 'value'
        ? choices
            .slice(0, 8)
            .map(each => ({ ...each, aside: each.aside ?? (each.value === each.words ? undefined : each.value) }))
        : []
  // Behind a colon something must follow: the first is what Enter takes.
  const chosen = Math.min(at < 0 && going?.is === 'value' && going.typed !== '' ? 0 : at, offered.length - 1)
  const take = (value: string) => {
    if (!going) return
    const next = completed(text, going, value)
    onText(next.text)
    setCaret(next.caret)
    setAt(-1)
    setTimeout(() => {
      field.current?.focus()
      field.current?.setSelectionRange(next.caret, next.caret)
    }, 0)
  }
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step && offered.length > 0) setAt(Math.max(-1, Math.min(offered.length - 1, chosen + step)))
    else if (event.key === 'ArrowDown') onDown()
    else if (event.key === 'Enter' && chosen >= 0) take(offered[chosen]!.value)
    else if (event.key === 'Enter') {
      setOpen(false)
      onDone()
    } else if (event.key === 'Escape' && offered.length > 0) setOpen(false)
    else if (event.key === 'Escape' && text !== '') onText('')
    else return
    event.preventDefault()
  }
  return (
    <search className="finding searchfield">
      <IconSearch className="i" aria-hidden="true" />
      <input
        ref={field}
        type="text"
        inputMode="search"
        enterKeyHint="search"
        dir="auto"
        autoComplete="off"
        spellCheck={false}
        role="combobox"
        aria-expanded={offered.length > 0}
        aria-controls={listId}
        aria-activedescendant={chosen >= 0 ? `${listId}-${chosen}` : undefined}
        aria-label={t('search:field')}
        placeholder={t('search:placeholder')}
        maxLength={longestFilter}
        value={text}
        onChange={event => {
          onText(event.currentTarget.value)
          setCaret(event.currentTarget.selectionStart ?? event.currentTarget.value.length)
          setAt(-1)
          setOpen(true)
        }}
        onSelect={event => setCaret(event.currentTarget.selectionStart ?? 0)}
        onBlur={() => setOpen(false)}
        onKeyDown={press}
      />
      {text !== '' && (
        <button
          type="button"
          className="icon"
          aria-label={t('search:clear')}
          title={t('search:clear')}
          onClick={() => {
            onText('')
            field.current?.focus()
          }}
        >
          <IconX size={17} stroke={1.7} aria-hidden="true" />
        </button>
      )}
      <div
        role="listbox"
        id={listId}
        aria-label={t('search:completions')}
        className="offered"
        hidden={offered.length === 0}
      >
        {offered.map((each, n) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field holds the focus and answers to Enter
          <div
            key={each.value}
            id={`${listId}-${n}`}
            role="option"
            tabIndex={-1}
            aria-selected={n === chosen}
            // The field keeps the focus.
            onMouseDown={event => event.preventDefault()}
            onClick={() => take(each.value)}
          >
            <bdi className="cut">{each.words}</bdi>
            {each.aside && <bdi className="small muted cut">{each.aside}</bdi>}
          </div>
        ))}
      </div>
    </search>
  )
}
