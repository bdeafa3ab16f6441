/** One person as we know them: what was promised, what happened, how they want to be reached. Whoever was merged leads to the survivor. */
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { Bones, ErrorState } from '../../ui/index.ts'
import { t } from '../../words/relationship.ts'
import { useMe } from '../session/me.ts'
import { usePageTitle } from '../shell/usePageTitle.ts'
import { Frame } from './Frame.tsx'
import { Head } from './Head.tsx'
import { Likely } from './Likely.tsx'
import { MergePeople } from './MergePeople.tsx'
import { More } from './More.tsx'
import { PersonDialog } from './PersonDialog.tsx'
import { PersonSide } from './PersonSide.tsx'
import { personQuery, useRenewal } from './queries.ts'
import { Story } from './Story.tsx'
import { TouchAct } from './TouchAct.tsx'

const TheirData = lazy(() => import('./TheirData.tsx'))
const route = getRouteApi('/desk/people/$personId')

export function PersonPage() {
  const { personId } = route.useParams()
  const { kinds = [] } = route.useSearch()
  const navigate = useNavigate()
  const me = useMe()
  const asked = useQuery(personQuery(personId))
  const page = asked.data
  const scroll = useRef<HTMLDivElement>(null)
  const [open, setOpen] = useState<'change' | 'merge' | 'data' | null>(null)
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
  // Whoever answers for what we have of people.
  const answers = me.administrator || me.teams.some(({ role }) => role === 'lead')
  const mail = page.addresses.find(({ kind }) => kind === 'mail')?.written
  return (
    <Frame scroll={scroll} side={<PersonSide page={page} />}>
      <Head
        subject={subject}
        page={page}
        onWrite={mail ? () => void navigate({ to: '/write', search: { to: mail } }) : null}
        touch={<TouchAct party={{ ...subject, name: page.name }} />}
        more={
          <More
            items={[
              { label: t('relationship:act.change'), run: () => setOpen('change') },
              ...(page.mayMerge ? [{ label: t('relationship:act.merge'), run: () => setOpen('merge') }] : []),
              ...(answers ? [{ label: t('relationship:data.act'), run: () => setOpen('data') }] : []),
            ]}
          />
        }
      />
      <Likely page={page} />
      <Story {...{ subject, page, scroll, kinds }} />
      {open === 'change' && <PersonDialog page={page} onClose={() => setOpen(null)} />}
      {open === 'merge' && <MergePeople page={page} onClose={() => setOpen(null)} />}
      {open === 'data' && (
        <Suspense>
          <TheirData personId={page.id} name={page.name} onClose={() => setOpen(null)} />
        </Suspense>
      )}
    </Frame>
  )
}
