/** What happens now: five answers, and what each needs to be a promise that can be kept. Chooses nothing by itself. */
import { type KeyboardEvent, lazy, Suspense, useRef } from 'react'
import { Field, usePlace } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { isOfMissing } from '../outside/offerDraft.ts'
import { againstNeed, type Choices, type Missing, reasons, type Step, steps, takesOptions } from './nextStep.ts'
import { WhenField } from './WhenField.tsx'
import { againstNeedWords } from './whenWords.ts'

const OptionsForm = lazy(() => import('../outside/OptionsForm.tsx'))
type Props = {
  chosen: Choices
  onChange: (change: Partial<Choices>) => void
  customer: string
  neededBy: string | null
  missing: Missing | null
  /** steps that make no sense here are left out */
  only?: readonly Step[]
  /** options may go along, open until then at first */
  offersUntil?: string
}

export function NextStepChooser({ chosen, onChange, customer, neededBy, missing, only = steps, offersUntil }: Props) {
  const group = useRef<HTMLDivElement>(null)
  const arrows = (event: KeyboardEvent) => {
    const turn = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key]
    if (!turn) return
    event.preventDefault()
    const rtl = getComputedStyle(event.currentTarget).direction === 'rtl' && /Left|Right/.test(event.key)
    const at = only.indexOf(chosen.is) + (rtl ? -turn : turn)
    const next = only[(at + only.length) % only.length]
    if (!next) return
    onChange({ is: next })
    group.current?.querySelector<HTMLElement>(`[data-step="${next}"]`)?.focus()
  }
  return (
    <>
      <div ref={group} className="steps" role="radiogroup" aria-label={t('compose:step.label')} onKeyDown={arrows}>
        {only.map(step => (
          // biome-ignore lint/a11y/useSemanticElements: buttons in a row that act as one choice, with arrows between them
          <button
            key={step}
            type="button"
            role="radio"
            data-step={step}
            aria-checked={chosen.is === step}
            tabIndex={chosen.is === step ? 0 : -1}
            title={t(`compose:step.${step}Says`)}
            onClick={() => onChange({ is: step })}
          >
            {t(`compose:step.${step}`)}
          </button>
        ))}
      </div>
      <div className="particulars" data-step={chosen.is}>
        <Particulars {...{ chosen, onChange, customer, neededBy, missing, mayOffer: offersUntil !== undefined }} />
        {offersUntil && takesOptions(chosen.is) && (
          <Suspense fallback={null}>
            <OptionsForm
              offer={chosen.offer}
              until={offersUntil}
              missing={missing && isOfMissing(missing) ? missing : null}
              onChange={offer => onChange({ offer })}
            />
          </Suspense>
        )}
        {chosen.offer && !takesOptions(chosen.is) && <p className="small muted">{t('options:compose.notHere')}</p>}
      </div>
    </>
  )
}

type ParticularsProps = Omit<Props, 'only' | 'offersUntil'> & { mayOffer: boolean }

