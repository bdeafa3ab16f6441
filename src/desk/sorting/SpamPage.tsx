/** Spam: how sure the filter must be and what it learned, for administrators; and whose mail is kept out, for all who serve. */
import './sorting.css'
import { IconAt, IconWorld } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import {
  type BlockedSender,
  blockedSenders,
  blockSender,
  changeSpamSettings,
  forgetSpam,
  spamSettings,
  unblockSender,
} from '../../contract/spam.ts'
import { Button, Choice, Field, Tick, Time } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { ask, type Input, type Output, Problem, query, renew } from '../api.ts'
import { cache } from '../cache.ts'
import { teamsQuery } from '../mailboxes/queries.ts'
import { useMe } from '../session/me.ts'
import { Refused } from '../session/Refused.tsx'
import { Radios } from '../settings/Radios.tsx'
import { Confirm, Row, Section, Waits } from '../settings/Section.tsx'
import { Subject } from '../settings/SettingsPage.tsx'
import { notice, noticeFailure } from '../shell/notices.ts'

export function SpamPage() {
  const me = useMe()
  return (
    <Subject subject={t('subjects:spam.name')} title={t('sorting:spam.title')} lead={t('sorting:spam.lead')}>
      {me.administrator && <Filter />}
      <Blocked />
    </Subject>
  )
}

function Filter() {
  const asked = useQuery(query(spamSettings, {}))
  if (!asked.data) return <Waits asked={asked} />
  return <FilterForm now={asked.data} />
}

function FilterForm({ now }: { now: Output<typeof spamSettings> }) {
  const [forgetting, askForget] = useState(false)
  const saving = useMutation({
    mutationFn: (change: Input<typeof changeSpamSettings>) => ask(changeSpamSettings, change),
    onMutate: change => {
      cache.setQueryData(query(spamSettings, {}).queryKey, before => before && { ...before, ...whole(change) })
      return Object.fromEntries(Object.keys(change).map(part => [part, now[part as keyof typeof now]])) as typeof change
    },
    onSuccess: (_, __, before) => notice({ title: t('desk:button.saved'), onUndo: () => saving.mutate(before) }),
    onError: error => noticeFailure(error),
    onSettled: () => renew(cache, spamSettings),
  })
  const forgets = useMutation({
    mutationFn: () => ask(forgetSpam, {}),
    onSuccess: () => {
      renew(cache, spamSettings)
      notice({ title: t('sorting:spam.forgotten') })
      askForget(false)
    },
  })
  const { spam, ham, needed } = now.taught
  const begun = spam >= needed && ham >= needed
  return (
    <Section title={t('sorting:spam.filter')} note={t('sorting:spam.filterNote')}>
      <div className="form wide">
        <Tick
          toggle
          label={t('sorting:spam.on')}
          help={t('sorting:spam.onHelp')}
          checked={now.filter}
          onChange={event => saving.mutate({ filter: event.currentTarget.checked })}
        />
        <div>
          <Radios
            label={t('sorting:spam.above')}
            value={now.above}
            disabled={!now.filter}
            options={(['careful', 'usual', 'strict'] as const).map(above => [above, t(`sorting:spam.sure.${above}`)])}
            onChange={above => saving.mutate({ above })}
          />
          <p className="small muted two">{t(`sorting:spam.sureHelp.${now.above}`)}</p>
        </div>
        <Tick
          toggle
          label={t('sorting:spam.upstream')}
          help={t('sorting:spam.upstreamHelp')}
          checked={now.upstream}
          onChange={event => saving.mutate({ upstream: event.currentTarget.checked })}
        />
        <p className="small muted" role="status">
          {t(begun ? 'sorting:spam.taught' : 'sorting:spam.needs', { spam, ham, needed })}{' '}
          {begun && t('sorting:spam.caught', { count: now.caught })}{' '}
          {begun && now.takenBack > 0 && t('sorting:spam.takenBack', { count: now.takenBack })}
        </p>
        {spam + ham > 0 && (
          <p className="acts">
            <Button kind="quiet" onClick={() => askForget(true)}>
              {t('sorting:spam.forget')}
            </Button>
          </p>
        )}
      </div>
      {forgetting && (
        <Confirm
          title={t('sorting:spam.forgetTitle')}
          act={t('sorting:spam.forgetAct')}
          failed={t('sorting:spam.forgetFailed')}
          doing={forgets}
          onAct={() => forgets.mutate()}
          onClose={() => askForget(false)}
        >
          <p>{t('sorting:spam.forgetLead')}</p>
        </Confirm>
      )}
    </Section>
  )
}

/** Without what was not said. */
const whole = (change: Input<typeof changeSpamSettings>) =>
  Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))

const manyFrom = 12

