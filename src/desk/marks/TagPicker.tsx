/** Chooses tags by typing: those that fit come from the server, a few at a time, however many there are. Enter puts one on or takes it off and goes on. */
import './picker.css'
import { IconCheck, IconPlus, IconTag } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useDeferredValue, useEffect, useId, useState } from 'react'
import { markNameOf, normalName, type TagRef, tags } from '../../contract/tags.ts'
import { Dialog, Keys } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { query } from '../api.ts'
import { useTypedAlready } from '../compose/useTypedAlready.ts'
import { useMe } from '../session/me.ts'
import { marked } from '../shell/matching.tsx'
import { mayMakeTags } from './mayMakeTags.ts'

type Props = {
  title: string
  /** those that are on */
  chosen: readonly TagRef[]
  onPut: (tag: TagRef) => void
  onTakeOff?: (tag: TagRef) => void
  /** where one that isn't there yet may be made */
  onMake?: (name: string) => void
  /** one that is not offered */
  without?: string
  onClose: () => void
}
type Item = { id: string; on: boolean; run: () => void } & ({ is: 'tag'; tag: TagRef } | { is: 'make'; name: string })

export function TagPicker({ title, chosen, onPut, onTakeOff, onMake, without, onClose }: Props) {
  const me = useMe()
  const [text, setText] = useState('')
  useTypedAlready(setText)
  const [at, setAt] = useState(0)
  // Enter was pressed before the answer came: it is done when it has.
  const [hurried, setHurried] = useState(false)
  const listId = useId()
  const like = useDeferredValue(text.trim())
  const asked = useQuery({
    ...query(tags, { like, limit: 20 }),
    placeholderData: keepPreviousData,
    // A word longer than any tag finds nothing.
    enabled: like.length <= 100,
  })
  const isOn = (id: string) => chosen.some(tag => tag.id === id)
  const fitsHere = (tag: TagRef) => normalName(tag.name).includes(normalName(text))
  // Those that are on stand first, so that they can be taken off without looking for them.
  const on = chosen.filter(fitsHere)
  const found = [...on, ...(asked.data?.tags ?? []).filter(tag => tag.id !== without && !isOn(tag.id) && fitsHere(tag))]
  const items: Item[] = found.map(tag => ({
    is: 'tag',
    tag,
    id: tag.id,
    on: isOn(tag.id),
    run: () => (isOn(tag.id) ? onTakeOff?.(tag) : onPut(tag)),
  }))
  const makes = onMake !== undefined && mayMakeTags(me)
  const name = markNameOf(text)
  const exact = asked.data?.exact ?? null
  const isThere = exact !== null || found.some(tag => normalName(tag.name) === normalName(text))
  const settled = like === text.trim() && !asked.isPlaceholderData
  if (name !== null && !isThere && settled && asked.isSuccess && makes)
    items.push({ is: 'make', name, id: 'make', on: false, run: () => onMake?.(name) })
  const active = Math.min(at, items.length - 1)
  const run = (item: Item | undefined) => {
    if (!item) return
    item.run()
    setText('')
    setAt(0)
  }
  useEffect(() => {
    if (!hurried || !settled) return
    setHurried(false)
    run(items[0])
  })
  useEffect(() => {
    document.getElementById(`${listId}-${active}`)?.scrollIntoView({ block: 'nearest' })
  }, [active, listId])
  const trouble =
    text.trim() !== '' && name === null
      ? t(text.length > 60 ? 'marks:tags.tooLong' : 'marks:tags.unreadable')
      : asked.isError
        ? t('desk:state.silent')
        : makes && exact?.archived && !isOn(exact.id)
          ? t('marks:tags.archivedOne', { name: exact.name })
          : null
  return (
    <Dialog title={title} hideTitle onClose={onClose} className="tagpicker">
      {!onTakeOff && <p className="tagtitle strong">{title}</p>}
      <div className="askbar">
        <IconTag className="i" aria-hidden="true" />
        <input
          autoFocus
          role="combobox"
          aria-expanded="true"
          aria-controls={listId}
          aria-activedescendant={items.length > 0 ? `${listId}-${active}` : undefined}
          aria-label={t('marks:tags.find')}
          placeholder={t(makes ? 'marks:tags.findOrMake' : 'marks:tags.find')}
          dir="auto"
          value={text}
          onChange={event => {
            setText(event.currentTarget.value)
            setAt(0)
            setHurried(false)
          }}
          onKeyDown={event => {
            if (event.nativeEvent.isComposing) return
            const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
            if (step) setAt((Math.max(0, active) + step + items.length) % Math.max(1, items.length))
            else if (event.key === 'Enter') {
              if (items[active]) run(items[active])
              else setHurried(text.trim() !== '')
            } else return
            event.preventDefault()
          }}
        />
      </div>
      <div role="listbox" id={listId} aria-label={title} aria-multiselectable="true" className="tagsfound">
        {items.map((item, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field above holds the focus and answers to Enter
          <div
            key={item.id}
            role="option"
            id={`${listId}-${index}`}
            tabIndex={-1}
            aria-selected={item.on}
            data-at={index === active || undefined}
            className="tagfound"
            // The field keeps the focus: one types on.
            onMouseDown={event => event.preventDefault()}
            onClick={() => run(item)}
          >
            {item.is === 'make' ? (
              <IconPlus size={17} stroke={1.8} aria-hidden="true" />
            ) : item.on ? (
              <IconCheck size={17} stroke={1.8} aria-hidden="true" />
            ) : (
              <span />
            )}
            {item.is === 'make' ? (
              <span className="cut">{t('marks:tags.make', { name: `\u2068${item.name}\u2069` })}</span>
            ) : (
              <span className="tag" data-tint={item.tag.tint} data-bare>
                <bdi className="cut">{marked(item.tag.name, like)}</bdi>
              </span>
            )}
            <span className="small muted">{item.on && t('marks:tags.on')}</span>
          </div>
        ))}
      </div>
      <p className="nothing" role="status">
        {trouble ??
          (items.length === 0 && settled && asked.isSuccess ? t(like ? 'marks:tags.nothing' : 'marks:tags.none') : '')}
      </p>
      <footer>
        <span>
          <Keys keys="ArrowUp" /> <Keys keys="ArrowDown" /> {t('desk:palette.move')}
        </span>
        <span>
          <Keys keys="Enter" /> {t(onTakeOff ? 'marks:tags.toggle' : 'marks:tags.choose')}
        </span>
        <span>
          <Keys keys="Escape" /> {t(onTakeOff ? 'marks:tags.done' : 'desk:palette.close')}
        </span>
      </footer>
    </Dialog>
  )
}
