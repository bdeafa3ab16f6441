/** One person as we know them: what was promised, what happened, how they want to be reached. Whoever was merged leads to the survivor. */
import { IconDotsVertical } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { Bones, ErrorState } from '../../ui/index.ts'
import { t } from '../../words/relationship.ts'
import { Menu } from '../pieces/Menu.tsx'
import { usePageTitle } from '../shell/usePageTitle.ts'
import { Exchange } from './Exchange.tsx'
import { Frame } from './Frame.tsx'
import { Head } from './Head.tsx'
import { Likely } from './Likely.tsx'
import { MergePeople } from './MergePeople.tsx'
import { PersonDialog } from './PersonDialog.tsx'
import { PersonSide } from './PersonSide.tsx'
import { personQuery, useRenewal } from './queries.ts'
import { Timeline } from './Timeline.tsx'
import { TouchAct } from './TouchAct.tsx'

const route = getRouteApi('/desk/people/$personId')

export function PersonPage() {
  const { personId } = route.useParams()
  const { kinds = [] } = route.useSearch()
  const navigate = useNavigate()
  const asked = useQuery(personQuery(personId))
  const page = asked.data
  const scroll = useRef<HTMLDivElement>(null)
  const [open, setOpen] = useState<'change' | 'merge' | null>(null)
  useRenewal(page ? { is: 'person', id: page.id } : null)
  usePageTitle(page?.name ?? t('relationship:people'))
  // The record that was asked for went up in another one.
  const led = page && page.id !== personId ? page.id : null
  useEffect(() => {
    if (led) void navigate({ to: '/people/$personId', params: { personId: led }, search: {}, replace: true })
  }, [led, navigate])
  if (!page)
    return (
      <main className="page" id="page">
        {asked.isError ? <ErrorState whole asked={asked} /> : <Bones rows={6} />}
      </main>
    )
  const subject = { is: 'person' as const, id: page.id }
  const mail = page.addresses.find(({ kind }) => kind === 'mail')?.written
  return (
    <Frame scroll={scroll} side={<PersonSide page={page} />}>
      <Head
        subject={subject}
        page={page}
        onWrite={mail ? () => void navigate({ to: '/write', search: { to: mail } }) : null}
        touch={<TouchAct party={{ ...subject, name: page.name }} />}
        more={
          <Menu
            label={t('relationship:act.more')}
            target={
              <button type="button" className="icon" aria-label={t('relationship:act.more')}>
                <IconDotsVertical size={18} stroke={1.6} aria-hidden="true" />
              </button>
            }
            items={[
              { label: t('relationship:act.change'), run: () => setOpen('change') },
              ...(page.mayMerge ? [{ label: t('relationship:act.merge'), run: () => setOpen('merge') }] : []),
            ]}
          />
        }
      />
      <Likely page={page} />
      <Exchange exchange={page.exchange} />
      <Timeline
        subject={subject}
        scroll={scroll}
        kinds={kinds}
        onKinds={next => void navigate({ to: '.', search: next.length > 0 ? { kinds: next } : {}, replace: true })}
      />
      {open === 'change' && <PersonDialog page={page} onClose={() => setOpen(null)} />}
      {open === 'merge' && <MergePeople page={page} onClose={() => setOpen(null)} />}
    </Frame>
  )
}
