/** One of a few, all in sight. */
import './radios.css'
import { useId } from 'react'

type Props<V extends string> = {
  label: string
  value: V
  options: [V, string][]
  onChange: (value: V) => void
  disabled?: boolean
}

export function Radios<V extends string>({ label, value, options, onChange, disabled }: Props<V>) {
  const name = useId()
  return (
    <fieldset className="oneof" disabled={disabled}>
      <legend>{label}</legend>
      {options.map(([option, words]) => (
        <label key={option}>
          <input type="radio" className="sr" name={name} checked={option === value} onChange={() => onChange(option)} />
          {words}
        </label>
      ))}
    </fieldset>
  )
}
