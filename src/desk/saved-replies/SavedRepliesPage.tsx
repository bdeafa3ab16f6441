/** Saved replies: one's own, the teams', everybody's. A ledger to find one in; the words are changed on a page of their own. */
import './saved-replies.css'
import { IconArchive, IconArchiveOff, IconMessage2 } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import * as contract from '../../contract/saved-replies.ts'
import { Button, EmptyState, Field, Tick } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { ask, query, renew } from '../api.ts'
import { cache } from '../cache.ts'
import { savedThatFit } from '../compose/editor/savedThatFit.ts'
import { Waits } from '../settings/Section.tsx'
import { Subject } from '../settings/SettingsPage.tsx'
import { notice, noticeFailure } from '../shell/notices.ts'

type One = contract.SavedReply
export const savedRepliesQuery = query(contract.savedReplies, {})

export function SavedRepliesPage() {
  const asked = useQuery(savedRepliesQuery)
  const [like, setLike] = useState('')
  const [withArchived, setWithArchived] = useState(false)
  const all = asked.data?.savedReplies ?? []
  const archived = all.filter(one => one.archivedAt !== null).length
  const shown = useMemo(() => {
    const present = (asked.data?.savedReplies ?? []).filter(one => withArchived || one.archivedAt === null)
    return like.trim() === '' ? present : savedThatFit(present, like.trim())
  }, [asked.data, like, withArchived])
  const groups = grouped(shown)
  return (
    <Subject
      subject={t('subjects:saved-replies.name')}
      title={t('saved-replies:title')}
      lead={t('saved-replies:lead')}
      act={
        <Link className="btn" data-primary to="/settings/saved-replies/$savedReplyId" params={{ savedReplyId: 'new' }}>
          {t('saved-replies:make')}
        </Link>
      }
    >
      <Waits asked={asked} />
      {asked.isSuccess && all.length === 0 && (
        <div className="block">
          <EmptyState title={t('saved-replies:empty')}>{t('saved-replies:emptyLead')}</EmptyState>
        </div>
      )}
      {all.length > 0 && (
        <div className="block savedtools">
          <Field
            label={t('saved-replies:find')}
            hideLabel
            type="search"
            placeholder={t('saved-replies:find')}
            value={like}
            onChange={event => setLike(event.currentTarget.value)}
          />
          {archived > 0 && (
            <Tick
              label={t('saved-replies:withArchived', { count: archived })}
              checked={withArchived}
              onChange={event => setWithArchived(event.currentTarget.checked)}
            />
          )}
        </div>
      )}
      {all.length > 0 && shown.length === 0 && (
        <p className="block muted">{t('saved-replies:nothingLike', { like })}</p>
      )}
      {groups.map(({ key, title, replies }) => (
        <section key={key} className="savedgroup" aria-label={title}>
          <h2 className="section">{title}</h2>
          <ul className="ledge">
            {replies.map(one => (
              <Row key={one.id} one={one} />
            ))}
          </ul>
        </section>
      ))}
    </Subject>
  )
}

function grouped(all: readonly One[]) {
  const keyOf = ({ whose }: One) => (whose.is === 'team' ? whose.teamId : whose.is)
  const rank = ({ whose }: One) => ({ mine: 0, team: 1, everybody: 2 })[whose.is]
  const titleOf = (one: One) =>
    one.whose.is === 'team' ? (one.teamName ?? '') : t(`saved-replies:whose.${one.whose.is}`)
  return [...Map.groupBy(all, keyOf)]
    .flatMap(([key, replies]) =>
      replies[0] ? [{ key, title: titleOf(replies[0]), rank: rank(replies[0]), replies }] : [],
    )
    .sort((a, b) => a.rank - b.rank || a.title.localeCompare(b.title))
}

const plain = (html: string) => new DOMParser().parseFromString(html, 'text/html').body.textContent?.trim() ?? ''

function Row({ one }: { one: One }) {
  const archived = one.archivedAt !== null
  return (
    <li data-lead data-archived={archived || undefined}>
      <IconMessage2 size={20} stroke={1.5} aria-hidden="true" />
      <div>
        <p className="w">
          <Link to="/settings/saved-replies/$savedReplyId" params={{ savedReplyId: one.id }}>
            <bdi>{one.name}</bdi>
          </Link>{' '}
          {one.shortcut && <code className="small muted">/{one.shortcut}</code>}
        </p>
        <p className="small muted cut" dir="auto">
          {plain(one.texts[0]?.body ?? '').slice(0, 160)}
        </p>
        <p className="small muted">
          {t('saved-replies:used', { count: one.used })}
          {one.verified > 0 && ` · ${t('options:saved.verified', { count: one.verified })}`}
          {one.flags.length > 0 && <strong>{` · ${t('options:saved.flags', { count: one.flags.length })}`}</strong>}
          {one.texts.length > 1 && ` · ${t('saved-replies:languages', { count: one.texts.length })}`}
          {archived && ` · ${t('saved-replies:archived')}`}
        </p>
      </div>
      {one.mayChange && (
        <span className="acts">
          <Button kind="quiet" onClick={() => void archive(one, !archived)}>
            {archived ? (
              <IconArchiveOff size={17} stroke={1.6} aria-hidden="true" />
            ) : (
              <IconArchive size={17} stroke={1.6} aria-hidden="true" />
            )}{' '}
            {t(archived ? 'saved-replies:bringBack' : 'saved-replies:archive')}
          </Button>
        </span>
      )}
    </li>
  )
}

async function archive({ id, name }: Pick<One, 'id' | 'name'>, archived: boolean) {
  try {
    await ask(contract.archiveSavedReply, { savedReplyId: id, archived })
    renew(cache, contract.savedReplies)
    notice({
      title: t(archived ? 'saved-replies:isArchived' : 'saved-replies:isBack', { name }),
      onUndo: () => void archive({ id, name }, !archived),
    })
  } catch (error) {
    noticeFailure(error)
  }
}
