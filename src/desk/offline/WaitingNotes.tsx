/** Notes of this conversation that wait for the connection, at the end of its stream; and those the server did not take. */
import { IconClock, IconEyeOff } from '@tabler/icons-react'
import { Button, Portrait, Time } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { Paragraphs } from '../conversation/MailBody.tsx'
import { useMe } from '../session/me.ts'
import { notice, noticeFailure } from '../shell/notices.ts'
import { dropWaiting, tryAgain, useWaiting, type WaitingNote, waitWithNote } from './waiting.ts'

export function WaitingNotes({ conversationId }: { conversationId: string }) {
  const me = useMe()
  const mine = useWaiting().filter(each => each.conversationId === conversationId && each.personId === me.id)
  return mine.map(waiting => (
    <article key={waiting.id} className="inside" data-waits aria-label={t('offline:noteWaits')}>
      <Portrait name={me.name} us />
      <div>
        <p className="label">
          <IconEyeOff className="i" aria-hidden="true" />
          <bdi>{t('conversation:noteFromYou')}</bdi>{' '}
          <span>
            · <IconClock size={14} stroke={1.6} aria-hidden="true" />{' '}
            {waiting.refused ? t('offline:refused') : t('offline:noteWaits')}
          </span>
          <Time at={new Date(waiting.at).toISOString()} shown="short" />
        </p>
        <div className="written" dir="auto">
          <Paragraphs text={waiting.text} />
        </div>
        {waiting.refused && <Refused waiting={waiting} />}
      </div>
    </article>
  ))
}

function Refused({ waiting }: { waiting: WaitingNote }) {
  const drop = async () => {
    await dropWaiting(waiting.id)
    notice({
      title: t('offline:dropped'),
      until: Date.now() + 12_000,
      span: 12_000,
      onUndo: () => void waitWithNote(waiting).catch(noticeFailure),
    })
  }
  return (
    <>
      <p className="wrong small" role="alert">
        {waiting.refused}
      </p>
      <p className="acts">
        <Button onClick={() => void tryAgain(waiting).catch(noticeFailure)}>{t('offline:again')}</Button>
        <Button kind="quiet" onClick={() => void drop()}>
          {t('offline:drop')}
        </Button>
      </p>
    </>
  )
}
