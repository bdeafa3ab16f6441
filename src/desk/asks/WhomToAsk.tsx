/** Finds who could know: colleagues by name, or anybody by address. What is typed is taken as an address when it is one. */
import { IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, useId, useState } from 'react'
import { findExperts } from '../../contract/asks.ts'
import { t } from '../../words/desk.ts'
import { type Output, query } from '../api.ts'

type Found = Output<typeof findExperts>['experts'][number]
export type Whom = { memberId: string; name: string; outside: false } | { address: string; name: string; outside: true }

const isAddress = (text: string) => /^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>"]+$/.test(text)
/** What was found for fewer letters stands there until the next answer comes: only what still fits may be taken. */
function fits({ name, address }: Found, like: string): boolean {
  const text = like.toLowerCase()
  return ` ${name.toLowerCase()}`.includes(` ${text}`) || (address?.toLowerCase().startsWith(text) ?? false)
}
const whomOf = (one: Found): Whom | null =>
  one.member
    ? { memberId: one.id, name: one.name, outside: false }
    : one.address
      ? { address: one.address, name: one.name, outside: true }
      : null

type Props = {
  conversationId: string
  whom: Whom | null
  error: string | undefined
  onChange: (whom: Whom | null) => void
}

export function WhomToAsk({ conversationId, whom, error, onChange }: Props) {
  const id = useId()
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const like = text.trim().slice(0, 100)
  const { data } = useQuery({
    ...query(findExperts, { conversationId, like }),
    enabled: whom === null,
    placeholderData: old => old,
  })
  const typed: Found[] =
    isAddress(like) && !data?.experts.some(one => one.address?.toLowerCase() === like.toLowerCase())
      ? [{ id: like, name: like, address: like, member: false, teams: [], waiting: 0 }]
      : []
  const known = (data?.experts ?? []).filter(one => whomOf(one) !== null && (like === '' || fits(one, like)))
  const found = whom ? [] : [...typed, ...known.slice(0, 7)]
  const take = (one: Found | undefined) => {
    const taken = one && whomOf(one)
    if (!taken) return
    onChange(taken)
    setText('')
    setAt(0)
  }
  const keys = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step) setAt(now => (now + step + found.length) % Math.max(1, found.length))
    else if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) take(found[at])
    else return
    event.preventDefault()
  }
  if (whom)
    return (
      <div className="labelled askwhom">
        <p className="top">{t('asks:whom')}</p>
        <span className="chosen">
          <bdi className="strong">{whom.name}</bdi>
          {whom.outside && whom.name !== whom.address && (
            <span className="small muted cut">{t('asks:byMail', { address: whom.address })}</span>
          )}
          <button
            type="button"
            aria-label={t('asks:somebodyElse')}
            title={t('asks:somebodyElse')}
            onClick={() => onChange(null)}
          >
            <IconX size={16} stroke={1.8} aria-hidden="true" />
          </button>
        </span>
      </div>
    )
  return (
    <div className="labelled askwhom">
      <div className="top">
        <label htmlFor={id}>{t('asks:whom')}</label>
      </div>
      <input
        id={id}
        className="field"
        data-autofocus
        role="combobox"
        aria-expanded={found.length > 0}
        aria-controls={`${id}-found`}
        aria-autocomplete="list"
        aria-activedescendant={found[at] ? `${id}-${at}` : undefined}
        aria-invalid={error !== undefined || undefined}
        aria-describedby={error ? `${id}-wrong` : undefined}
        autoComplete="off"
        dir="auto"
        value={text}
        placeholder={t('asks:whomExample')}
        onChange={event => {
          setText(event.target.value)
          setAt(0)
        }}
        onKeyDown={keys}
      />
      {error && (
        <p id={`${id}-wrong`} className="wrong small" role="alert">
          {error}
        </p>
      )}
      <div
        id={`${id}-found`}
        role="listbox"
        aria-label={t('asks:found')}
        className="asksfound"
        hidden={found.length === 0}
      >
        {found.map((one, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field above holds the focus and answers to Enter
          <div
            key={one.id}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            onMouseDown={event => event.preventDefault()}
            onClick={() => take(one)}
          >
            <bdi className="strong">{one.name}</bdi>
            <span className="small muted cut">
              {one.member ? one.teams.join(', ') || one.address : t('asks:outside', { address: one.address ?? '' })}
              {one.waiting > 0 && ` · ${t('asks:waiting', { count: one.waiting })}`}
            </span>
          </div>
        ))}
      </div>
      {like.length > 1 && found.length === 0 && (
        <p className="small muted" role="status">
          {t('asks:nobodyFound')}
        </p>
      )}
    </div>
  )
}
