/** Whom it was with: people and organisations typed ahead in one field. Makes nobody. */
import { IconBuilding, IconUser } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, useId, useState } from 'react'
import { findParties, type PartyName } from '../../../contract/care.ts'
import { Field } from '../../../ui/index.ts'
import { t } from '../../../words/catalogue.ts'
import { query } from '../../api.ts'

type Props = {
  label: string
  value: PartyName | null
  error?: string | undefined
  onChange: (party: PartyName | null) => void
}

export function PartyField({ label, value, error, onChange }: Props) {
  const id = useId()
  const [text, setText] = useState(value?.name ?? '')
  const [at, setAt] = useState(0)
  const [open, setOpen] = useState(false)
  const like = text.trim()
  const wanted = open && value === null && like.length >= 2
  const { data } = useQuery({
    ...query(findParties, { like: like.slice(0, 100) || ' ' }),
    enabled: wanted,
    placeholderData: old => old,
  })
  const found = wanted ? (data?.parties ?? []).slice(0, 8) : []
  const pick = (one: PartyName) => {
    setText(one.name)
    setOpen(false)
    onChange({ is: one.is, id: one.id, name: one.name })
  }
  const keys = (event: KeyboardEvent) => {
    if (found.length === 0) return
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      setAt(now => Math.max(0, Math.min(found.length - 1, now + (event.key === 'ArrowDown' ? 1 : -1))))
    } else if (event.key === 'Enter' && found[at]) {
      event.preventDefault()
      pick(found[at])
    } else if (event.key === 'Escape') {
      event.preventDefault()
      event.stopPropagation()
      setOpen(false)
    }
  }
  return (
    <div className="partyfield">
      <Field
        label={label}
        error={error}
        role="combobox"
        dir="auto"
        autoComplete="off"
        placeholder={t('care:touch.whoExample')}
        aria-expanded={found.length > 0}
        aria-controls={`${id}-found`}
        aria-activedescendant={found[at] ? `${id}-${at}` : undefined}
        value={text}
        onChange={event => {
          setText(event.target.value)
          setOpen(true)
          setAt(0)
          if (value) onChange(null)
        }}
        onKeyDown={keys}
        onBlur={() => setTimeout(() => setOpen(false), 150)}
      />
      <span id={`${id}-found`} role="listbox" aria-label={label} className="found" hidden={found.length === 0}>
        {found.map((one, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: the keys are on the field, which names the active option
          <span
            key={`${one.is} ${one.id}`}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === at}
            onMouseDown={event => event.preventDefault()}
            onClick={() => pick(one)}
          >
            {one.is === 'organisation' ? (
              <IconBuilding size={15} stroke={1.6} aria-hidden="true" />
            ) : (
              <IconUser size={15} stroke={1.6} aria-hidden="true" />
            )}{' '}
            <bdi>{one.name}</bdi> <span className="muted">{one.aside}</span>
          </span>
        ))}
      </span>
      {wanted && data?.parties.length === 0 && (
        <p className="small muted" role="status">
          {t('care:touch.nobody')}
        </p>
      )}
    </div>
  )
}
