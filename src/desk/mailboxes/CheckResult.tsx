/** What the check found, step by step: fine, failed with what happened and what to do, to improve, not tried. */
import { IconAlertTriangle, IconCheck, IconCircleDashed, IconX } from '@tabler/icons-react'
import type { z } from 'zod'
import type { CheckStep, checkMailbox } from '../../contract/mailboxes.ts'
import { Tells } from '../../ui/index.ts'
import { t } from '../../words/catalogue.ts'
import type { Output } from '../api.ts'
import type { Draft } from './draft.ts'

type Step = z.infer<typeof CheckStep>
const icons = { good: IconCheck, bad: IconX, warning: IconAlertTriangle, skipped: IconCircleDashed }
const receives = (step: Step) => !/^smtp|^sending|spf|dkim|dmarc/.test(step.step)

const sends = (step: Step) => /^smtp|^sending/.test(step.step)

function verdict(steps: Step[], works: boolean): string {
  const some = (part: (step: Step) => boolean, outcome: Step['outcome']) =>
    steps.some(step => part(step) && step.outcome === outcome)
  if (some(receives, 'bad'))
    return t(some(sends, 'good') && !some(sends, 'bad') ? 'settings:check.onlySending' : 'settings:check.neither')
  if (some(sends, 'bad')) return t('settings:check.onlyReceiving')
  if (!works) return t('settings:check.unsure')
  if (!steps.some(sends)) return t('settings:check.receivingWorks')
  return t(some(() => true, 'warning') ? 'settings:check.worksWith' : 'settings:check.works')
}

type Props = {
  result: Output<typeof checkMailbox>
  stale: boolean
  draft: Draft | undefined
  fix: (port: string) => void
}

export function CheckResult({ result, stale, draft, fix }: Props) {
  // What a mailbox without sending doesn't need is not worth a line.
  const steps = result.steps.filter(step => draft?.sends !== false || receives(step) || step.outcome !== 'skipped')
  const took = steps.reduce((total, step) => total + step.took, 0)
  return (
    <section className={stale ? 'check off' : 'check'} aria-label={t('settings:check.label')}>
      <h2 className="section">
        {stale
          ? t('settings:check.stale')
          : t('settings:check.took', { seconds: Math.max(0.1, Math.round(took / 100) / 10) })}
      </h2>
      <p className="sum">{verdict(steps, result.works)}</p>
      <ol>
        {steps.map(step => (
          <Line key={step.step} step={step} draft={draft} fix={fix} />
        ))}
      </ol>
    </section>
  )
}

function Line({ step, draft, fix }: { step: Step; draft: Draft | undefined; fix: (port: string) => void }) {
  const Icon = icons[step.outcome]
  const other = step.step === 'smtp-port' ? otherPort(step, draft) : null
  return (
    <li data-c={step.outcome}>
      <Icon size={18} stroke={step.outcome === 'skipped' ? 1.6 : 2} aria-hidden="true" />
      <div>
        <p className="what">
          <span className="sr">{t(`settings:check.outcome.${step.outcome}`)}: </span>
          {t(`settings:check.step.${step.step}.${step.outcome}`, {
            defaultValue: t(`settings:check.step.${step.step}.name`),
          })}
        </p>
        {step.outcome === 'bad' ? (
          <Tells
            happened={step.says}
            safe={t(receives(step) ? 'settings:check.safeReceiving' : 'settings:check.safeSending')}
            todo={
              <>
                {step.remedy ?? t('settings:check.noRemedy')}{' '}
                {other && (
                  <button type="button" className="link" onClick={() => fix(other)}>
                    {t('settings:check.usePort', { port: other })}
                  </button>
                )}
              </>
            }
          />
        ) : (
          <p className="small muted">
            {step.says} {step.remedy}
          </p>
        )}
      </div>
    </li>
  )
}

/** A port the remedy names that is not the one in use: offered as one click. */
function otherPort(step: Step, draft: Draft | undefined): string | null {
  const named = /\b(465|587)\b/.exec(step.remedy ?? '')?.[1]
  return named && named !== draft?.smtp.port ? named : null
}
