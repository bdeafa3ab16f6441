/** The field over a list in which one types what to find. Waits for nothing itself: whoever uses it says what a typed word does. */
import './find.css'
import { IconSearch } from '@tabler/icons-react'
import type { KeyboardEventHandler, Ref } from 'react'

type FindProps = {
  label: string
  value: string
  longest?: number
  onChange: (text: string) => void
  onKeyDown?: KeyboardEventHandler
  ref?: Ref<HTMLInputElement>
}

export function Find({ label, value, longest = 200, onChange, onKeyDown, ref }: FindProps) {
  return (
    <search className="finding">
      <IconSearch className="i" size={18} stroke={1.6} aria-hidden="true" />
      <input
        ref={ref}
        type="search"
        dir="auto"
        maxLength={longest}
        aria-label={label}
        placeholder={label}
        value={value}
        onChange={event => onChange(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
    </search>
  )
}
