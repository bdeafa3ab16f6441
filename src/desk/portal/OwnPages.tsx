/** Pages of our own: which there are, where a link leads to them, and whether customers see them. Written on a page of their own. */
import { IconFileText } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import * as contract from '../../contract/help-pages.ts'
import { Button } from '../../ui/index.ts'
import { t } from '../../words/catalogue.ts'
import { ask, query, renew } from '../api.ts'
import { cache } from '../cache.ts'
import { Row, Section, Waits } from '../settings/Section.tsx'
import { notice, noticeFailure } from '../shell/notices.ts'

export const helpPagesQuery = query(contract.helpPages, {})

export function asSaved({ id, slug, place, published, texts }: contract.HelpPage, seenRevision: number) {
  return { pageId: id, seenRevision, slug, place, published, texts }
}

export function OwnPages() {
  const asked = useQuery(helpPagesQuery)
  const restoring = useMutation({
    mutationFn: (page: contract.HelpPage) => ask(contract.saveHelpPage, asSaved(page, 0)),
    onSettled: () => renew(cache, contract.helpPages),
    onError: (error: Error) => noticeFailure(error),
  })
  const removing = useMutation({
    mutationFn: ({ id }: contract.HelpPage) => ask(contract.removeHelpPage, { pageId: id }),
    onSettled: () => renew(cache, contract.helpPages),
    onError: (error: Error) => noticeFailure(error),
    onSuccess: (_, page) =>
      notice({
        title: t('portal:removed', { name: page.texts[0]?.title ?? page.slug }),
        onUndo: () => restoring.mutate(page),
      }),
  })
  const { pages = [], origin = '' } = asked.data ?? {}
  return (
    <Section title={t('portal:pages')} note={t('portal:pagesLead')}>
      <Waits asked={asked} />
      <ul className="ledge">
        {pages.map(page => (
          <Row
            key={page.id}
            off={!page.published}
            icon={<IconFileText size={18} aria-hidden />}
            acts={
              <>
                {page.published && (
                  <a className="link" href={`${origin}${page.path}`}>
                    {t('portal:look')}
                  </a>
                )}
                <Button kind="quiet" onClick={() => removing.mutate(page)}>
                  {t('portal:remove')}
                </Button>
              </>
            }
          >
            <Link className="strong" to="/settings/portal/pages/$pageId" params={{ pageId: page.id }}>
              <bdi>{page.texts[0]?.title}</bdi>
            </Link>
            <p className="small muted">
              {t(page.published ? `portal:placed.${page.place}` : 'portal:draft')} <bdi>{page.path}</bdi>
            </p>
          </Row>
        ))}
      </ul>
      {asked.data && (
        <p className="acts spaced">
          <Link className="btn" to="/settings/portal/pages/$pageId" params={{ pageId: 'new' }}>
            {t('portal:writePage')}
          </Link>
        </p>
      )}
    </Section>
  )
}
