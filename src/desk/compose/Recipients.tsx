/** Who a reply goes to, always in sight: chips for To and Cc, and the address it is sent from. Sends to nobody who does not stand here. */
import { IconArrowsExchange, IconPencil, IconX } from '@tabler/icons-react'
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react'
import { t } from '../../words/desk.ts'
import { Menu } from '../pieces/Menu.tsx'
import { AddWho } from './AddWho.tsx'
import type { Who } from './addresses.ts'

export type { Who }

type Change = { to?: Who[]; cc?: Who[] }
type Props = {
  to: Who[]
  cc: Who[]
  from: string | null
  /** where the customer is named elsewhere on the page */
  onlyCc?: boolean
  onChange: (change: Change) => void
  /** where choosing them comes first */
  autoFocus?: boolean
  /** beside the sending address */
  aside?: ReactNode
}
const most = 8
const look = { size: 16, stroke: 1.6, 'aria-hidden': true } as const

export function Recipients({ to, cc, from, onlyCc, onChange, autoFocus, aside }: Props) {
  const [showCc, setShowCc] = useState(false)
  const move = (who: Who, into: 'to' | 'cc') =>
    onChange(
      into === 'cc'
        ? { to: to.filter(one => one !== who), cc: [...cc, who] }
        : { to: [...to, who], cc: cc.filter(one => one !== who) },
    )
  return (
    <div className="rcp small">
      {!onlyCc && (
        <Line
          label={t('compose:to')}
          people={to}
          fresh={autoFocus ?? false}
          onChange={people => onChange({ to: people })}
          other={{ label: t('compose:cc'), move: who => move(who, 'cc') }}
        />
      )}
      {(cc.length > 0 || showCc) && (
        <Line
          label={t('compose:cc')}
          people={cc}
          onChange={people => onChange({ cc: people })}
          className="cc"
          fresh={showCc}
          {...(onlyCc ? {} : { other: { label: t('compose:to'), move: (who: Who) => move(who, 'to') } })}
        />
      )}
      {cc.length === 0 && !showCc && (
        <button type="button" className="addcc muted" onClick={() => setShowCc(true)}>
          {t('compose:addCc')}
        </button>
      )}
      {aside}
      {from && <span className="muted from">{t('compose:from', { address: from })}</span>}
    </div>
  )
}

type LineProps = {
  label: string
  people: Who[]
  onChange: (people: Who[]) => void
  className?: string
  fresh?: boolean
  other?: { label: string; move: (who: Who) => void }
}

function Line({ label, people, onChange, className, fresh, other }: LineProps) {
  const [all, setAll] = useState(false)
  const [text, setText] = useState('')
  const line = useRef<HTMLSpanElement>(null)
  const field = useRef<HTMLInputElement>(null)
  const shown = all ? people : people.slice(0, most)
  const focusChip = (at: number) => {
    const chips = line.current?.querySelectorAll<HTMLElement>('.who > button:first-child') ?? []
    ;(chips[Math.max(0, at)] ?? field.current)?.focus()
  }
  const without = (at: number) => {
    onChange(people.filter((_, index) => index !== at))
    requestAnimationFrame(() => (at < people.length - 1 ? focusChip(at) : field.current?.focus()))
  }
  const edit = (at: number) => {
    const who = people[at]
    if (!who) return
    onChange(people.filter((_, index) => index !== at))
    setText(who.name ? `${who.name} <${who.address}>` : who.address)
    requestAnimationFrame(() => field.current?.focus())
  }
  const keys = (at: number) => (event: KeyboardEvent) => {
    const right = getComputedStyle(event.currentTarget).direction === 'rtl'
    if (event.key === 'Delete' || event.key === 'Backspace') without(at)
    else if (event.key === (right ? 'ArrowRight' : 'ArrowLeft')) focusChip(at - 1)
    else if (event.key === (right ? 'ArrowLeft' : 'ArrowRight'))
      at + 1 < shown.length ? focusChip(at + 1) : field.current?.focus()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset breaks the line
    <span ref={line} className={className ? `whom ${className}` : 'whom'} role="group" aria-label={label}>
      <span className="muted">{label}</span>
      {shown.map((who, at) => (
        <Chip
          key={who.address}
          who={who}
          onKeyDown={keys(at)}
          onWithout={() => without(at)}
          onEdit={() => edit(at)}
          {...(other ? { other } : {})}
        />
      ))}
      {people.length > shown.length && (
        <button type="button" className="link" onClick={() => setAll(true)}>
          {t('compose:moreWho', { count: people.length - shown.length })}
        </button>
      )}
      <AddWho
        field={field}
        label={label}
        taken={people}
        autoFocus={fresh ?? false}
        text={text}
        onText={setText}
        onAdd={added => added.length > 0 && onChange([...people, ...added])}
        onBack={how => (how === 'take' ? onChange(people.slice(0, -1)) : focusChip(shown.length - 1))}
      />
    </span>
  )
}

type ChipProps = {
  who: Who
  other?: { label: string; move: (who: Who) => void }
  onKeyDown: (event: KeyboardEvent) => void
  onWithout: () => void
  onEdit: () => void
}

function Chip({ who, other, onKeyDown, onWithout, onEdit }: ChipProps) {
  const { address, name, wrong } = who
  const shown = name || address
  return (
    <span className="who" title={wrong ? t('compose:notAnAddress') : address} data-wrong={wrong}>
      <Menu
        label={shown}
        items={[
          ...(other && !wrong
            ? [
                {
                  label: t('compose:moveTo', { line: other.label }),
                  icon: <IconArrowsExchange {...look} />,
                  run: () => other.move(who),
                },
              ]
            : []),
          { label: t('compose:editWho'), icon: <IconPencil {...look} />, run: onEdit },
          { label: t('compose:leaveOut'), icon: <IconX {...look} />, run: onWithout },
        ]}
        target={
          <button type="button" className="name" onKeyDown={onKeyDown} aria-invalid={wrong}>
            <bdi className="cut">{shown}</bdi>
          </button>
        }
      />
      <button type="button" tabIndex={-1} aria-label={t('compose:without', { name: shown })} onClick={onWithout}>
        <IconX size={13} stroke={1.6} aria-hidden="true" />
      </button>
    </span>
  )
}
