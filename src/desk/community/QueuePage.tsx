/** What waits for a look: posts that waited by themselves or were flagged, the longest waiting first; settled by a key, and to be taken back. */
import './community.css'
import { IconCheck, IconDots, IconShieldX, IconTrash } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import * as tending from '../../contract/community-tending.ts'
import { Bones, Button, EmptyState, ErrorState, Keys, Portrait, Time } from '../../ui/index.ts'
import { t } from '../../words/community.ts'
import { ask } from '../api.ts'
import { Menu } from '../pieces/Menu.tsx'
import { useActions } from '../shell/actions.ts'
import { goTo } from '../shell/going.ts'
import { usePageTitle } from '../shell/usePageTitle.ts'
import { PersonSheet } from './PersonSheet.tsx'
import { nameOf } from './queries.ts'
import { RemoveDialog } from './RemoveDialog.tsx'
import { settle, settlePost, trustPerson } from './tending.ts'
import { Written } from './Written.tsx'

const look = { size: 17, stroke: 1.6, 'aria-hidden': true } as const

export function QueuePage() {
  const asked = useInfiniteQuery({
    queryKey: [tending.communityQueue.path],
    queryFn: ({ signal, pageParam }) => ask(tending.communityQueue, pageParam ? { after: pageParam } : {}, signal),
    initialPageParam: '',
    getNextPageParam: page => page.next,
  })
  const items = asked.data?.pages.flatMap(page => page.items) ?? []
  const [at, setAt] = useState(0)
  const [removing, setRemoving] = useState<tending.QueueItem | null>(null)
  const [person, setPerson] = useState<string | null>(null)
  const list = useRef<HTMLOListElement>(null)
  const place = Math.min(at, Math.max(0, items.length - 1))
  const chosen = items[place]
  usePageTitle(t('community:queue'))
  const move = (by: number) => {
    const next = Math.max(0, Math.min(items.length - 1, place + by))
    setAt(next)
    list.current?.children[next]?.scrollIntoView({ block: 'nearest' })
  }
  const here = (id: string, keys: string, label: string, run: (item: tending.QueueItem) => void) => ({
    ...{ id: `queue-${id}`, label, keys, group: 'here' as const },
    run: () => chosen && run(chosen),
  })
  useActions(
    items.length === 0
      ? []
      : [
          {
            id: 'queue-down',
            label: t('community:key.next'),
            keys: 'j',
            group: 'lists',
            run: () => move(1),
            hidden: true,
          },
          {
            id: 'queue-up',
            label: t('community:key.before'),
            keys: 'k',
            group: 'lists',
            run: () => move(-1),
            hidden: true,
          },
          here('stand', 's', t('community:act.stand'), item => void settlePost(item.postId, 'stand')),
          here('remove', '#', t('community:act.remove'), item => setRemoving(item)),
          here('spam', '!', t('community:act.spam'), item => void settlePost(item.postId, 'spam')),
          here(
            'open',
            'Enter',
            t('community:key.open'),
            item => void goTo({ to: '/community/$topicId', params: { topicId: item.topic.id } }),
          ),
        ],
  )
  return (
    <main className="page community" id="page" tabIndex={-1}>
      <header>
        <p className="small">
          <Link to="/community" search={{}}>
            {t('community:title')}
          </Link>
        </p>
        <h1 className="title">{t('community:queue')}</h1>
        <p className="muted">{t('community:queueLead')}</p>
      </header>
      {asked.isPending && <Bones shape="list" rows={4} />}
      {asked.isError && !asked.data && <ErrorState asked={asked} />}
      {asked.isSuccess && items.length === 0 && (
        <EmptyState title={t('community:queueEmpty')}>{t('community:queueEmptyLead')}</EmptyState>
      )}
      {items.length > 0 && (
        <>
          <p className="small muted comkeys">
            <Keys keys="j" /> <Keys keys="k" /> {t('community:key.move')} · <Keys keys="s" /> {t('community:act.stand')}{' '}
            · <Keys keys="#" /> {t('community:act.remove')} · <Keys keys="!" /> {t('community:act.spam')}
          </p>
          <ol className="comqueue" ref={list} aria-label={t('community:queue')}>
            {items.map((item, index) => (
              <li
                key={item.postId}
                aria-current={index === place ? 'true' : undefined}
                onPointerDown={() => setAt(index)}
                onFocus={() => setAt(index)}
              >
                <Item
                  item={item}
                  onRemove={() => setRemoving(item)}
                  onPerson={() => item.author.personId && setPerson(item.author.personId)}
                />
              </li>
            ))}
          </ol>
        </>
      )}
      {asked.hasNextPage && (
        <p>
          <Button busy={asked.isFetchingNextPage} onClick={() => void asked.fetchNextPage()}>
            {t('community:more')}
          </Button>
        </p>
      )}
      {removing && (
        <RemoveDialog
          name={nameOf(removing.author)}
          own={false}
          whole={removing.number === 1}
          undoes
          onRemove={because => settle(removing.postId, 'remove', because)}
          onClose={() => setRemoving(null)}
        />
      )}
      {person && <PersonSheet personId={person} onClose={() => setPerson(null)} />}
    </main>
  )
}

