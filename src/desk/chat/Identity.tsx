/** The secret with which a site signs who its visitors are: made, shown once, and made anew after a question. */
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import * as contract from '../../contract/chat.ts'
import { Button, Dialog, Time } from '../../ui/index.ts'
import { t } from '../../words/chat.ts'
import { ask, renew } from '../api.ts'
import { cache } from '../cache.ts'
import { noticeFailure } from '../shell/notices.ts'

export function Identity({ channel }: { channel: contract.ChatChannel }) {
  const [asking, setAsking] = useState(false)
  const making = useMutation({
    mutationFn: () => ask(contract.makeChatSecret, { channelId: channel.id }),
    onSuccess: () => {
      setAsking(false)
      renew(cache, contract.chatChannels)
    },
    onError: error => noticeFailure(error),
  })
  const secret = making.data?.secret
  return (
    <div>
      <h3 className="strong">{t('chat:settings.identity')}</h3>
      <p className="small muted">{t('chat:settings.identityHelp')}</p>
      {secret && (
        <div role="status">
          <code className="chatcode" dir="ltr">
            {secret}
          </code>
          <p className="small">{t('chat:settings.secretOnce')}</p>
        </div>
      )}
      {channel.secretMadeAt && !secret && (
        <p className="small">
          {t('chat:settings.secretSince')} <Time at={channel.secretMadeAt} />
        </p>
      )}
      <Button busy={making.isPending} onClick={() => (channel.secretMadeAt ? setAsking(true) : making.mutate())}>
        {t(channel.secretMadeAt ? 'chat:settings.renewSecret' : 'chat:settings.makeSecret')}
      </Button>
      {asking && (
        <Dialog title={t('chat:settings.renewAsk')} onClose={() => setAsking(false)}>
          <p>{t('chat:settings.renewDetail')}</p>
          <p className="acts">
            <Button kind="primary" busy={making.isPending} onClick={() => making.mutate()}>
              {t('chat:settings.renewSecret')}
            </Button>{' '}
            <Button onClick={() => setAsking(false)}>{t('chat:settings.cancel')}</Button>
          </p>
        </Dialog>
      )}
    </div>
  )
}
