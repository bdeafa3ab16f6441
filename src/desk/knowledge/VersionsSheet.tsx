/** What stood there before: every version with who wrote and published it, what changed, and taking one back into what is being written. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import * as contract from '../../contract/knowledge.ts'
import { Bones, Button, ErrorState, Time } from '../../ui/index.ts'
import { t } from '../../words/knowledge.ts'
import { ask, query } from '../api.ts'
import { Sheet } from '../pieces/Sheet.tsx'
import { notice, noticeFailure } from '../shell/notices.ts'
import { haveNow } from './queries.ts'

type Props = { article: contract.ArticleView; language: string; onRestored: () => void; onClose: () => void }

export function VersionsSheet({ article, language, onRestored, onClose }: Props) {
  const of = { articleId: article.id, language }
  const asked = useQuery(query(contract.versions, of))
  const [chosen, setChosen] = useState<string | null>(null)
  const all = asked.data?.versions ?? []
  const versionId = chosen ?? all[0]?.id ?? null
  const restore = async (id: string) => {
    try {
      haveNow(await ask(contract.restoreVersion, { ...of, versionId: id }))
      onRestored()
      onClose()
      notice({ title: t('knowledge:restored') })
    } catch (error) {
      noticeFailure(error)
    }
  }
  return (
    <Sheet title={t('knowledge:versions')} onClose={onClose}>
      {asked.isPending && <Bones shape="list" />}
      {asked.isError && <ErrorState asked={asked} />}
      <div className="versions">
        <ol className="versionlist" aria-label={t('knowledge:versions')}>
          {all.map(each => (
            <li key={each.id}>
              <button type="button" aria-pressed={each.id === versionId} onClick={() => setChosen(each.id)}>
                <span className="strong">{t('knowledge:version', { number: each.number })}</span>
                <span className="small">{t(`knowledge:state.${each.state}`)}</span>
                <span className="small muted">
                  <bdi>{each.author?.name ?? ''}</bdi> <Time at={each.publishedAt ?? each.changedAt} shown="short" />
                </span>
              </button>
            </li>
          ))}
        </ol>
        {versionId && (
          <Difference
            key={versionId}
            of={{ ...of, versionId }}
            onRestore={article.may.write ? () => void restore(versionId) : null}
          />
        )}
      </div>
    </Sheet>
  )
}

type Of = { articleId: string; language: string; versionId: string }

function Difference({ of, onRestore }: { of: Of; onRestore: (() => void) | null }) {
  const asked = useQuery(query(contract.difference, of))
  if (asked.isPending) return <Bones rows={4} />
  if (!asked.data) return <ErrorState asked={asked} />
  const { version, before, parts } = asked.data
  const work = version.state === 'draft' || version.state === 'in-review' || version.state === 'scheduled'
  return (
    <section aria-label={t('knowledge:difference')}>
      <p className="small muted">
        {before === null ? t('knowledge:firstVersion') : t('knowledge:changedFrom', { number: before })}
      </p>
      {onRestore && !work && <Button onClick={onRestore}>{t('knowledge:restore')}</Button>}
      <div className="difference" dir="auto">
        {parts.map((part, at) => {
          const Is = part.is === 'added' ? 'ins' : part.is === 'removed' ? 'del' : 'span'
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts never move
          return <Is key={at}>{part.text}</Is>
        })}
      </div>
    </section>
  )
}
