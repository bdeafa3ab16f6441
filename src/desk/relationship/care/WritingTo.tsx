/** Whom a writing is for, where its address says so: put in for the writer. A check-in has facts beside it and nothing else. */
import './care.css'
import '../../../words/care.ts'
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { person } from '../../../contract/relations.ts'
import { Bones } from '../../../ui/index.ts'
import { t } from '../../../words/catalogue.ts'
import { query } from '../../api.ts'
import type { WhomFor } from '../../compose/WhoFor.tsx'
import { checkInQuery } from './careQuery.ts'
import { Material } from './Material.tsx'

type Whom = { onWhom: (whom: WhomFor) => void }

export default function WritingTo({
  checkInId,
  personId,
  onWhom,
}: Whom & { checkInId: string | undefined; personId: string | undefined }) {
  if (checkInId) return <CheckIn {...{ checkInId, personId, onWhom }} />
  return personId ? <Person personId={personId} onWhom={onWhom} /> : null
}

function CheckIn({ checkInId, personId, onWhom }: Whom & { checkInId: string; personId: string | undefined }) {
  const asked = useQuery(checkInQuery(checkInId))
  const view = asked.data
  const one = view?.people.find(each => each.person.id === personId) ?? view?.people[0]
  usePutIn(one && { personId: one.person.id, name: one.person.name, address: one.address ?? '', phone: '' }, onWhom)
  return (
    <aside className="besidewriting" aria-label={t('care:material.label')}>
      {asked.isPending && <Bones shape="list" />}
      {view && <Material view={view} />}
    </aside>
  )
}

function Person({ personId, onWhom }: Whom & { personId: string }) {
  const one = useQuery(query(person, { personId })).data
  const address = one?.addresses.find(({ kind, suspendedBecause }) => kind === 'mail' && !suspendedBecause)?.written
  usePutIn(one && { personId: one.id, name: one.name, address: address ?? '', phone: '' }, onWhom)
  return null
}

/** Once, when it is known: what is typed after that stays. */
function usePutIn(whom: WhomFor | undefined, onWhom: (whom: WhomFor) => void) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the id stands for all of it
  useEffect(() => {
    if (whom) onWhom(whom)
  }, [whom?.personId])
}
