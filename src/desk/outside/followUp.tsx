/** A follow-up beside its words: what else the same mail asks about, and whether they may be asked at all. */

import type * as contract from '../../contract/conversations.ts'
import { Tick, usePlace } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import type { Output } from '../api.ts'
import { whenWords } from '../compose/whenWords.ts'

type Prepared = Output<typeof contract.preparedFollowUp>
type Props = Pick<Prepared, 'also' | 'refused'> & {
  name: string
  alone: ReadonlySet<string>
  onAlone: (alone: ReadonlySet<string>) => void
}

export function Together({ also, refused, name, alone, onAlone }: Props) {
  const place = usePlace()
  if (refused)
    return (
      <p className="small wrong" role="status">
        {refused.because === 'opted-out' || !refused.freeAt
          ? t('options:followUp.optedOut', { name })
          : t('options:followUp.limit', { name, when: whenWords(refused.freeAt, place) })}
      </p>
    )
  if (also.length === 0) return null
  const turn = (id: string) => {
    const next = new Set(alone)
    if (!next.delete(id)) next.add(id)
    onAlone(next)
  }
  return (
    <fieldset className="together">
      <legend className="small muted">{t('options:followUp.also')}</legend>
      {also.map(({ id, number, subject }) => (
        <Tick key={id} label={`${subject} (${number})`} checked={!alone.has(id)} onChange={() => turn(id)} />
      ))}
    </fieldset>
  )
}

/** They wrote after they were asked, and nobody has said yet whether it held. */
export function answeredByMail({
  state,
  messages,
  happenings,
}: Pick<contract.ConversationView, 'state' | 'messages' | 'happenings'>): boolean {
  if (state !== 'open') return false
  const asked = messages.findLast(({ kind, takenBackAt }) => kind === 'follow-up' && takenBackAt === null)
  if (!asked) return false
  const after = (at: string) => at > asked.at
  return (
    messages.some(({ kind, at }) => kind === 'message' && after(at)) &&
    !happenings.some(({ kind, at }) => (kind === 'follow-up.judged' || kind === 'follow-up.put-off') && after(at)) &&
    !messages.some(({ kind, at }) => kind === 'reply' && after(at))
  )
}
