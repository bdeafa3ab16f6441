/** Some organisations, found by typing: those that are chosen, each to be left out again. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { relations } from '../../contract/organisations.ts'
import { Field } from '../../ui/index.ts'
import { query } from '../api.ts'

type Organisation = { id: string; name: string }
type Props = {
  chosen: readonly Organisation[]
  words: { add: string; remove: string }
  onChange: (next: Organisation[]) => void
}

export function OrganisationsField({ chosen, words, onChange }: Props) {
  const [like, setLike] = useState('')
  const { data } = useQuery({
    ...query(relations, { is: 'organisations', like: like.trim() }),
    enabled: like.trim().length > 1,
  })
  const found = (data?.rows ?? []).filter(each => !chosen.some(one => one.id === each.id)).slice(0, 6)
  return (
    <div className="artorgs">
      <ul>
        {chosen.map(each => (
          <li key={each.id}>
            <bdi>{each.name}</bdi>{' '}
            <button type="button" className="link" onClick={() => onChange(chosen.filter(one => one.id !== each.id))}>
              {words.remove}
            </button>
          </li>
        ))}
      </ul>
      <Field
        label={words.add}
        type="search"
        dir="auto"
        value={like}
        onChange={event => setLike(event.currentTarget.value)}
      />
      <ul>
        {found.map(each => (
          <li key={each.id}>
            <button
              type="button"
              className="link"
              dir="auto"
              onClick={() => {
                onChange([...chosen, { id: each.id, name: each.name }])
                setLike('')
              }}
            >
              {each.name}
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}