type ItemProps = { item: tending.QueueItem; onRemove: () => void; onPerson: () => void }

function Item({ item, onRemove, onPerson }: ItemProps) {
  const name = nameOf(item.author)
  const { personId } = item.author
  return (
    <article className="compost">
      <Portrait name={name} />
      <div>
        <header className="comby">
          <span>
            <button type="button" className="link strong" onClick={onPerson}>
              <bdi>{name}</bdi>
            </button>
            {item.trust && <span className="small muted"> · {t(`community:trust.${item.trust}`)}</span>}
          </span>
          <span className="small muted">
            <Time at={item.at} />
          </span>
        </header>
        <p className="small">
          <Link to="/community/$topicId" params={{ topicId: item.topic.id }} dir="auto">
            {item.topic.title}
          </Link>
        </p>
        {item.state !== 'standing' && (
          <p className="small warm">
            {item.waitsFor ? t(`community:waits.${item.waitsFor}`) : t(`community:state.${item.state}`)}
          </p>
        )}
        {item.flags.length > 0 && (
          <ul className="small comflags">
            {item.flags.map(flag => (
              <li key={`${flag.at} ${flag.by.personId}`}>
                <b>{t(`community:flag.${flag.reason}`)}</b> · <bdi>{nameOf(flag.by)}</bdi>
                {flag.words && (
                  <span className="muted" dir="auto">
                    {' '}
                    {flag.words}
                  </span>
                )}
              </li>
            ))}
          </ul>
        )}
        <Written html={item.html} />
        <p className="comacts">
          <Button icon={<IconCheck {...look} />} onClick={() => void settlePost(item.postId, 'stand')}>
            {t('community:act.stand')}
          </Button>
          <Button kind="quiet" icon={<IconTrash {...look} />} onClick={onRemove}>
            {t('community:act.remove')}
          </Button>
          <Button kind="quiet" icon={<IconShieldX {...look} />} onClick={() => void settlePost(item.postId, 'spam')}>
            {t('community:act.spam')}
          </Button>
          {item.trust && personId && (
            <Menu
              label={t('community:act.others')}
              items={[
                ...(item.trust === 'trusted'
                  ? []
                  : [{ label: t('community:act.trust'), run: () => void trustPerson(personId, 'trusted') }]),
                ...(item.trust === 'new'
                  ? []
                  : [{ label: t('community:act.distrust'), run: () => void trustPerson(personId, 'new') }]),
                { label: t('community:act.about', { name }), run: onPerson },
              ]}
              target={
                <button type="button" className="icon" aria-label={t('community:act.others')}>
                  <IconDots size={18} stroke={1.6} aria-hidden="true" />
                </button>
              }
            />
          )}
        </p>
      </div>
    </article>
  )
}
