/** One conversation: its stream, its promises, what can be done, and the composer. The list one came from gives the next and the previous one. */
import './conversation.css'
import { IconCornerDownRight, IconMessageQuestion, IconNote } from '@tabler/icons-react'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, startTransition, useCallback, useEffect, useState } from 'react'
import { Bones, Button, ErrorState, ForbiddenState, Keys } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { AskHost, mayAsk } from '../asks/AskHost.tsx'
import { askColleague } from '../asks/asking.ts'
import { ShareHost } from '../community/ShareHost.tsx'
import { holdKeys } from '../compose/heldKeys.ts'
import { ForwardHost } from '../forward/ForwardHost.tsx'
import { placeOf, shownOf } from '../inbox/filter.ts'
import { viewName } from '../inbox/ListHead.tsx'
import { FromHost } from '../knowledge/FromHost.tsx'
import { answeredByMail } from '../outside/followUp.tsx'
import { Drawer } from '../pieces/Drawer.tsx'
import { settingOf, useMe } from '../session/me.ts'
import { useActions } from '../shell/actions.ts'
import { type Regrouping, RegroupingContext } from '../structure/regrouping.ts'
import { useMerged } from '../structure/useMerged.ts'
import { Aside } from './Aside.tsx'
import { Asked, type Asking } from './Asked.tsx'
import { makeMine, putAway, takeBack } from './acts.ts'
import { rememberNumber, useConversation } from './conversationQuery.ts'
import { FollowUp } from './FollowUp.tsx'
import { Back, Header } from './Header.tsx'
import { moreItems } from './moreItems.tsx'
import { SidePanel } from './SidePanel.tsx'
import { Stream } from './Stream.tsx'
import { useAround } from './useAround.ts'
import { useOwnerItems } from './useOwnerItems.tsx'
import { usePresence } from './usePresence.ts'
import { useSeen } from './useSeen.ts'
import { leadingPromise } from './viewPatches.ts'

const Composer = lazy(() => import('../compose/Composer.tsx').then(module => ({ default: module.Composer })))
const look = { size: 18, stroke: 1.6, 'aria-hidden': true } as const

export function ConversationPage() {
  const { conversationId: named } = useParams({ from: '/desk/conversations/$conversationId' })
  const { view, asked } = useConversation(named)
  if (view)
    return (
      <main id="page" tabIndex={-1} className="conv">
        <Opened key={view.id} view={view} />
        <Aside view={view} />
      </main>
    )
  const missing = asked.error && 'status' in asked.error && asked.error.status === 404
  return (
    <main id="page" tabIndex={-1} className="page">
      {missing ? (
        <ForbiddenState
          whole
          title={/^\d+$/.test(named) ? t('conversation:nothingAt', { number: named }) : t('desk:state.forbidden')}
          acts={
            <Link to="/inbox/$view" params={{ view: 'mine' }} search={{}} className="link">
              {t('conversation:backTo', { list: t('inbox:view.mine') })}
            </Link>
          }
        />
      ) : asked.error ? (
        <ErrorState whole asked={asked} />
      ) : (
        <Bones shape="stream" />
      )}
    </main>
  )
}

type View = NonNullable<ReturnType<typeof useConversation>['view']>

