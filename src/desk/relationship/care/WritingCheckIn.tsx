/** Beside the composer while a check-in is written: nothing but facts. And whom it goes to, put in for the writer. */
import './care.css'
import '../../../words/care.ts'
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { Bones } from '../../../ui/index.ts'
import { t } from '../../../words/catalogue.ts'
import type { WhomFor } from '../../compose/WhoFor.tsx'
import { checkInQuery } from './careQuery.ts'
import { Material } from './Material.tsx'

type Props = { checkInId: string; personId: string | undefined; onWhom: (whom: WhomFor) => void }

export default function WritingCheckIn({ checkInId, personId, onWhom }: Props) {
  const asked = useQuery(checkInQuery(checkInId))
  const view = asked.data
  const one = view?.people.find(({ person }) => person.id === personId) ?? view?.people[0]
  // biome-ignore lint/correctness/useExhaustiveDependencies: put in once, when it is known
  useEffect(() => {
    if (one) onWhom({ personId: one.person.id, name: one.person.name, address: one.address ?? '', phone: '' })
  }, [one?.person.id])
  return (
    <aside className="besidewriting" aria-label={t('care:material.label')}>
      {asked.isPending && <Bones shape="list" />}
      {view && <Material view={view} />}
    </aside>
  )
}
