/** What was promised in a call or on a visit, by us or by them: each with its words and its time. Makes none by itself. */
import { IconX } from '@tabler/icons-react'
import { Choice, Field, usePlace } from '../../../ui/index.ts'
import { t } from '../../../words/catalogue.ts'
import { WhenField } from '../../compose/WhenField.tsx'
import { proposals } from '../../today/times.ts'

export type Said = { key: number; by: 'us' | 'them'; words: string; dueAt: string }

/** Those with words; an empty line was not said. */
export const saidOf = (said: readonly Said[]) =>
  said.filter(({ words }) => words.trim()).map(({ by, words, dueAt }) => ({ by, words: words.trim(), dueAt }))

type Props = { said: Said[]; theirs: boolean; error?: string | undefined; onChange: (said: Said[]) => void }

export function SaidPromises({ said, theirs, error, onChange }: Props) {
  const place = usePlace()
  const change = (key: number, part: Partial<Said>) =>
    onChange(said.map(one => (one.key === key ? { ...one, ...part } : one)))
  const add = () => {
    const at = proposals(Date.now(), place.zone).at(-1)?.at ?? Date.now() + 7 * 86_400_000
    onChange([...said, { key: Date.now() + said.length, by: 'us', words: '', dueAt: new Date(at).toISOString() }])
  }
  return (
    <div className="saidpromises">
      {said.map(one => (
        <div key={one.key} className="said-one">
          <Choice
            label={t('care:said.by')}
            hideLabel
            value={theirs ? one.by : 'us'}
            onChange={event => change(one.key, { by: event.currentTarget.value as Said['by'] })}
          >
            <option value="us">{t('care:said.us')}</option>
            {theirs && <option value="them">{t('care:said.them')}</option>}
          </Choice>
          <Field
            label={t('care:said.words')}
            hideLabel
            dir="auto"
            placeholder={t('care:said.example')}
            maxLength={2000}
            value={one.words}
            onChange={event => change(one.key, { words: event.currentTarget.value })}
          />
          <span className="by">
            {t('care:said.until')}{' '}
            <WhenField label={t('care:said.until')} value={one.dueAt} onChange={dueAt => change(one.key, { dueAt })} />
          </span>
          <button
            type="button"
            className="icon"
            aria-label={t('care:said.drop')}
            onClick={() => onChange(said.filter(({ key }) => key !== one.key))}
          >
            <IconX size={16} stroke={1.6} aria-hidden="true" />
          </button>
        </div>
      ))}
      {error && (
        <p className="small wrong" role="alert">
          {t('care:said.wrong')}
        </p>
      )}
      {said.length < 10 && (
        <button type="button" className="link small" onClick={add}>
          {t(said.length === 0 ? 'care:said.add' : 'care:said.another')}
        </button>
      )}
    </div>
  )
}
