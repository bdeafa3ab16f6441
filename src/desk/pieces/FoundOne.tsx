/** One of what is found by typing: a field, and below it what fits, to be chosen. */
import './pieces.css'
import { useState } from 'react'
import { Field } from '../../ui/index.ts'

type Props = {
  label: string
  /** said where nothing fits */
  none: string
  chosen: string | null
  onChoose: (id: string | null) => void
  /** null: not asked yet */
  found: readonly { id: string; title: string }[] | null
  onType: (q: string) => void
}

export function FoundOne({ label, none, chosen, onChoose, found, onType }: Props) {
  const [text, setText] = useState('')
  return (
    <>
      <Field
        label={label}
        type="search"
        dir="auto"
        maxLength={200}
        value={text}
        onChange={event => {
          setText(event.currentTarget.value)
          onType(event.currentTarget.value)
          onChoose(null)
        }}
      />
      <fieldset className="foundone">
        <legend className="sr">{label}</legend>
        {found?.map(({ id, title }) => (
          <label key={id}>
            <input type="radio" name="found" checked={chosen === id} onChange={() => onChoose(id)} />
            <span dir="auto">{title}</span>
          </label>
        ))}
        {found?.length === 0 && <p className="small muted">{none}</p>}
      </fieldset>
    </>
  )
}

/** A single letter is found everywhere. */
export const isSought = (q: string) => q.length > 1
