/** What one chat is: its team, the sites that may carry it, the phone beside it. Says which line is no site. */
import { useMutation } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import * as contract from '../../contract/chat.ts'
import { Area, Button, Choice, Dialog, Field } from '../../ui/index.ts'
import { t } from '../../words/chat.ts'
import { ask, renew } from '../api.ts'
import { cache } from '../cache.ts'
import { notice, noticeFailure } from '../shell/notices.ts'
import { ChannelColour } from './ChannelColour.tsx'

type Props = { channel: contract.ChatChannel; teams: { id: string; name: string }[]; adding: string | null }

export function ChannelForm({ channel, teams, adding }: Props) {
  const [given, setGiven] = useState({ ...channel, origins: channel.origins.join('\n') })
  const [wrong, setWrong] = useState<string | null>(null)
  const [removing, setRemoving] = useState(false)
  useEffect(() => {
    if (adding)
      setGiven(before => ({
        ...before,
        origins: [...linesOf(before.origins).filter(one => one !== adding), adding].join('\n'),
      }))
  }, [adding])
  const saving = useMutation({
    mutationFn: (origins: string[]) => {
      const { name, teamId, phone, phoneWords, accent } = given
      const about = { name: name.trim(), teamId, origins, accent, phone: phone?.trim() || null, phoneWords }
      return ask(contract.changeChatChannel, { channelId: channel.id, ...about })
    },
    onSuccess: () => {
      renew(cache, contract.chatChannels)
      notice({ title: t('chat:settings.saved') })
    },
    onError: error => noticeFailure(error),
  })
  const removal = useMutation({
    mutationFn: () => ask(contract.removeChatChannel, { channelId: channel.id }),
    onSuccess: () => {
      renew(cache, contract.chatChannels)
      notice({ title: t('chat:settings.removed', { name: channel.name }) })
    },
    onError: error => noticeFailure(error),
  })
  const save = () => {
    const origins = linesOf(given.origins).map(originOf)
    const bad = linesOf(given.origins).find((_, at) => origins[at] === null)
    setWrong(bad ?? null)
    if (bad === undefined) saving.mutate(origins.filter(one => one !== null))
  }
  return (
    <form
      className="form"
      onSubmit={event => {
        event.preventDefault()
        save()
      }}
    >
      <Area
        label={t('chat:settings.origins')}
        help={t('chat:settings.originsHelp')}
        error={wrong === null ? undefined : t('chat:settings.badOrigin', { text: wrong })}
        dir="ltr"
        rows={3}
        value={given.origins}
        onChange={event => setGiven({ ...given, origins: event.currentTarget.value })}
      />
      <Field
        label={t('chat:settings.name')}
        required
        maxLength={100}
        value={given.name}
        onChange={event => setGiven({ ...given, name: event.currentTarget.value })}
      />
      <Choice
        label={t('chat:settings.team')}
        value={given.teamId}
        onChange={event => setGiven({ ...given, teamId: event.currentTarget.value })}
      >
        {teams.map(team => (
          <option key={team.id} value={team.id}>
            {team.name}
          </option>
        ))}
      </Choice>
      <Field
        label={t('chat:settings.phone')}
        type="tel"
        dir="ltr"
        maxLength={40}
        value={given.phone ?? ''}
        onChange={event => setGiven({ ...given, phone: event.currentTarget.value })}
      />
      <Field
        label={t('chat:settings.phoneWords')}
        maxLength={120}
        value={given.phoneWords}
        onChange={event => setGiven({ ...given, phoneWords: event.currentTarget.value })}
      />
      <ChannelColour accent={given.accent} onChange={accent => setGiven({ ...given, accent })} />
      <p className="acts">
        <Button kind="primary" submit busy={saving.isPending}>
          {t('chat:settings.save')}
        </Button>{' '}
        <Button kind="quiet" onClick={() => setRemoving(true)}>
          {t('chat:settings.remove')}
        </Button>
      </p>
      {removing && (
        <Dialog title={t('chat:settings.removeAsk', { name: channel.name })} onClose={() => setRemoving(false)}>
          <p>{t('chat:settings.removeDetail')}</p>
          <p className="acts">
            <Button kind="primary" busy={removal.isPending} onClick={() => removal.mutate()}>
              {t('chat:settings.remove')}
            </Button>{' '}
            <Button onClick={() => setRemoving(false)}>{t('chat:settings.cancel')}</Button>
          </p>
        </Dialog>
      )}
    </form>
  )
}

const linesOf = (text: string) =>
  text
    .split(/\s+/)
    .map(line => line.trim())
    .filter(Boolean)

/** A path or a slash at its end does no harm; what is no address of a site does. */
function originOf(text: string): string | null {
  const whole = /^[a-z]+:/i.test(text) ? text : `https://${text}`
  return URL.canParse(whole) && /^https?:$/.test(new URL(whole).protocol) ? new URL(whole).origin : null
}
