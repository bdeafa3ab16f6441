/** One organisation as we know it: its people, what was promised both ways, and what happened with any of them. */
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { changeOrganisation } from '../../contract/organisations.ts'
import { Bones, ErrorState } from '../../ui/index.ts'
import { t } from '../../words/relationship.ts'
import { notice } from '../shell/notices.ts'
import { usePageTitle } from '../shell/usePageTitle.ts'
import { act } from './acting.ts'
import { Frame } from './Frame.tsx'
import { Head } from './Head.tsx'
import { More } from './More.tsx'
import { OrganisationDialog } from './OrganisationDialog.tsx'
import { OrganisationSide } from './OrganisationSide.tsx'
import { organisationQuery, useRenewal } from './queries.ts'
import { Story } from './Story.tsx'
import { TouchAct } from './TouchAct.tsx'
import { WriteTo } from './WriteTo.tsx'

const route = getRouteApi('/desk/organisations/$organisationId')

export function OrganisationPage() {
  const { organisationId } = route.useParams()
  const { kinds = [] } = route.useSearch()
  const asked = useQuery(organisationQuery(organisationId))
  const page = asked.data
  const scroll = useRef<HTMLDivElement>(null)
  const [changing, setChanging] = useState(false)
  const subject = { is: 'organisation' as const, id: organisationId }
  useRenewal(subject)
  usePageTitle(page?.name ?? t('relationship:organisations'))
  if (!page)
    return (
      <main className="page" id="page">
        {asked.isError ? <ErrorState whole asked={asked} /> : <Bones rows={6} />}
      </main>
    )
  const archive = async (archived: boolean) => {
    if (!(await act(subject, changeOrganisation, { organisationId, archived }))) return
    notice({
      title: t(archived ? 'relationship:organisation.archived' : 'relationship:organisation.back', { name: page.name }),
      onUndo: () => void act(subject, changeOrganisation, { organisationId, archived: !archived }),
    })
  }
  return (
    <Frame scroll={scroll} side={<OrganisationSide page={page} />}>
      <Head
        subject={subject}
        page={page}
        onWrite={null}
        write={<WriteTo page={page} />}
        touch={<TouchAct party={{ ...subject, name: page.name }} />}
        more={
          <More
            items={[
              { label: t('relationship:act.change'), run: () => setChanging(true) },
              {
                label: t(page.archived ? 'relationship:act.bringBack' : 'relationship:act.archive'),
                run: () => void archive(!page.archived),
              },
            ]}
          />
        }
      />
      {page.archived && <p className="tellsof">{t('relationship:organisation.isArchived')}</p>}
      <Story {...{ subject, page, scroll, kinds }} />
      {changing && <OrganisationDialog page={page} onClose={() => setChanging(false)} />}
    </Frame>
  )
}
