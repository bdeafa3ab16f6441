/** The help pages' settings: open or not, their own words and host, and the forms customers fill in. */
import '../../words/portal.ts'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import * as contract from '../../contract/portal.ts'
import { Area, Button, Field, Tick } from '../../ui/index.ts'
import { t } from '../../words/catalogue.ts'
import { ask, query, renew } from '../api.ts'
import { cache } from '../cache.ts'
import { Refused } from '../session/Refused.tsx'
import { Section, Waits } from '../settings/Section.tsx'
import { Subject } from '../settings/SettingsPage.tsx'
import { notice } from '../shell/notices.ts'
import { Forms } from './Forms.tsx'
import { OwnPages } from './OwnPages.tsx'

const settingsQuery = query(contract.portalSettings, {})

export function PortalPage() {
  const asked = useQuery(settingsQuery)
  return (
    <Subject subject={t('subjects:portal.name')} title={t('portal:title')} lead={t('portal:lead')}>
      <Waits asked={asked} />
      {asked.data && <Settings key={JSON.stringify(asked.data)} {...asked.data} />}
      {asked.data && <Forms />}
      {asked.data && <OwnPages />}
    </Subject>
  )
}

type Kept = { settings: contract.PortalSettings; address: string }

function Settings({ settings, address }: Kept) {
  const [given, setGiven] = useState({
    ...settings,
    host: settings.host ?? '',
    note: settings.note ?? { title: '', words: '' },
  })
  const saving = useMutation({
    mutationFn: (wanted: contract.PortalSettings) => ask(contract.setPortalSettings, wanted),
    onSuccess: ({ before }) => {
      renew(cache, contract.portalSettings)
      notice({ title: t('portal:saved'), onUndo: () => saving.mutate(before) })
    },
  })
  const { note, host } = given
  const title = note.title.trim()
  const words = note.words.trim()
  const half = (title === '') !== (words === '')
  const hostRight = host.trim() === '' || contract.PortalSettings.shape.host.safeParse(host).success
  const save = () => {
    if (half || !hostRight) return
    saving.mutate({ ...given, host: host.trim() || null, note: title ? { title, words } : null })
  }
  return (
    <form
      onSubmit={event => {
        event.preventDefault()
        save()
      }}
    >
      <section className="block">
        <Tick
          toggle
          label={t('portal:on')}
          help={t('portal:onHelp')}
          checked={given.on}
          onChange={event => setGiven({ ...given, on: event.currentTarget.checked })}
        />
        {settings.on && (
          <p className="small note">
            <a className="link" href={address}>
              {t('portal:look')}
            </a>
          </p>
        )}
      </section>
      <Section title={t('portal:words')}>
        <div className="form">
          <Area
            label={t('portal:intro')}
            help={t('portal:introHelp')}
            rows={2}
            maxLength={500}
            value={given.intro}
            onChange={event => setGiven({ ...given, intro: event.currentTarget.value })}
          />
          <Field
            label={t('portal:foot')}
            help={t('portal:footHelp')}
            maxLength={300}
            value={given.foot}
            onChange={event => setGiven({ ...given, foot: event.currentTarget.value })}
          />
        </div>
      </Section>
      <Section title={t('portal:note')} note={t('portal:noteLead')}>
        <div className="form">
          <Field
            label={t('portal:noteTitle')}
            maxLength={100}
            value={note.title}
            error={half ? t('portal:noteHalf') : undefined}
            onChange={event => setGiven({ ...given, note: { ...note, title: event.currentTarget.value } })}
          />
          <Area
            label={t('portal:noteWords')}
            rows={2}
            maxLength={500}
            value={note.words}
            onChange={event => setGiven({ ...given, note: { ...note, words: event.currentTarget.value } })}
          />
        </div>
      </Section>
      <Section title={t('portal:host')} note={t('portal:hostLead')}>
        <div className="form">
          <Field
            label={t('portal:hostField')}
            help={t('portal:hostHelp')}
            maxLength={253}
            autoComplete="off"
            spellCheck={false}
            value={host}
            error={hostRight ? undefined : t('portal:hostWrong')}
            onChange={event => setGiven({ ...given, host: event.currentTarget.value })}
          />
        </div>
      </Section>
      <Refused error={saving.error} title={t('portal:failed')} />
      <p className="acts spaced">
        <Button kind="primary" submit busy={saving.isPending}>
          {t('desk:button.save')}
        </Button>
      </p>
    </form>
  )
}
