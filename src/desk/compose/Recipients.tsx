/** Who a reply goes to, always in sight: chips for To and Cc, and the address it is sent from. Sends to nobody who does not stand here. */
import { IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, useId, useState } from 'react'
import { findPeople } from '../../contract/conversations.ts'
import { MailAddress } from '../../contract/kit.ts'
import { t } from '../../words/desk.ts'
import { query } from '../api.ts'

export type Who = { address: string; name: string }
type Props = {
  to: Who[]
  cc: Who[]
  from: string | null
  /** where the customer is named elsewhere on the page */
  onlyCc?: boolean
  onChange: (change: { to?: Who[]; cc?: Who[] }) => void
}
const most = 8

export function Recipients({ to, cc, from, onlyCc, onChange }: Props) {
  const [showCc, setShowCc] = useState(false)
  return (
    <div className="rcp small">
      {!onlyCc && <Line label={t('compose:to')} people={to} onChange={people => onChange({ to: people })} />}
      {(cc.length > 0 || showCc) && (
        <Line
          label={t('compose:cc')}
          people={cc}
          onChange={people => onChange({ cc: people })}
          className="cc"
          fresh={showCc}
        />
      )}
      {cc.length === 0 && !showCc && (
        <button type="button" className="addcc muted" onClick={() => setShowCc(true)}>
          {t('compose:addCc')}
        </button>
      )}
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
}

function Line({ label, people, onChange, className, fresh }: LineProps) {
  const [all, setAll] = useState(false)
  const shown = all ? people : people.slice(0, most)
  const without = (address: string) => onChange(people.filter(one => one.address !== address))
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset breaks the line
    <span className={className ? `whom ${className}` : 'whom'} role="group" aria-label={label}>
      <span className="muted">{label}</span>
      {shown.map(({ address, name }) => (
        <span className="who" key={address} title={address}>
          <bdi className="cut">{name || address}</bdi>
          <button
            type="button"
            aria-label={t('compose:without', { name: name || address })}
            onClick={() => without(address)}
          >
            <IconX size={13} stroke={1.6} aria-hidden="true" />
          </button>
        </span>
      ))}
      {people.length > shown.length && (
        <button type="button" className="link" onClick={() => setAll(true)}>
          {t('compose:moreWho', { count: people.length - shown.length })}
        </button>
      )}
      <AddWho
        label={label}
        taken={people}
        autoFocus={fresh ?? false}
        onAdd={one => onChange([...people, one])}
        onBack={() => onChange(people.slice(0, -1))}
      />
    </span>
  )
}

type AddProps = { label: string; taken: Who[]; autoFocus: boolean; onAdd: (one: Who) => void; onBack: () => void }

/** Types a name or an address; takes an address on Enter, comma or leaving, and a known person from the list. */
function AddWho({ label, taken, autoFocus, onAdd, onBack }: AddProps) {
  const id = useId()
  const [text, setText] = useState('')
  const [wrong, setWrong] = useState(false)
  const [at, setAt] = useState(-1)
  const like = text.trim()
  const { data } = useQuery({
    ...query(findPeople, { like: like.slice(0, 100) || ' ' }),
    enabled: like.length >= 2 && like.length <= 100,
    placeholderData: old => old,
  })
  const found =
    like.length >= 2
      ? (data?.people ?? []).filter(one => one.address && !taken.some(who => who.address === one.address)).slice(0, 6)
      : []
  const add = (one: Who) => {
    setText('')
    setWrong(false)
    setAt(-1)
    if (!taken.some(who => who.address.toLowerCase() === one.address.toLowerCase())) onAdd(one)
  }
  const take = () => {
    if (!like) return true
    const parsed = MailAddress.safeParse(like.replace(/^.*<([^>]+)>$/, '$1'))
    if (parsed.success) add({ address: parsed.data, name: '' })
    else setWrong(true)
    return parsed.success
  }
  const keys = (event: KeyboardEvent) => {
    const chosen = found[at]
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      setAt(now => Math.max(-1, Math.min(found.length - 1, now + (event.key === 'ArrowDown' ? 1 : -1))))
    } else if (event.key === 'Enter' && chosen?.address) {
      event.preventDefault()
      add({ address: chosen.address, name: chosen.name })
    } else if ((event.key === 'Enter' && !event.ctrlKey && !event.metaKey) || event.key === ',' || event.key === ';') {
      event.preventDefault()
      take()
    } else if (event.key === 'Backspace' && text === '') onBack()
    else if (event.key === 'Escape' && text !== '') {
      event.stopPropagation()
      setText('')
    }
  }
  return (
    <span className="addwho">
      <input
        role="combobox"
        aria-label={t('compose:addTo', { line: label })}
        aria-expanded={found.length > 0}
        aria-controls={`${id}-found`}
        aria-autocomplete="list"
        aria-activedescendant={found[at] ? `${id}-${at}` : undefined}
        aria-invalid={wrong || undefined}
        autoComplete="off"
        // biome-ignore lint/a11y/noAutofocus: it opens because its button was pressed
        autoFocus={autoFocus}
        value={text}
        placeholder={taken.length === 0 ? t('compose:whom') : ''}
        data-first={taken.length === 0 || undefined}
        onChange={event => {
          setText(event.target.value)
          setWrong(false)
        }}
        onPaste={event => {
          const many = event.clipboardData
            .getData('text')
            .split(/[,;\s]+/)
            .filter(part => MailAddress.safeParse(part).success)
          if (many.length < 2) return
          event.preventDefault()
          for (const address of many) add({ address, name: '' })
        }}
        onKeyDown={keys}
        onBlur={() => setTimeout(take, 150)}
      />
      {wrong && (
        <span className="wrong" role="alert">
          {t('compose:notAnAddress')}
        </span>
      )}
      <span
        id={`${id}-found`}
        role="listbox"
        aria-label={t('compose:found')}
        className="found"
        hidden={found.length === 0}
      >
        {found.map((one, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: the keys are on the field, which names the active option
          <span
            key={one.id}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === at}
            onMouseDown={event => event.preventDefault()}
            onClick={() => one.address && add({ address: one.address, name: one.name })}
          >
            <bdi>{one.name}</bdi> <span className="muted">{one.address}</span>
          </span>
        ))}
      </span>
    </span>
  )
}
