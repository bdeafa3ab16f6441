/** The frame around every screen of somebody signed in: rail, page, tabs on a phone, keys, notices, live connection. */
import './shell.css'
import './overlays.css'
import { Outlet } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useMemo } from 'react'
import { device, languageFor, PlaceContext } from '../../ui/index.ts'
import { t } from '../../words/catalogue.ts'
import { nearest, pseudo } from '../../words/languages.ts'
import { speak, spokenNow, useSpoken } from '../language.ts'
import { beginLive } from '../live.ts'
import { useOffline } from '../offline/useOffline.ts'
import { WhyLate } from '../promises/WhyLate.tsx'
import { useWorker } from '../push/useWorker.ts'
import { settingOf, useMe } from '../session/me.ts'
import { Lost } from './Lost.tsx'
import { Notices } from './Notices.tsx'
import { noticeFailure } from './notices.ts'
import { useOverlay } from './overlays.ts'
import { Rail } from './Rail.tsx'
import { Tabs } from './Tabs.tsx'
import { useAccent } from './useAccent.ts'
import { useDeskActions } from './useDeskActions.ts'
import { useKeys } from './useKeys.ts'

const Palette = lazy(() => import('./Palette.tsx').then(({ Palette }) => ({ default: Palette })))
const KeySheet = lazy(() => import('./KeySheet.tsx').then(({ KeySheet }) => ({ default: KeySheet })))

export function Shell() {
  const me = useMe()
  const overlay = useOverlay()
  const spoken = useSpoken()
  // The account's language wins over what this browser spoke before anyone was known.
  useEffect(() => {
    const wanted = nearest([me.language])
    if (me.language && spokenNow() !== pseudo && spokenNow() !== wanted) void speak(wanted).catch(noticeFailure)
  }, [me.language])
  useEffect(() => beginLive(), [])
  useAccent(me.installation.accent)
  useDeskActions()
  useOffline(me.id)
  useWorker()
  const place = useMemo(
    () => ({
      zone: me.zone ?? me.installation.zone ?? device.zone,
      language: languageFor(me.language ?? (spoken === 'en' ? device.language : spoken)),
    }),
    [me.zone, me.language, me.installation.zone, spoken],
  )
  return (
    <PlaceContext value={place}>
      <HearsKeys singly={settingOf(me, 'singleKeys', true)} />
      <a className="skip" href="#page">
        {t('desk:nav.skip')}
      </a>
      <div className="desk">
        <Rail />
        <div className="main">
          <Lost />
          <Outlet />
        </div>
        <Tabs />
        <Notices />
        <WhyLate />
      </div>
      <Suspense>
        {overlay === 'palette' && <Palette />}
        {overlay === 'keys' && <KeySheet />}
      </Suspense>
    </PlaceContext>
  )
}

/** Keys change with every page; what stands around the page needn't be drawn again for them. */
function HearsKeys({ singly }: { singly: boolean }) {
  useKeys(singly)
  return null
}