function Particulars({ chosen, onChange, customer, neededBy, missing, mayOffer }: ParticularsProps) {
  const invalid = (what: Missing) => (missing === what ? true : undefined)
  switch (chosen.is) {
    case 'we-get-back':
      return (
        <div>
          <input
            className="wd"
            dir="auto"
            data-missing={invalid('words')}
            aria-invalid={invalid('words')}
            aria-label={t('compose:words.label')}
            placeholder={t('compose:words.placeholder')}
            maxLength={2000}
            value={chosen.words}
            onChange={event => onChange({ words: event.target.value })}
          />
          <p>
            <span className="muted">{t('compose:by')}</span>{' '}
            <WhenField label={t('compose:when.getBack')} value={chosen.dueAt} onChange={dueAt => onChange({ dueAt })} />{' '}
            <Need chosen={chosen} neededBy={neededBy} />
          </p>
        </div>
      )
    case 'your-turn':
      return (
        <div>
          <p>
            <span className="muted">{t('compose:askAgain')}</span>{' '}
            <WhenField
              label={t('compose:when.askAgain')}
              value={chosen.askAgainAt}
              onChange={askAgainAt => onChange({ askAgainAt })}
            />
          </p>
          <p className="theirs">
            <span className="muted">
              {customer ? t('compose:theirs', { name: customer }) : t('compose:theyPromised')}
            </span>
            <input
              className="wd"
              dir="auto"
              aria-label={t('compose:theirsLabel', { name: customer || t('compose:them') })}
              placeholder={t('compose:theirsPlaceholder')}
              maxLength={2000}
              value={chosen.theirWords}
              onChange={event => onChange({ theirWords: event.target.value })}
            />
            {chosen.theirWords.trim() !== '' && (
              <>
                <span className="muted">{t('compose:by')}</span>{' '}
                <WhenField
                  label={t('compose:when.theirs')}
                  value={chosen.theirDueAt}
                  onChange={theirDueAt => onChange({ theirDueAt })}
                />
              </>
            )}
          </p>
        </div>
      )
    case 'answered':
      return (
        <p>
          <span className="muted">{t('compose:followUp')}</span>{' '}
          <WhenField
            label={t('compose:when.followUp')}
            value={chosen.followUpAt}
            onChange={followUpAt => onChange({ followUpAt })}
          />
        </p>
      )
    case 'we-cannot':
      return (
        <div className="no">
          <Field
            label={t('compose:no.personal')}
            help={t('compose:no.personalHelp')}
            dir="auto"
            maxLength={2000}
            data-missing={invalid('personalWord')}
            aria-invalid={invalid('personalWord')}
            value={chosen.personalWord}
            onChange={event => onChange({ personalWord: event.target.value })}
          />
          <div className="alternative">
            <span className="twoway" role="radiogroup" aria-label={t('compose:no.alternative')}>
              {(['offer', 'none', ...(mayOffer ? (['options'] as const) : [])] as const).map(is => (
                <label key={is}>
                  <input
                    type="radio"
                    name="alternative"
                    checked={chosen.alternative === is}
                    onChange={() => onChange({ alternative: is })}
                  />
                  {t(is === 'options' ? 'options:compose.alternative' : `compose:no.${is}`)}
                </label>
              ))}
            </span>
            {chosen.alternative !== 'options' && (
              <input
                className="wd"
                dir="auto"
                aria-label={t(`compose:no.${chosen.alternative}Label`)}
                placeholder={t(`compose:no.${chosen.alternative}Placeholder`)}
                maxLength={2000}
                data-missing={invalid('alternative')}
                aria-invalid={invalid('alternative')}
                value={chosen.alternativeWords}
                onChange={event => onChange({ alternativeWords: event.target.value })}
              />
            )}
          </div>
          <p>
            <span className="muted">{t('compose:no.howDidItGo')}</span>{' '}
            <WhenField
              label={t('compose:when.followUp')}
              value={chosen.followUpAt}
              onChange={followUpAt => onChange({ followUpAt })}
            />
          </p>
        </div>
      )
    case 'nothing-owed':
      return (
        <span
          className="twoway why"
          role="radiogroup"
          aria-label={t('compose:why.label')}
          data-missing={invalid('because')}
        >
          {reasons.map(reason => (
            <label key={reason}>
              <input
                type="radio"
                name="because"
                checked={chosen.because === reason}
                onChange={() => onChange({ because: reason })}
              />
              {t(`compose:why.${reason}`)}
            </label>
          ))}
        </span>
      )
  }
}

function Need({ chosen, neededBy }: { chosen: Choices; neededBy: string | null }) {
  usePlace()
  const stands = againstNeed(chosen, neededBy)
  if (!stands || neededBy === null) return null
  return (
    <span
      className={stands === 'late' ? 'small lateforthem' : 'small muted'}
      role={stands === 'late' ? 'status' : undefined}
    >
      {againstNeedWords(chosen.dueAt, neededBy)}
    </span>
  )
}
