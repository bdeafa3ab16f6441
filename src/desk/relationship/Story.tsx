/** What a relationship's page tells of anybody: what was promised both ways, and what happened, of the kinds one wants to see. */
import { useNavigate } from '@tanstack/react-router'
import type { RefObject } from 'react'
import type { TimelineKind } from '../../contract/relations.ts'
import { Exchange } from './Exchange.tsx'
import type { Organisation, Person, Subject } from './queries.ts'
import { Timeline } from './Timeline.tsx'

type Props = {
  subject: Subject
  page: Person | Organisation
  scroll: RefObject<HTMLDivElement | null>
  kinds: TimelineKind[]
}

export function Story({ subject, page, scroll, kinds }: Props) {
  const navigate = useNavigate()
  return (
    <>
      <Exchange exchange={page.exchange} />
      <Timeline
        subject={subject}
        scroll={scroll}
        kinds={kinds}
        onKinds={next => void navigate({ to: '.', search: next.length > 0 ? { kinds: next } : {}, replace: true })}
      />
    </>
  )
}
