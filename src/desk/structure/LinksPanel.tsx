/** In the side panel: what this conversation hangs together with, what went up in it, and when it comes back to me. */
import { IconX } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ConversationView } from '../../contract/conversations.ts'
import * as contract from '../../contract/structure.ts'
import { usePlace } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { whenWords } from '../compose/whenWords.ts'
import { goTo } from '../shell/going.ts'
import { undoMerge } from './MergeDialog.tsx'
import { undoSplit } from './SplitDialog.tsx'
import { actOn, useStructure } from './structureQuery.ts'

export function LinksPanel({ view }: { view: ConversationView }) {
  const place = usePlace()
  const structure = useStructure(view.id)
  if (!structure) return null
  const { links, merges, snoozedUntil } = structure
  return (
    <>
      {snoozedUntil && (
        <section>
          <h2 className="section">{t('structure:later.title')}</h2>
          <p className="small two">
            {t('structure:later.until', { when: whenWords(snoozedUntil, place) })}{' '}
            <button
              type="button"
              className="link"
              onClick={() => void actOn(contract.wake, { conversationId: view.id })}
            >
              {t('structure:later.wake')}
            </button>
          </p>
        </section>
      )}
      {links.length > 0 && (
        <section>
          <h2 className="section">{t('structure:link.section')}</h2>
          <ul className="also links">
            {links.map(({ linkId, as, other }) => (
              <li key={linkId}>
                <Link
                  to="/conversations/$conversationId"
                  params={{ conversationId: String(other.number) }}
                  search={{}}
                  className="cut"
                  dir="auto"
                >
                  {other.subject || t('inbox:noSubject')}
                </Link>
                <span className="small muted">
                  {t(`structure:link.is.${as}`, { number: other.number })} · {t(`inbox:state.${other.state}`)}
                </span>
                {view.may.write && as !== 'part' && as !== 'whole' && (
                  <button
                    type="button"
                    className="icon"
                    aria-label={t('structure:link.remove', { number: other.number })}
                    title={t('structure:link.remove', { number: other.number })}
                    onClick={() => void actOn(contract.unlink, { conversationId: view.id, linkId })}
                  >
                    <IconX size={16} stroke={1.6} aria-hidden="true" />
                  </button>
                )}
                {view.may.handOver && as === 'whole' && (
                  <button
                    type="button"
                    className="link small"
                    onClick={() =>
                      void undoSplit(view.id).then(
                        whole =>
                          whole &&
                          goTo({
                            to: '/conversations/$conversationId',
                            params: { conversationId: String(whole.number) },
                            search: {},
                          }),
                      )
                    }
                  >
                    {t('structure:split.undo')}
                  </button>
                )}
              </li>
            ))}
          </ul>
        </section>
      )}
      {merges.length > 0 && (
        <section>
          <h2 className="section">{t('structure:merge.section')}</h2>
          <ul className="also links">
            {merges.map(({ mergeId, number, subject, messages }) => (
              <li key={mergeId}>
                <span className="cut" dir="auto">
                  {subject || t('inbox:noSubject')}
                </span>
                <span className="small muted">{t('structure:merge.was', { number, count: messages })}</span>
                {view.may.handOver && (
                  <button type="button" className="link small" onClick={() => void undoMerge(mergeId)}>
                    {t('structure:merge.undo')}
                  </button>
                )}
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}
