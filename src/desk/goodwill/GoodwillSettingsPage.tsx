/** What may be given without asking: by role, by person where it differs, in which currency and how long; and what counts as often. */
import './goodwill.css'
import '../../words/care.ts'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import * as contract from '../../contract/goodwill.ts'
import { Button, Choice, Field } from '../../ui/index.ts'
import { t } from '../../words/catalogue.ts'
import { ask, type Input } from '../api.ts'
import { cache } from '../cache.ts'
import { Refused } from '../session/Refused.tsx'
import { Section, Waits } from '../settings/Section.tsx'
import { Subject } from '../settings/SettingsPage.tsx'
import { notice } from '../shell/notices.ts'
import { renewGoodwill, settingsQuery } from './goodwillQuery.ts'
import { minorOf, typed } from './money.ts'

export function GoodwillSettingsPage() {
  const asked = useQuery(settingsQuery)
  return (
    <Subject
      subject={t('subjects:goodwill.name')}
      title={t('goodwill:settings.title')}
      lead={t('goodwill:settings.about')}
    >
      <Waits asked={asked} />
      {asked.data && <Form key={JSON.stringify(asked.data)} kept={asked.data} />}
    </Subject>
  )
}

type Kept = contract.GoodwillSettingsView
type Wanted = Input<typeof contract.setGoodwillSettings>
const asWanted = ({ members: _, people, ...settings }: Kept): Wanted => ({
  ...settings,
  people: people.map(({ member, minor }) => ({ memberId: member.id, minor })),
})

function Form({ kept }: { kept: Kept }) {
  const [currency, setCurrency] = useState(kept.currency)
  const [period, setPeriod] = useState(kept.period)
  const [roles, setRoles] = useState({
    lead: typed(kept.lead, kept.currency),
    teammate: typed(kept.teammate, kept.currency),
  })
  const [people, setPeople] = useState(
    kept.people.map(({ member, minor }) => ({ member, amount: typed(minor, kept.currency) })),
  )
  const [often, setOften] = useState({ times: String(kept.oftenTimes), days: String(kept.oftenDays) })
  const known = contract.currencyCode.test(currency)
  const read = (amount: string) => (known ? minorOf(amount, currency) : null)
  const [lead, teammate] = [read(roles.lead), read(roles.teammate)]
  const each = people.map(({ member, amount }) => ({ memberId: member.id, minor: read(amount) }))
  const times = Number(often.times)
  const days = Number(often.days)
  const oftenRight =
    Number.isInteger(times) && times >= 2 && times <= 100 && Number.isInteger(days) && days >= 7 && days <= 730
  const wrong = !known || lead === null || teammate === null || each.some(({ minor }) => minor === null) || !oftenRight
  const saving = useMutation({
    mutationFn: (wanted: Wanted) => ask(contract.setGoodwillSettings, wanted),
    onSuccess: (view, wanted) => {
      cache.setQueryData(settingsQuery.queryKey, view)
      renewGoodwill()
      const before = asWanted(kept)
      const again = JSON.stringify(wanted) === JSON.stringify(before)
      notice({ title: t('desk:button.saved'), ...(again ? {} : { onUndo: () => saving.mutate(before) }) })
    },
  })
  const others = kept.members.filter(({ id }) => !people.some(({ member }) => member.id === id))
  const save = () => {
    if (wrong || lead === null || teammate === null) return
    const named = each.flatMap(({ memberId, minor }) => (minor === null ? [] : [{ memberId, minor }]))
    saving.mutate({ currency, period, lead, teammate, oftenTimes: times, oftenDays: days, people: named })
  }
  const badAmount = (amount: string) => (read(amount) === null ? t('goodwill:settings.amountWrong') : undefined)
  return (
    <form
      className="goodwillsettings"
      onSubmit={event => {
        event.preventDefault()
        save()
      }}
    >
      <Section title={t('goodwill:settings.roles')} note={t('goodwill:settings.rolesNote')}>
        <div className="pair">
          <Field
            label={t('goodwill:settings.currency')}
            value={currency}
            maxLength={3}
            autoComplete="off"
            error={known ? undefined : t('goodwill:settings.currencyWrong')}
            onChange={event => setCurrency(event.currentTarget.value.toUpperCase())}
          />
          <Choice
            label={t('goodwill:settings.period')}
            value={period}
            onChange={event => setPeriod(event.currentTarget.value as contract.Period)}
          >
            {contract.Period.options.map(one => (
              <option key={one} value={one}>
                {t(`goodwill:settings.periods.${one}`)}
              </option>
            ))}
          </Choice>
          {(['lead', 'teammate'] as const).map(role => (
            <Field
              key={role}
              label={t(`goodwill:settings.${role}`)}
              inputMode="decimal"
              value={roles[role]}
              error={known ? badAmount(roles[role]) : undefined}
              onChange={event => setRoles({ ...roles, [role]: event.currentTarget.value })}
            />
          ))}
        </div>
      </Section>
      <Section title={t('goodwill:settings.people')} note={t('goodwill:settings.peopleNote')}>
        {people.map(({ member, amount }, index) => (
          <div key={member.id} className="allowed">
            <Field
              label={member.name}
              inputMode="decimal"
              value={amount}
              error={known ? badAmount(amount) : undefined}
              onChange={event =>
                setPeople(people.map((one, at) => (at === index ? { ...one, amount: event.currentTarget.value } : one)))
              }
            />
            <button
              type="button"
              className="link small"
              onClick={() => setPeople(people.filter(one => one.member.id !== member.id))}
            >
              {t('goodwill:settings.asRole')}
            </button>
          </div>
        ))}
        {others.length > 0 && (
          <Choice
            label={t('goodwill:settings.add')}
            value=""
            onChange={event => {
              const member = others.find(({ id }) => id === event.currentTarget.value)
              if (member) setPeople([...people, { member, amount: roles.teammate }])
            }}
          >
            <option value="">{t('goodwill:settings.choose')}</option>
            {others.map(one => (
              <option key={one.id} value={one.id}>
                {one.name}
              </option>
            ))}
          </Choice>
        )}
      </Section>
      <Section title={t('goodwill:often.title')} note={t('goodwill:settings.oftenNote')}>
        <div className="pair">
          <Field
            label={t('goodwill:settings.oftenTimes')}
            type="number"
            min={2}
            max={100}
            value={often.times}
            onChange={event => setOften({ ...often, times: event.currentTarget.value })}
          />
          <Field
            label={t('goodwill:settings.oftenDays')}
            type="number"
            min={7}
            max={730}
            value={often.days}
            error={oftenRight ? undefined : t('goodwill:settings.oftenWrong')}
            onChange={event => setOften({ ...often, days: event.currentTarget.value })}
          />
        </div>
      </Section>
      <Refused error={saving.error} title={t('goodwill:settings.failed')} />
      <p className="acts spaced">
        <Button kind="primary" submit busy={saving.isPending} disabled={wrong}>
          {t('desk:button.save')}
        </Button>
      </p>
    </form>
  )
}