function Opened({ view }: { view: View }) {
  const me = useMe()
  const navigate = useNavigate()
  const search = useSearch({ from: '/desk/conversations/$conversationId' })
  const { write, ...from } = search
  const around = useAround(view.id, from)
  const draft = view.drafts[0]
  const mayReply = view.may.write && (view.mailbox !== null || view.channel === 'chat')
  const [kind, setKind] = useState<'reply' | 'note' | null>(
    write === 'note' || write === 'reply' ? write : (draft?.kind ?? null),
  )
  const [turn, setTurn] = useState(write === 'note' || write === 'reply' ? 1 : 0)
  const [following, setFollowing] = useState(write === 'follow-up')
  const [fresh, setFresh] = useState<ReadonlySet<string>>(new Set())
  const [writing, setWriting] = useState(false)
  const [asking, setAsking] = useState<Asking>(null)
  const [owning, setOwning] = useState(false)
  const [side, setSide] = useState(false)
  usePresence(view.id, writing)
  useSeen(view, 250)
  useMerged(view)
  useEffect(() => {
    const title = t('inbox:title', { title: view.subject || view.customer.name })
    const soon = setTimeout(() => {
      document.title = title
    })
    return () => clearTimeout(soon)
  }, [view.subject, view.customer.name])
  // biome-ignore lint/correctness/useExhaustiveDependencies: a wish is heard once
  useEffect(() => {
    // The wish to write belongs to one opening, not to the address one shares.
    if (!write) return
    if (write === 'reply' || write === 'note') {
      setKind(write)
      setTurn(before => before + 1)
    } else setFollowing(true)
    void navigate({ to: '.', search: from, replace: true })
  }, [write])

  const open = (kind: 'reply' | 'note') => {
    holdKeys()
    setKind(kind === 'reply' && !mayReply ? 'note' : kind)
    setTurn(before => before + 1)
  }
  const back = () => (from.view ? navigate(placeOf(shownOf(from), view.number)) : navigate({ to: '/' }))
  const go = (row: { id: string; number: number } | null) => {
    if (!row) return void back()
    rememberNumber(row.number, row.id)
    void navigate({
      to: '/conversations/$conversationId',
      params: { conversationId: String(row.number) },
      search: from,
    })
  }
  const afterDone = () => {
    const wish = settingOf<string>(me, 'afterSending', 'next')
    if (wish === 'stay') return
    if (wish === 'next' && from.view) go(around.next)
    else void back()
  }
  const promise = leadingPromise(view.promises)
  const away = view.state === 'spam' || view.state === 'trash'
  const put = async (as: 'spam' | 'trash') => {
    const next = around.next
    if (await putAway(view, as)) if (from.view) go(next)
  }
  const act = {
    close: () => view.may.write && !away && view.state !== 'closed' && setAsking({ is: 'close' }),
    mine: () => view.may.write && view.owner?.id !== me.id && void makeMine(view, me),
    later: () => view.may.write && !away && setAsking({ is: 'later' }),
    trash: () => view.may.trash && !away && void put('trash'),
    spam: () => view.may.trash && !away && void put('spam'),
    block: () => setAsking({ is: 'block' }),
    handOver: (to?: string) => setAsking(to ? { is: 'handOver', to } : { is: 'handOver' }),
    regroup: (how: Regrouping, messageId?: string) =>
      setAsking({ is: 'regroup', how, ...(messageId ? { messageId } : {}) }),
  }
  const key = (id: string, keys: string, run: () => void, group: 'here' | 'lists' = 'here') => ({
    id: `conversation.${id}`,
    label: t(`conversation:key.${id}`),
    keys,
    group,
    run,
  })
  useActions([
    key('reply', 'r', () => open('reply')),
    key('note', 'n', () => open('note')),
    key('owner', 'a', () => setOwning(true)),
    key('mine', 'i', act.mine),
    key('later', 'z', act.later),
    key('close', 'e', act.close),
    key('trash', '#', act.trash),
    key('spam', '!', act.spam),
    ...(view.may.handOver && !away
      ? (['move', 'merge', 'split', 'link'] as const).map(how => ({
          id: `conversation.${how}`,
          label: t(`structure:menu.${how}`),
          group: 'here' as const,
          run: () => act.regroup(how),
        }))
      : []),
    ...(away ? [key('takeBack', 'Shift+U', () => void takeBack(view))] : []),
    key('back', 'u', () => void back(), 'lists'),
    { ...key('leave', 'Escape', () => void back(), 'lists'), hidden: true },
    ...(from.view
      ? [
          key('next', 'j', () => around.next && go(around.next), 'lists'),
          key('previous', 'k', () => around.previous && go(around.previous), 'lists'),
        ]
      : []),
  ])
  const owner = useOwnerItems(view, me, act.mine, act.handOver, owning)
  const onFresh = useCallback(
    (ids: ReadonlySet<string>) => setFresh(before => (ids.size === 0 && before.size === 0 ? before : ids)),
    [],
  )
  const more = moreItems(view, act, () => void takeBack(view))
  const listName = from.view ? viewName(shownOf(from), me.teams) : t('desk:nav.today')
  return (
    <>
      <section className="mid" aria-label={t('conversation:label', { number: view.number })}>
        <Header
          view={view}
          me={me}
          back={<Back to={from} label={t('conversation:backTo', { list: listName })} />}
          owner={{ items: owner, opened: owning, onChange: setOwning }}
          more={more}
          onNeededBy={() => setAsking({ is: 'needed' })}
          onLater={act.later}
          onSide={() => setSide(true)}
        />
        <RegroupingContext value={view.may.handOver && !away ? act.regroup : null}>
          <Stream view={view} me={me.id} fresh={fresh} />
        </RegroupingContext>
        <div className="foot">
          {(view.state === 'solved' || answeredByMail(view)) && view.may.write && kind === null && (
            <FollowUp view={view} opened={following} onOpen={setFollowing} onDone={afterDone} />
          )}
          {away && (
            <div className="awaybar">
              <p>{t(`conversation:away.${view.state === 'spam' ? 'spam' : 'trash'}`)}</p>
              <Button onClick={() => void takeBack(view)}>{t('inbox:key.takeBack')}</Button>
            </div>
          )}
          {view.may.write && kind !== null && !away && (
            <Suspense fallback={<div className="composer waits" aria-busy="true" />}>
              <Composer
                view={view}
                me={me}
                kind={kind}
                turn={turn}
                onKind={open}
                onLeave={() => !writing && setKind(null)}
                onSent={kind => {
                  // Where one goes on the next one comes first; nobody needs to see this one without its composer.
                  if (kind === 'reply') afterDone()
                  startTransition(() => setKind(null))
                }}
                onFresh={onFresh}
                onDoing={setWriting}
              />
            </Suspense>
          )}
          {view.may.write && kind === null && !away && !following && (
            <div className="answers">
              {mayReply && (
                <Button
                  kind={view.state === 'solved' ? 'plain' : 'primary'}
                  icon={<IconCornerDownRight className="flips" {...look} />}
                  onClick={() => open('reply')}
                >
                  {t('compose:reply')}
                </Button>
              )}
              <Button kind="inside" icon={<IconNote {...look} />} onClick={() => open('note')}>
                {t('compose:note')}
              </Button>
              {mayAsk(view, me.id) && (
                <Button kind="quiet" icon={<IconMessageQuestion {...look} />} onClick={() => askColleague()}>
                  {t('asks:key')}
                </Button>
              )}
              <span className="keyhint">
                <Keys keys="r" />
                <Keys keys="n" />
                <Keys keys="q" />
              </span>
            </div>
          )}
        </div>
      </section>
      <ForwardHost view={view} />
      <FromHost />
      <ShareHost />
      <AskHost view={view} me={me} />
      {side && (
        <Drawer label={t('conversation:about')} onClose={() => setSide(false)}>
          <div className="side indrawer">
            <SidePanel view={view} me={me.id} />
          </div>
        </Drawer>
      )}
      <Asked
        asking={asking}
        view={view}
        me={me}
        promise={promise?.direction === 'ours' ? promise : null}
        onClose={() => setAsking(null)}
        onGone={() => from.view && go(around.next)}
        onDone={afterDone}
      />
    </>
  )
}
