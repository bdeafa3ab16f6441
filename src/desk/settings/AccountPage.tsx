/** One's own account: name, zone, and how the desk looks and behaves here. */
import { useMantineColorScheme } from '@mantine/core'
import { useState } from 'react'
import { Button, Choice, Field, Tick } from '../../ui/index.ts'
import { t } from '../../words/catalogue.ts'
import { HintSettings } from '../compose/kindness/HintSettings.tsx'
import { SignatureForm } from '../saved-replies/SignatureForm.tsx'
import { settingOf, useChangeMe, useMe } from '../session/me.ts'
import { signOutHere } from '../session/signOut.ts'
import { zones } from '../session/zones.ts'
import { densityNow, setDensity, setStill, stillNow } from '../shell/appearance.ts'
import { notice } from '../shell/notices.ts'
import { LanguageChoice } from './LanguageChoice.tsx'
import { Radios } from './Radios.tsx'
import { Subject } from './SettingsPage.tsx'

export function AccountPage() {
  const me = useMe()
  return (
    <Subject
      subject={t('subjects:account.name')}
      title={me.name}
      lead={me.address}
      act={<Button onClick={() => void signOutHere()}>{t('desk:nav.signOut')}</Button>}
    >
      <AboutYou />
      <Looks />
      <Behaves />
      <HintSettings />
      <SignatureForm />
    </Subject>
  )
}

function AboutYou() {
  const me = useMe()
  const change = useChangeMe()
  const [name, setName] = useState(me.name)
  return (
    <section className="block">
      <h2 className="section">{t('settings:account.you')}</h2>
      <form
        className="form"
        onSubmit={event => {
          event.preventDefault()
          change.mutate({ name: name.trim() }, { onSuccess: () => notice({ title: t('desk:button.saved') }) })
        }}
      >
        <div className="with-act">
          <Field
            label={t('settings:account.name')}
            required
            maxLength={300}
            value={name}
            onChange={event => setName(event.currentTarget.value)}
          />
          <Button submit disabled={name.trim() === me.name || name.trim() === ''} busy={change.isPending}>
            {t('desk:button.save')}
          </Button>
        </div>
        <LanguageChoice />
        <Choice
          label={t('settings:account.zone')}
          help={t('settings:account.zoneHelp')}
          value={me.zone ?? ''}
          onChange={event => change.mutate({ zone: event.currentTarget.value || null })}
        >
          <option value="">{t('settings:account.zoneOurs', { zone: me.installation.zone })}</option>
          {zones(me.zone ?? me.installation.zone).map(zone => (
            <option key={zone}>{zone}</option>
          ))}
        </Choice>
      </form>
    </section>
  )
}

/** Kept in this browser: another screen may want it otherwise. */
function Looks() {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const [density, show] = useState(densityNow)
  const [still, rest] = useState(stillNow)
  return (
    <section className="block">
      <h2 className="section">{t('settings:account.looks')}</h2>
      <div className="form">
        <Radios
          label={t('settings:account.colours')}
          value={colorScheme}
          options={(['light', 'dark', 'auto'] as const).map(scheme => [scheme, t(`settings:account.scheme.${scheme}`)])}
          onChange={setColorScheme}
        />
        <Radios
          label={t('settings:account.rows')}
          value={density}
          options={(['comfortable', 'compact'] as const).map(one => [one, t(`settings:account.density.${one}`)])}
          onChange={chosen => {
            setDensity(chosen)
            show(chosen)
          }}
        />
        <Tick
          toggle
          label={t('settings:account.still')}
          help={t('settings:account.stillHelp')}
          checked={still}
          onChange={event => {
            setStill(event.currentTarget.checked)
            rest(event.currentTarget.checked)
          }}
        />
      </div>
    </section>
  )
}

function Behaves() {
  const me = useMe()
  const change = useChangeMe()
  return (
    <section className="block">
      <h2 className="section">{t('settings:account.behaves')}</h2>
      <div className="form">
        <Choice
          label={t('settings:account.undo')}
          help={t('settings:account.undoHelp')}
          value={String(me.undoSeconds)}
          onChange={event => change.mutate({ undoSeconds: Number(event.currentTarget.value) })}
        >
          {[...new Set([0, 5, 10, 20, 30, me.undoSeconds])]
            .sort((a, b) => a - b)
            .map(seconds => (
              <option key={seconds} value={seconds}>
                {seconds ? t('settings:account.undoSeconds', { count: seconds }) : t('settings:account.undoNone')}
              </option>
            ))}
        </Choice>
        <Tick
          toggle
          label={t('desk:keys.single')}
          help={t('desk:keys.singleNote')}
          checked={settingOf(me, 'singleKeys', true)}
          onChange={event => change.mutate({ settings: { singleKeys: event.currentTarget.checked } })}
        />
        <Radios
          label={t('settings:account.afterSending')}
          value={settingOf<string>(me, 'afterSending', 'next')}
          options={['next', 'list', 'stay'].map(way => [way, t(`settings:account.after.${way}`)])}
          onChange={way => change.mutate({ settings: { afterSending: way } })}
        />
      </div>
    </section>
  )
}
