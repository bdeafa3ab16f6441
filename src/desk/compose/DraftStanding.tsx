/** Says where a draft is kept, and asks when two texts stand against each other. */

import { Button, clock, usePlace } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import type { Draft } from './draftChoice.ts'
import type { Saved } from './useDraft.ts'

export function SavedWords({ saved }: { saved: Saved }) {
  const place = usePlace()
  if (saved.is === 'nothing' || saved.at === null) return null
  return (
    <span className="saved small muted" role="status">
      {t(`compose:saved.${saved.is}`, { time: clock(saved.at, place) })}
    </span>
  )
}

const plain = (html: string) => new DOMParser().parseFromString(html, 'text/html').body.textContent?.trim() ?? ''

export function TwoTexts({ other, onChoose }: { other: Draft; onChoose: (which: 'other' | 'mine') => void }) {
  const place = usePlace()
  return (
    <div className="twotexts" role="alert">
      <p className="strong">{t('compose:twoTexts.title')}</p>
      <p className="small">
        <span className="muted">{t('compose:twoTexts.other', { time: clock(other.savedAt, place) })}</span>{' '}
        <q>{plain(other.body).slice(0, 240)}</q>
      </p>
      <div className="acts">
        <Button onClick={() => onChoose('mine')}>{t('compose:twoTexts.mine')}</Button>
        <Button kind="quiet" onClick={() => onChoose('other')}>
          {t('compose:twoTexts.take')}
        </Button>
      </div>
    </div>
  )
}
