/** Giving something away: what, how much and why. Says before anything is pressed whether that is within one's allowance or asks a lead. */
import './goodwill.css'
import '../../words/care.ts'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type GoodwillKind, giveGoodwill, GoodwillKind as Kinds } from '../../contract/goodwill.ts'
import { Area, Choice, Field, usePlace } from '../../ui/index.ts'
import { t } from '../../words/catalogue.ts'
import { ask, Problem } from '../api.ts'
import { FormDialog } from '../pieces/FormDialog.tsx'
import { notice } from '../shell/notices.ts'
import { allowanceQuery, renewGoodwill } from './goodwillQuery.ts'
import { digitsOf, minorOf, money } from './money.ts'

type To = { conversationId: string } | { personId: string } | { organisationId: string }
type Props = { to: To; name: string; onClose: () => void }

export function GiveDialog({ to, name, onClose }: Props) {
  const place = usePlace()
  const asked = useQuery({ ...allowanceQuery('conversationId' in to ? to.conversationId : undefined), staleTime: 0 })
  const mine = asked.data
  const [kind, setKind] = useState<GoodwillKind>('credit')
  const [amount, setAmount] = useState('')
  const [what, setWhat] = useState('')
  const [reason, setReason] = useState('')
  const [leadId, setLead] = useState('')
  const [tried, setTried] = useState(false)
  const currency = mine?.currency ?? 'EUR'
  const needsAmount = kind === 'credit' || kind === 'replacement'
  const minor = amount.trim() === '' && !needsAmount ? 0 : minorOf(amount, currency)
  const beyond = mine !== undefined && minor !== null && minor > 0 && minor > mine.left
  const lead = mine?.leads.find(({ id }) => id === leadId) ?? mine?.leads[0]
  const giving = useMutation({
    mutationFn: (it: { minor: number }) =>
      ask(giveGoodwill, {
        kind,
        what,
        reason,
        minor: it.minor,
        ...to,
        ask: beyond && lead ? { leadId: lead.id } : null,
      }),
    onSuccess: ({ goodwill }) => {
      renewGoodwill()
      notice(
        goodwill.state === 'granted'
          ? { tone: 'kept', title: t('goodwill:give.done', { name }) }
          : { title: t('goodwill:give.asked', { lead: goodwill.lead?.name ?? '' }) },
      )
      onClose()
    },
    onError: error => error instanceof Problem && error.code === 'beyond-allowance' && void asked.refetch(),
  })
  const lacks = {
    amount: minor === null || (needsAmount && minor === 0),
    what: !what.trim(),
    reason: !reason.trim(),
  }
  const save = () => {
    setTried(true)
    if (lacks.amount || lacks.what || lacks.reason || minor === null) return
    giving.mutate({ minor })
  }
  const step = 1 / 10 ** digitsOf(currency)
  return (
    <FormDialog
      title={t('goodwill:give.title')}
      aside={name}
      act={beyond && lead ? t('goodwill:give.askLead', { lead: lead.name }) : t('goodwill:give.act')}
      busy={giving.isPending}
      ready={mine !== undefined && !(beyond && !lead)}
      error={giving.error}
      failed={t('goodwill:give.failed')}
      safe={t('goodwill:give.safe')}
      onAct={save}
      onClose={onClose}
    >
      <fieldset className="touchkinds">
        <legend className="sr">{t('goodwill:give.kinds')}</legend>
        {Kinds.options.map(one => (
          <button key={one} type="button" className="choice" aria-pressed={kind === one} onClick={() => setKind(one)}>
            {t(`goodwill:kind.${one}`)}
          </button>
        ))}
      </fieldset>
      <Field
        label={t('goodwill:give.what')}
        dir="auto"
        maxLength={500}
        placeholder={t(`goodwill:give.example.${kind}`)}
        error={tried && lacks.what ? t('goodwill:give.whatMissing') : undefined}
        value={what}
        onChange={event => setWhat(event.currentTarget.value)}
      />
      <Field
        label={t(needsAmount ? 'goodwill:give.amount' : 'goodwill:give.worth', { currency })}
        inputMode="decimal"
        autoComplete="off"
        placeholder={step < 1 ? '0.00' : '0'}
        error={tried && lacks.amount ? t('goodwill:give.amountWrong') : undefined}
        help={
          mine &&
          t('goodwill:give.left', {
            left: money(mine.left, currency, place.language),
            all: money(mine.minor, currency, place.language),
          })
        }
        value={amount}
        onChange={event => setAmount(event.currentTarget.value)}
      />
      <Area
        label={t('goodwill:give.reason')}
        help={t('goodwill:give.reasonHelp')}
        dir="auto"
        maxLength={2000}
        error={tried && lacks.reason ? t('goodwill:give.reasonMissing') : undefined}
        value={reason}
        onChange={event => setReason(event.currentTarget.value)}
      />
      {beyond && lead && (
        <Choice
          label={t('goodwill:give.lead')}
          help={t('goodwill:give.leadHelp')}
          value={lead.id}
          onChange={event => setLead(event.currentTarget.value)}
        >
          {mine.leads.map(one => (
            <option key={one.id} value={one.id}>
              {one.name}
            </option>
          ))}
        </Choice>
      )}
      {beyond && !lead && (
        <p className="small wrong" role="status">
          {t('goodwill:give.noLead')}
        </p>
      )}
    </FormDialog>
  )
}
