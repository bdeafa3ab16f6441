/** Chats of the installation: the line for one's pages, which sites may carry it, who is known, and what went wrong there. */
import './chat.css'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import * as contract from '../../contract/chat.ts'
import { teams as teamsEndpoint } from '../../contract/teams.ts'
import { Button, EmptyState } from '../../ui/index.ts'
import { t } from '../../words/chat.ts'
import { ask, query, renew } from '../api.ts'
import { cache } from '../cache.ts'
import { Waits } from '../settings/Section.tsx'
import { Subject } from '../settings/SettingsPage.tsx'
import { noticeFailure } from '../shell/notices.ts'
import { ChannelForm } from './ChannelForm.tsx'
import { Identity } from './Identity.tsx'
import { channelsQuery } from './queries.ts'
import { Snippet } from './Snippet.tsx'
import { Troubles } from './Troubles.tsx'

export function ChatPage() {
  const asked = useQuery(channelsQuery)
  const teams = useQuery(query(teamsEndpoint, {})).data?.teams ?? []
  const making = useMutation({
    mutationFn: () => {
      const about = { name: t('subjects:chat.name'), teamId: teams[0]!.id, origins: [] }
      return ask(contract.makeChatChannel, about)
    },
    onSuccess: () => renew(cache, contract.chatChannels),
    onError: error => noticeFailure(error),
  })
  const [adding, setAdding] = useState<Record<string, string>>({})
  const make = (
    <Button kind="primary" busy={making.isPending} disabled={teams.length === 0} onClick={() => making.mutate()}>
      {t('chat:settings.make')}
    </Button>
  )
  const channels = asked.data?.channels ?? []
  return (
    <Subject
      subject={t('subjects:chat.name')}
      title={t('chat:settings.title')}
      lead={t('chat:settings.lead')}
      act={channels.length > 0 ? make : undefined}
    >
      <Waits asked={asked} />
      {asked.isSuccess && channels.length === 0 && (
        <div className="block">
          <EmptyState title={t('chat:settings.empty')} acts={make}>
            {t('chat:settings.emptyLead')}
          </EmptyState>
        </div>
      )}
      {channels.map(channel => (
        <section key={channel.id} className="block chatchannel" aria-label={channel.name}>
          <h2 className="section">{channel.name}</h2>
          <Snippet channel={channel} script={asked.data!.script} />
          <Troubles channel={channel} onAdd={origin => setAdding(all => ({ ...all, [channel.id]: origin }))} />
          <ChannelForm channel={channel} teams={teams} adding={adding[channel.id] ?? null} />
          <Identity channel={channel} />
        </section>
      ))}
    </Subject>
  )
}
