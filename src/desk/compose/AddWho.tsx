/** Types a name or an address; takes an address on Enter, comma or leaving, and a known person from the list. */
import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, type Ref, useId, useState } from 'react'
import { findPeople } from '../../contract/conversations.ts'
import { t } from '../../words/desk.ts'
import { query } from '../api.ts'
import { readOne, readPasted, type Who } from './addresses.ts'

type Props = {
  label: string
  taken: Who[]
  autoFocus: boolean
  text: string
  onText: (text: string) => void
  onAdd: (people: Who[]) => void
  /** leftwards out of the empty field: to the chips */
  onBack: (how: 'go' | 'take') => void
  field: Ref<HTMLInputElement>
}

export function AddWho({ label, taken, autoFocus, text, onText, onAdd, onBack, field }: Props) {
  const id = useId()
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
  const add = (people: Who[]) => {
    onText('')
    setWrong(false)
    setAt(-1)
    onAdd(people.filter(one => !taken.some(who => who.address.toLowerCase() === one.address.toLowerCase())))
  }
  const take = () => {
    const one = readOne(like)
    if (one && !one.wrong) add([one])
    else if (one) setWrong(true)
  }
  const keys = (event: KeyboardEvent<HTMLInputElement>) => {
    const chosen = found[at]
    const first = event.currentTarget.selectionStart === 0 && event.currentTarget.selectionEnd === 0
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      setAt(now => Math.max(-1, Math.min(found.length - 1, now + (event.key === 'ArrowDown' ? 1 : -1))))
    } else if (event.key === 'Enter' && chosen?.address) {
      event.preventDefault()
      add([{ address: chosen.address, name: chosen.name }])
    } else if ((event.key === 'Enter' && !event.ctrlKey && !event.metaKey) || event.key === ',' || event.key === ';') {
      event.preventDefault()
      take()
    } else if (event.key === 'Backspace' && text === '') onBack('take')
    else if (event.key === 'ArrowLeft' && first) onBack('go')
    else if (event.key === 'Escape' && text !== '') {
      event.stopPropagation()
      onText('')
    }
  }
  return (
    <span className="addwho">
      <input
        ref={field}
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
        data-autofocus={autoFocus || undefined}
        value={text}
        placeholder={taken.length === 0 ? t('compose:whom') : ''}
        data-first={taken.length === 0 || undefined}
        onChange={event => {
          onText(event.target.value)
          setWrong(false)
        }}
        onPaste={event => {
          const many = readPasted(event.clipboardData.getData('text'))
          if (many.length < 2 && !many[0]?.name) return
          event.preventDefault()
          add(many)
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
            onClick={() => one.address && add([{ address: one.address, name: one.name }])}
          >
            <bdi>{one.name}</bdi> <span className="muted">{one.address}</span>
          </span>
        ))}
      </span>
    </span>
  )
}
