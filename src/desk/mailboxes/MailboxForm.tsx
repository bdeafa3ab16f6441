/** The fields of a mailbox: receiving, sending, and what few need to change. */
import { IconBrandGoogle, IconBrandWindows } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { z } from 'zod'
import type { CheckStep } from '../../contract/mailboxes.ts'
import { Button, Choice, ErrorState, Field, Tick } from '../../ui/index.ts'
import { t } from '../../words/catalogue.ts'
import { Radios } from '../settings/Radios.tsx'
import type { Draft } from './draft.ts'
import { teamsQuery } from './queries.ts'
import { ServerFields } from './ServerFields.tsx'

type Steps = z.infer<typeof CheckStep>[] | undefined
type Props = {
  draft: Draft
  change: (draft: Draft) => void
  steps: Steps
  folders: string[] | undefined
  about: (path: string) => string | undefined
  stored: boolean
  offered: 'google' | 'microsoft' | null
  advice: string | null
  tests: boolean
  setTests: (tests: boolean) => void
  check: () => void
  checking: boolean
  works: boolean
  checkedOnce: boolean
  save: (withoutSending: boolean) => void
  saving: boolean
}

/** The first of these steps that failed, in words short enough for below a field. */
function failed(steps: Steps, names: string[]): string | undefined {
  const step = steps?.find(one => names.includes(one.step) && one.outcome === 'bad')
  return step && t('settings:check.seeCheck', { says: step.says })
}

export function MailboxForm(props: Props) {
  const { draft, change, steps } = props
  const fetched = draft.receiveBy === 'imap'
  const receivingWorks = steps?.some(step => step.step === 'folder' && step.outcome === 'good')
  const sendingFails = steps?.some(step => /^smtp|sending/.test(step.step) && step.outcome === 'bad')
  return (
    <form
      className="fields"
      onSubmit={event => {
        event.preventDefault()
        if (props.works || draft.oauth) props.save(false)
        else props.check()
      }}
    >
      {props.offered && <GrantChoice provider={props.offered} advice={props.advice} draft={draft} change={change} />}
      {!props.offered && props.advice && <p className="small muted">{props.advice}</p>}
      <fieldset disabled={props.saving}>
        <legend className="section">{t('settings:connect.receiving')}</legend>
        <Radios
          label={t('settings:connect.how')}
          value={draft.receiveBy}
          options={[
            ['imap', t('settings:connect.byImap')],
            ['listener', t('settings:connect.byListener')],
          ]}
          onChange={receiveBy => change({ ...draft, receiveBy })}
        />
        {fetched ? (
          <ServerFields
            is="imap"
            server={draft.imap}
            oauth={draft.oauth !== null}
            stored={props.stored}
            wrong={{
              host: props.about('imap.host') ?? failed(steps, ['name']),
              port: props.about('imap.port') ?? failed(steps, ['port', 'tls']),
              user: props.about('imap.user') ?? failed(steps, ['sign-in']),
            }}
            change={imap => change({ ...draft, imap: { ...draft.imap, ...imap } })}
          />
        ) : (
          <p className="small muted">{t('settings:connect.listenerNote')}</p>
        )}
        {fetched && (
          <Choice
            label={t('settings:connect.folder')}
            value={draft.imap.folder}
            error={failed(steps, ['folder'])}
            onChange={event => change({ ...draft, imap: { ...draft.imap, folder: event.currentTarget.value } })}
          >
            {[...new Set([draft.imap.folder, 'INBOX', ...(props.folders ?? [])])].map(folder => (
              <option key={folder}>{folder}</option>
            ))}
          </Choice>
        )}
        {fetched && !props.stored && (
          <Radios
            label={t('settings:connect.startFrom')}
            value={draft.startFrom}
            options={[
              ['now', t('settings:connect.startNow')],
              ['all', t('settings:connect.startAll')],
            ]}
            onChange={startFrom => change({ ...draft, startFrom })}
          />
        )}
      </fieldset>
      <fieldset disabled={props.saving}>
        <legend className="section">{t('settings:connect.sending')}</legend>
        <Tick
          label={t('settings:connect.sends')}
          checked={draft.sends}
          onChange={event => change({ ...draft, sends: event.currentTarget.checked })}
        />
        {draft.sends && (
          <>
            <ServerFields
              is="smtp"
              server={draft.smtp}
              oauth={draft.oauth !== null}
              stored={props.stored}
              withoutSignIn={draft.sameSignIn && fetched}
              wrong={{
                host: props.about('smtp.host') ?? failed(steps, ['smtp-name']),
                port: props.about('smtp.port') ?? failed(steps, ['smtp-port', 'smtp-tls']),
                user: props.about('smtp.user') ?? failed(steps, ['smtp-sign-in']),
              }}
              change={smtp => change({ ...draft, smtp: { ...draft.smtp, ...smtp } })}
            />
            {fetched && (
              <Tick
                label={t('settings:connect.sameSignIn')}
                checked={draft.sameSignIn}
                onChange={event => change({ ...draft, sameSignIn: event.currentTarget.checked })}
              />
            )}
            <Tick
              label={t('settings:connect.testMail')}
              checked={props.tests}
              onChange={event => props.setTests(event.currentTarget.checked)}
            />
          </>
        )}
      </fieldset>
      <More draft={draft} change={change} about={props.about} />
      <p className="acts">
        {props.works || draft.oauth ? (
          <Button kind="primary" submit busy={props.saving}>
            {t(
              draft.oauth
                ? 'settings:connect.grant'
                : props.stored
                  ? 'settings:connect.saveAct'
                  : 'settings:connect.act',
            )}
          </Button>
        ) : (
          <Button kind="primary" submit busy={props.checking}>
            {t(props.checkedOnce ? 'settings:check.again' : 'settings:check.act')}
          </Button>
        )}
        {props.works && (
          <Button kind="quiet" busy={props.checking} onClick={props.check}>
            {t('settings:check.again')}
          </Button>
        )}
        {!props.works && receivingWorks && sendingFails && (
          <Button kind="quiet" busy={props.saving} onClick={() => props.save(true)}>
            {t('settings:connect.withoutSending')}
          </Button>
        )}
        {!props.works && !receivingWorks && (props.stored || !fetched) && (
          <Button kind="quiet" busy={props.saving} onClick={() => props.save(false)}>
            {t('settings:connect.unchecked')}
          </Button>
        )}
      </p>
    </form>
  )
}

