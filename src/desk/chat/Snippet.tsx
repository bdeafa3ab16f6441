/** The one line that a page needs, to copy, and a page to try it on. */
import type { ChatChannel } from '../../contract/chat.ts'
import { Button } from '../../ui/index.ts'
import { t } from '../../words/chat.ts'
import { notice } from '../shell/notices.ts'

export function Snippet({ channel, script }: { channel: ChatChannel; script: string }) {
  const line = `<script src="${script}?${channel.key}" data-pond="${channel.key}" async></script>`
  const copy = async () => {
    await navigator.clipboard.writeText(line)
    notice({ title: t('chat:settings.copied') })
  }
  return (
    <div>
      <p className="strong">{t('chat:settings.line')}</p>
      <code className="chatcode" dir="ltr">
        {line}
      </code>
      <p className="small muted">{t('chat:settings.lineHelp')}</p>
      <p className="acts">
        <Button onClick={() => void copy()}>{t('chat:settings.copy')}</Button>{' '}
        <a className="link" href={`/chat/${channel.key}/try`} target="_blank" rel="noreferrer">
          {t('chat:settings.try')}
        </a>
      </p>
    </div>
  )
}