function Blocked() {
  const me = useMe()
  const asked = useQuery(query(blockedSenders, {}))
  const teams = useQuery(teamsQuery)
  const [looked, look] = useState('')
  const all = asked.data?.blocked ?? []
  const shown = all.filter(({ name }) => name.includes(looked.trim().toLowerCase()))
  const nameOf = (teamId: string | null) =>
    teamId === null ? t('sorting:blocked.everywhere') : (teams.data?.teams.find(({ id }) => id === teamId)?.name ?? '')
  const mine = (teams.data?.teams ?? []).filter(
    ({ id }) => me.administrator || me.teams.some(team => team.id === id && ['lead', 'teammate'].includes(team.role)),
  )
  return (
    <Section title={t('sorting:blocked.title')} note={t('sorting:blocked.note')}>
      {(mine.length > 0 || me.administrator) && <BlockForm teams={mine} administrator={me.administrator} />}
      <Waits asked={asked} />
      {all.length > manyFrom && (
        <div className="form findblocked">
          <Field
            label={t('sorting:blocked.find')}
            hideLabel
            type="search"
            placeholder={t('sorting:blocked.find')}
            value={looked}
            onChange={event => look(event.currentTarget.value)}
          />
        </div>
      )}
      <p className="small muted" role="status">
        {asked.isSuccess && all.length === 0 && t('sorting:blocked.none')}
        {all.length > 0 && shown.length === 0 && t('sorting:blocked.notFound')}
      </p>
      <ul className="ledge" data-plain>
        {shown.slice(0, 200).map(one => (
          <BlockedRow key={one.id} one={one} where={nameOf(one.teamId)} may={one.teamId !== null || me.administrator} />
        ))}
      </ul>
    </Section>
  )
}

function BlockedRow({ one, where, may }: { one: BlockedSender; where: string; may: boolean }) {
  const again = useMutation({
    mutationFn: () => ask(blockSender, { sender: one.name, teamId: one.teamId }),
    onSettled: () => renew(cache, blockedSenders),
    onError: error => noticeFailure(error),
  })
  const freeing = useMutation({
    mutationFn: () => ask(unblockSender, { blockedId: one.id }),
    onSuccess: () => {
      renew(cache, blockedSenders)
      const until = { until: Date.now() + 12_000, span: 12_000 }
      notice({ title: t('sorting:blocked.unblocked', { name: one.name }), ...until, onUndo: () => again.mutate() })
    },
    onError: error => noticeFailure(error),
  })
  const Icon = one.kind === 'domain' ? IconWorld : IconAt
  return (
    <Row
      icon={<Icon size={19} stroke={1.5} aria-hidden="true" />}
      acts={
        may && (
          <Button
            kind="quiet"
            busy={freeing.isPending}
            aria-label={t('sorting:blocked.unblockOf', { name: one.name })}
            onClick={() => freeing.mutate()}
          >
            {t('sorting:blocked.unblock')}
          </Button>
        )
      }
    >
      <p className="strong">
        <bdi>{one.kind === 'domain' ? t('sorting:blocked.domain', { name: one.name }) : one.name}</bdi>
      </p>
      <p className="small muted">
        {[
          where,
          one.by && t('sorting:blocked.by', { name: one.by.name }),
          one.caught > 0 && t('sorting:blocked.caught', { count: one.caught }),
        ]
          .filter(Boolean)
          .join(' · ')}{' '}
        · <Time at={one.at} shown="short" />
      </p>
    </Row>
  )
}

type FormProps = { teams: { id: string; name: string }[]; administrator: boolean }

function BlockForm({ teams, administrator }: FormProps) {
  const [sender, write] = useState('')
  const [chosen, choose] = useState<string | null>(null)
  const teamId = chosen ?? (administrator ? '' : (teams[0]?.id ?? ''))
  const blocking = useMutation({
    mutationFn: () => ask(blockSender, { sender: sender.trim(), teamId: teamId || null }),
    onSuccess: () => {
      write('')
      renew(cache, blockedSenders)
    },
  })
  const wrong = blocking.error instanceof Problem && blocking.error.code === 'sender-unreadable' ? blocking.error : null
  return (
    <form
      className="form wide"
      onSubmit={event => {
        event.preventDefault()
        blocking.mutate()
      }}
    >
      <Refused error={wrong ? null : blocking.error} title={t('sorting:blocked.failed')} />
      <div className="blockform">
        <Field
          label={t('sorting:blocked.sender')}
          required
          minLength={3}
          maxLength={320}
          spellCheck={false}
          autoCapitalize="off"
          autoComplete="off"
          placeholder={t('sorting:blocked.senderExample')}
          value={sender}
          error={wrong?.detail}
          onChange={event => write(event.currentTarget.value)}
        />
        {(administrator || teams.length > 1) && (
          <Choice
            label={t('sorting:blocked.where')}
            value={teamId}
            onChange={event => choose(event.currentTarget.value)}
          >
            {administrator && <option value="">{t('sorting:blocked.everywhere')}</option>}
            {teams.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Choice>
        )}
        <Button submit busy={blocking.isPending} disabled={sender.trim().length < 3}>
          {t('sorting:blocked.act')}
        </Button>
      </div>
    </form>
  )
}
