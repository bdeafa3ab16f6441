/** Whom a new conversation is for: somebody we know, found by name or address, or somebody new. Makes nobody by itself. */
import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, useId, useState } from 'react'
import { findPeople } from '../../contract/conversations.ts'
import { Field } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { query } from '../api.ts'

export type WhomFor = { personId?: string; name: string; address: string; phone: string }
type Props = { whom: WhomFor; phone: boolean; wrong: boolean; onChange: (whom: WhomFor) => void }

export function WhoFor({ whom, phone, wrong, onChange }: Props) {
  const id = useId()
  const [text, setText] = useState(() =>
    whom.address && whom.name ? `${whom.name} <${whom.address}>` : whom.name || whom.address,
  )
  const [at, setAt] = useState(-1)
  const [open, setOpen] = useState(false)
  const like = text.trim()
  const { data } = useQuery({
    ...query(findPeople, { like: like.slice(0, 100) || ' ' }),
    enabled: like.length >= 2,
    placeholderData: old => old,
  })
  const found =
    open && like.length >= 2 ? (data?.people ?? []).filter(one => phone || one.address !== null).slice(0, 8) : []
  const pick = (one: { id: string; name: string; address: string | null }) => {
    setText(one.address ? `${one.name} <${one.address}>` : one.name)
    setOpen(false)
    setAt(-1)
    onChange({ ...whom, personId: one.id, name: one.name, address: one.address ?? '' })
  }
  const type = (typed: string) => {
    setText(typed)
    setOpen(true)
    setAt(-1)
    const { personId: _, ...rest } = whom
    const match = /^(.*?)\s*<([^>]+)>\s*$/.exec(typed)
    const address = match?.[2] ?? (typed.includes('@') ? typed.trim() : '')
    onChange({ ...rest, name: match?.[1] ?? (typed.includes('@') ? '' : typed.trim()), address })
  }
  const keys = (event: KeyboardEvent) => {
    const chosen = found[at]
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      setAt(now => Math.max(-1, Math.min(found.length - 1, now + (event.key === 'ArrowDown' ? 1 : -1))))
    } else if (event.key === 'Enter' && chosen) {
      event.preventDefault()
      pick(chosen)
    } else if (event.key === 'Escape' && open) {
      event.stopPropagation()
      setOpen(false)
    }
  }
  return (
    <div className="whofor">
      <Field
        label={t('compose:write.whom')}
        help={
          whom.personId ? t('compose:write.known') : t(phone ? 'compose:write.whomPhone' : 'compose:write.whomHelp')
        }
        error={wrong ? t('compose:missing.customer') : undefined}
        role="combobox"
        autoFocus
        dir="auto"
        autoComplete="off"
        aria-expanded={found.length > 0}
        aria-controls={`${id}-found`}
        aria-activedescendant={found[at] ? `${id}-${at}` : undefined}
        value={text}
        onChange={event => type(event.target.value)}
        onKeyDown={keys}
        onBlur={() => setTimeout(() => setOpen(false), 150)}
      />
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
            onClick={() => pick(one)}
          >
            <bdi>{one.name}</bdi> <span className="muted">{one.address}</span>
          </span>
        ))}
      </span>
      {phone && (
        <Field
          label={t('compose:write.phoneNumber')}
          type="tel"
          maxLength={40}
          value={whom.phone}
          onChange={event => onChange({ ...whom, phone: event.target.value })}
        />
      )}
    </div>
  )
}
