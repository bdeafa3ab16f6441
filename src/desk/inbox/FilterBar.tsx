/** The filter of a list: a chip for each term, to change or take away; or the whole as text. Says which names mean nothing. */
import './filterBar.css'
import { IconFilter, IconPencil, IconX } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import type { z } from 'zod'
import type { NotUnderstood } from '../../contract/conversations.ts'
import {
  longestFilter,
  parseFilter,
  printFilter,
  printTerm,
  type Term,
  withoutTerm,
  withTerm,
} from '../../contract/filter-text.ts'
import { Button, usePlace } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { holdKeys } from '../compose/heldKeys.ts'
import { useActions } from '../shell/actions.ts'
import { partsOf, termWords } from './filterWords.ts'

const FilterPicker = lazy(() => import('./FilterPicker.tsx').then(module => ({ default: module.FilterPicker })))
const look = { size: 16, stroke: 1.6, 'aria-hidden': true } as const

export type Picking = { term: Term | null } | null
type Props = {
  q: string
  notUnderstood: readonly z.infer<typeof NotUnderstood>[]
  onChange: (q: string) => void
  /** the picker stands open: for a new term, or for one there is */
  picking: Picking
  onPick: (picking: Picking) => void
  /** what belongs to the end of the row */
  children?: React.ReactNode
}

export function FilterBar({ q, notUnderstood, onChange, picking, onPick: setPicking, children }: Props) {
  const place = usePlace()
  const terms = parseFilter(q)
  const [asText, setAsText] = useState(false)
  const set = (next: Term[]) => onChange(printFilter(next).slice(0, longestFilter))
  useActions([
    {
      id: 'inbox.filter',
      label: t('views:key.filter'),
      keys: 'f',
      group: 'lists',
      icon: IconFilter,
      run: () => {
        holdKeys()
        setPicking({ term: null })
      },
    },
    {
      id: 'inbox.filterText',
      label: t('views:key.asText'),
      keys: 'Shift+F',
      group: 'lists',
      icon: IconPencil,
      run: () => setAsText(true),
    },
  ])
  const picked = (before: Term | null, next: Term[]) =>
    set(
      before
        ? terms.flatMap(each =>
            each === before ? next.filter(fresh => !('values' in fresh) || fresh.values.length > 0) : [each],
          )
        : next.reduce(withTerm, terms),
    )
  return (
    <>
      {(terms.length > 0 || asText) && (
        <section className="filterbar" aria-label={t('views:filter')}>
          {asText ? (
            <AsText
              q={q}
              onDone={next => {
                setAsText(false)
                if (next !== null) onChange(printFilter(parseFilter(next)))
              }}
            />
          ) : (
            <>
              {terms.map(term => (
                <Chip
                  key={printTerm(term)}
                  term={term}
                  wrong={notUnderstood.some(each => printTerm({ ...term, not: false }).includes(each.term))}
                  onOpen={() => setPicking({ term })}
                  onNot={() => set(terms.map(each => (each === term ? { ...each, not: !each.not } : each)))}
                  onRemove={() => set(withoutTerm(terms, term))}
                />
              ))}
              <button
                type="button"
                className="icon"
                onClick={() => setAsText(true)}
                aria-label={t('views:asText')}
                title={t('views:asText')}
              >
                <IconPencil {...look} />
              </button>
              <Button kind="quiet" onClick={() => onChange('')}>
                {t('views:clear')}
              </Button>
            </>
          )}
          {children && <span className="end">{children}</span>}
        </section>
      )}
      {notUnderstood.length > 0 && (
        <p className="missed small" role="status">
          {notUnderstood.map(({ term, why }) => (
            <span key={term}>
              {t(`views:missed.${why}`, {
                term: `\u2068${parseFilter(term)
                  .map(each => termWords(each, place.language))
                  .join(' ')}\u2069`,
              })}
            </span>
          ))}
        </p>
      )}
      {picking && (
        <Suspense>
          <FilterPicker
            term={picking.term}
            onTerms={next => picked(picking.term, next)}
            onClose={() => setPicking(null)}
          />
        </Suspense>
      )}
    </>
  )
}

type ChipProps = { term: Term; wrong: boolean; onOpen: () => void; onNot: () => void; onRemove: () => void }

function Chip({ term, wrong, onOpen, onNot, onRemove }: ChipProps) {
  const place = usePlace()
  const { about, values } = partsOf(term, place.language)
  const words = termWords(term, place.language)
  return (
    <span className="term" data-not={term.not || undefined} data-wrong={wrong || undefined}>
      <button
        type="button"
        className="about"
        onClick={onNot}
        aria-label={t(term.not ? 'views:chip.makeIs' : 'views:chip.makeNot', { words })}
        title={t(term.not ? 'views:chip.makeIs' : 'views:chip.makeNot', { words })}
      >
        {t(term.not ? 'views:chip.aboutNot' : 'views:chip.about', { about })}
      </button>
      <button
        type="button"
        className="value"
        onClick={onOpen}
        aria-label={t('views:chip.change', { words })}
        onKeyDown={event => {
          if (event.key !== 'Backspace' && event.key !== 'Delete') return
          event.preventDefault()
          onRemove()
        }}
      >
        <bdi className="cut">{values}</bdi>
      </button>
      <button type="button" className="off" onClick={onRemove} aria-label={t('views:chip.remove', { words })}>
        <IconX size={13} stroke={1.8} aria-hidden="true" />
      </button>
    </span>
  )
}

/** One asked for it by a key or a click. */
const takeFocus = (field: HTMLInputElement | null) => field?.focus()

function AsText({ q, onDone }: { q: string; onDone: (q: string | null) => void }) {
  const [text, setText] = useState(q)
  return (
    <form
      className="astext"
      onSubmit={event => {
        event.preventDefault()
        onDone(text)
      }}
    >
      <input
        ref={takeFocus}
        className="field"
        value={text}
        maxLength={longestFilter}
        dir="auto"
        spellCheck={false}
        aria-label={t('views:asTextLabel')}
        placeholder="is:open owner:me tag:refund"
        onChange={event => setText(event.currentTarget.value)}
        onKeyDown={event => {
          if (event.key === 'Escape') onDone(null)
        }}
      />
      <Button submit>{t('views:apply')}</Button>
    </form>
  )
}
