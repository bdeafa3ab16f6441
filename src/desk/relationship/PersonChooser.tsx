/** Choosing a person or an organisation by typing the beginning of a name or an address. */
import { useInfiniteQuery } from '@tanstack/react-query'
import { useDeferredValue, useId, useState } from 'react'
import type { RelationRow } from '../../contract/organisations.ts'
import { Field } from '../../ui/index.ts'
import { t } from '../../words/relationship.ts'
import { relationsQuery } from './queries.ts'

export type Chosen = Pick<RelationRow, 'id' | 'name' | 'about' | 'member'>
type Props = {
  is: 'people' | 'organisations'
  label: string
  chosen: Chosen | null
  onChoose: (chosen: Chosen) => void
  /** ids that make no sense here */
  without?: readonly string[]
  /** what was typed, for making somebody new of it */
  onText?: (text: string) => void
}

export function PersonChooser({ is, label, chosen, onChoose, without = [], onText }: Props) {
  const [typed, setTyped] = useState('')
  const like = useDeferredValue(typed.trim())
  const asked = useInfiniteQuery({ ...relationsQuery(is, like, false), enabled: like.length > 0 })
  const rows =
    like === '' ? [] : (asked.data?.pages[0]?.rows ?? []).filter(row => !without.includes(row.id)).slice(0, 8)
  const name = useId()
  return (
    <>
      <Field
        label={label}
        data-autofocus
        autoComplete="off"
        dir="auto"
        maxLength={100}
        value={typed}
        onChange={event => {
          setTyped(event.currentTarget.value)
          onText?.(event.currentTarget.value)
        }}
      />
      {(rows.length > 0 || chosen) && (
        <fieldset className="others" aria-busy={asked.isFetching || undefined}>
          <legend className="sr">{label}</legend>
          {(chosen && !rows.some(row => row.id === chosen.id) ? [chosen, ...rows] : rows).map(row => (
            <label key={row.id} className="other">
              <input type="radio" name={name} checked={chosen?.id === row.id} onChange={() => onChoose(row)} />
              <span className="what">
                <bdi className="cut">{row.name}</bdi>
                {row.about && <bdi className="small muted cut">{row.about}</bdi>}
              </span>
            </label>
          ))}
        </fieldset>
      )}
      {like !== '' && asked.isSuccess && rows.length === 0 && !chosen && (
        <p className="small muted" role="status">
          {t('relationship:choose.nobody')}
        </p>
      )}
    </>
  )
}
