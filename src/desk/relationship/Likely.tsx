/** Others who may be the same person. Merges nobody: somebody looks, and says yes or no. */
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { notTheSame } from '../../contract/relations.ts'
import { Button } from '../../ui/index.ts'
import { t } from '../../words/relationship.ts'
import { act } from './acting.ts'
import { MergePeople } from './MergePeople.tsx'
import type { Person } from './queries.ts'

export function Likely({ page }: { page: Person }) {
  const [merging, setMerging] = useState<Person['likely'][number] | null>(null)
  const [first] = page.likely
  if (!first || !page.mayMerge) return null
  return (
    <div className="tellsof" role="status">
      <p>
        {t('relationship:likely.words')}{' '}
        <Link to="/people/$personId" params={{ personId: first.person.id }} search={{}}>
          <bdi>{first.person.name}</bdi>
        </Link>{' '}
        {first.address && <bdi className="muted">{first.address}</bdi>}
      </p>
      <p className="acts">
        <Button onClick={() => setMerging(first)}>{t('relationship:likely.same')}</Button>
        <Button
          kind="quiet"
          onClick={() =>
            void act({ is: 'person', id: page.id }, notTheSame, { personId: page.id, otherId: first.person.id })
          }
        >
          {t('relationship:likely.not')}
        </Button>
      </p>
      {merging && (
        <MergePeople
          page={page}
          other={{ ...merging.person, about: merging.address ?? '', member: false }}
          onClose={() => setMerging(null)}
        />
      )}
    </div>
  )
}