/** Google and Microsoft want people to sign in with them; a password of the app kind works as well. */
function GrantChoice({
  provider,
  advice,
  draft,
  change,
}: {
  provider: 'google' | 'microsoft'
  advice: string | null
  draft: Draft
  change: (draft: Draft) => void
}) {
  const Icon = provider === 'google' ? IconBrandGoogle : IconBrandWindows
  return (
    <div className="grant">
      <Icon size={20} stroke={1.6} aria-hidden="true" />
      <div>
        <Radios
          label={t(`settings:connect.${provider}`)}
          value={draft.oauth ? 'grant' : 'password'}
          options={[
            ['grant', t('settings:connect.withProvider')],
            ['password', t('settings:connect.withPassword')],
          ]}
          onChange={way => change({ ...draft, oauth: way === 'grant' ? provider : null })}
        />
        {advice && <p className="small muted">{advice}</p>}
      </div>
    </div>
  )
}

function More({ draft, change, about }: Pick<Props, 'draft' | 'change' | 'about'>) {
  const teams = useQuery(teamsQuery)
  return (
    <details className="more-fields">
      <summary>{t('settings:connect.more')}</summary>
      <Field
        label={t('settings:connect.fromName')}
        help={t('settings:connect.fromNameHelp')}
        required
        maxLength={200}
        value={draft.fromName}
        error={about('fromName')}
        onChange={event => change({ ...draft, fromName: event.currentTarget.value })}
      />
      <Choice
        label={t('settings:connect.team')}
        value={draft.teamId}
        onChange={event => change({ ...draft, teamId: event.currentTarget.value })}
      >
        {teams.data?.teams.map(team => (
          <option key={team.id} value={team.id}>
            {team.name}
          </option>
        ))}
      </Choice>
      {teams.isError && <ErrorState asked={teams} />}
      <Field
        label={t('settings:connect.aliases')}
        help={t('settings:connect.aliasesHelp')}
        value={draft.aliases}
        error={about('aliases')}
        onChange={event => change({ ...draft, aliases: event.currentTarget.value })}
      />
      <Tick
        label={t('settings:connect.plus')}
        help={t('settings:connect.plusHelp')}
        checked={draft.plusAddressing}
        onChange={event => change({ ...draft, plusAddressing: event.currentTarget.checked })}
      />
      <Field
        label={t('settings:connect.trusted')}
        help={t('settings:connect.trustedHelp')}
        value={draft.trustedServer}
        error={about('trustedServer')}
        onChange={event => change({ ...draft, trustedServer: event.currentTarget.value })}
      />
    </details>
  )
}
