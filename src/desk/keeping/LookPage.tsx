/** The name, colour and picture of the installation, seen before they are saved, and taken back afterwards. Says at once when a colour could not be read. */
import './keeping.css'
import '../../words/keeping.ts'
import { useMutation } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { type Accent, accentFrom, nearestStrong, needed, type Shades, weakest } from '../../contract/colour.ts'
import * as contract from '../../contract/look.ts'
import { me as meEndpoint } from '../../contract/session.ts'
import { Button, Field } from '../../ui/index.ts'
import { t } from '../../words/catalogue.ts'
import { ask, Problem, renew, send } from '../api.ts'
import { cache } from '../cache.ts'
import { useMe } from '../session/me.ts'
import { Refused } from '../session/Refused.tsx'
import { Section } from '../settings/Section.tsx'
import { Subject } from '../settings/SettingsPage.tsx'
import { notice, noticeFailure } from '../shell/notices.ts'

const pondBlue = '#1a6084'

export function LookPage() {
  const me = useMe()
  const { name, accent, logoId } = me.installation
  const [given, setGiven] = useState<contract.Look>({ name, accent, logoId })
  const saving = useMutation({
    mutationFn: (look: contract.Look) => ask(contract.setLook, look),
    onSuccess: ({ look, before }) => {
      setGiven(look)
      renew(cache, meEndpoint)
      notice({ title: t('keeping:look.saved'), onUndo: () => saving.mutate(before) })
    },
  })
  const bringing = useMutation({
    mutationFn: async (file: File) => {
      if (file.size > contract.mostLogoBytes)
        throw new Problem({
          code: 'no-logo',
          status: 400,
          title: t('keeping:look.logoFailed'),
          detail: t('keeping:look.logoHelp'),
        })
      const made = await send(contract.logoUploadPath, {
        method: 'POST',
        body: file,
        headers: { 'content-type': file.type },
      })
      return made as contract.LogoMade
    },
    onSuccess: made => setGiven(before => ({ ...before, logoId: made.logoId })),
    onError: error => noticeFailure(error, t('keeping:look.logoFailed')),
  })
  const picker = useRef<HTMLInputElement>(null)
  const shades = accentFrom(given.accent ?? pondBlue)
  const same = given.name.trim() === name && given.accent === accent && given.logoId === logoId
  return (
    <Subject subject={t('subjects:look.name')} title={t('keeping:look.title')} lead={t('keeping:look.lead')}>
      <form
        onSubmit={event => {
          event.preventDefault()
          saving.mutate({ ...given, name: given.name.trim() })
        }}
      >
        <section className="block">
          <div className="form">
            <Field
              label={t('keeping:look.name')}
              required
              maxLength={200}
              value={given.name}
              onChange={event => setGiven({ ...given, name: event.currentTarget.value })}
            />
          </div>
        </section>
        <Section title={t('keeping:look.logo')} note={t('keeping:look.logoHelp')}>
          <div className="pick">
            {given.logoId && <img src={contract.logoPath(given.logoId, 'large')} alt={t('keeping:look.logoAlt')} />}
            <input
              ref={picker}
              type="file"
              className="sr"
              tabIndex={-1}
              aria-label={t('keeping:look.choose')}
              accept="image/png,image/jpeg,image/svg+xml"
              onChange={event => {
                const file = event.currentTarget.files?.[0]
                if (file) bringing.mutate(file)
                event.currentTarget.value = ''
              }}
            />
            <Button busy={bringing.isPending} onClick={() => picker.current?.click()}>
              {t(given.logoId ? 'keeping:look.change' : 'keeping:look.choose')}
            </Button>
            {given.logoId && (
              <Button kind="quiet" onClick={() => setGiven({ ...given, logoId: null })}>
                {t('keeping:look.remove')}
              </Button>
            )}
          </div>
        </Section>
        <Section title={t('keeping:look.colour')} note={t('keeping:look.colourHelp')}>
          <div className="pick">
            <input
              type="color"
              aria-label={t('keeping:look.colour')}
              value={given.accent ?? pondBlue}
              onChange={event => setGiven({ ...given, accent: event.currentTarget.value.toLowerCase() })}
            />
            <code>{given.accent ?? pondBlue}</code>
            {given.accent && (
              <Button kind="quiet" onClick={() => setGiven({ ...given, accent: null })}>
                {t('keeping:look.ours')}
              </Button>
            )}
          </div>
          <div className="spaced" role="status">
            {given.accent && !shades && (
              <TooWeak colour={given.accent} take={accent => setGiven({ ...given, accent })} />
            )}
          </div>
          {shades && <Preview accent={shades} />}
        </Section>
        <section className="block">
          <Refused error={saving.error} title={t('keeping:look.failed')} />
          <p className="acts">
            <Button kind="primary" submit busy={saving.isPending} disabled={same || !shades || !given.name.trim()}>
              {t('desk:button.save')}
            </Button>
          </p>
        </section>
      </form>
    </Subject>
  )
}

function TooWeak({ colour, take }: { colour: string; take: (colour: string) => void }) {
  const better = nearestStrong(colour)
  return (
    <p className="late">
      {t('keeping:look.weak', { is: weakest(colour).toFixed(1), needs: needed })}{' '}
      <button type="button" className="link" onClick={() => take(better)}>
        {t('keeping:look.take', { colour: better })}
      </button>
    </p>
  )
}

const grounds = { light: { ground: '#fcfdfc', ink: '#1a2322' }, dark: { ground: '#171e1d', ink: '#e3e9e7' } }

function Preview({ accent }: { accent: Accent }) {
  return (
    <div className="shades spaced">
      {(['light', 'dark'] as const).map(scheme => (
        <Shade key={scheme} scheme={scheme} shades={accent[scheme]} />
      ))}
    </div>
  )
}

function Shade({ scheme, shades }: { scheme: 'light' | 'dark'; shades: Shades }) {
  const { ground, ink } = grounds[scheme]
  return (
    <p className="shade" style={{ background: ground, color: ink }}>
      <span>{t(`keeping:look.${scheme}`)}</span>
      <span style={{ color: shades.accent }}>{t('keeping:look.sampleLink')}</span>
      <span className="filled" style={{ background: shades.fill }}>
        {t('keeping:look.sampleButton')}
      </span>
      <span className="faint" style={{ background: shades.soft, color: shades.accent }}>
        {t('keeping:look.sampleChip')}
      </span>
    </p>
  )
}
