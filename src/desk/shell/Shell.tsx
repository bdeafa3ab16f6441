/** The frame around every screen of somebody signed in: rail, page, tabs on a phone, keys, notices, live connection. */
import './shell.css'
import './overlays.css'
import { Outlet } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useMemo } from 'react'
import { device, languageFor, PlaceContext } from '../../ui/index.ts'
import { t } from '../../words/catalogue.ts'
import { beginLive } from '../live.ts'
import { settingOf, useMe } from '../session/me.ts'
import { Lost } from './Lost.tsx'
import { Notices } from './Notices.tsx'
import { useOverlay } from './overlays.ts'
import { Rail } from './Rail.tsx'
import { Tabs } from './Tabs.tsx'
import { useDeskActions } from './useDeskActions.ts'
import { useKeys } from './useKeys.ts'

const Palette = lazy(() => import('./Palette.tsx').then(({ Palette }) => ({ default: Palette })))
const KeySheet = lazy(() => import('./KeySheet.tsx').then(({ KeySheet }) => ({ default: KeySheet })))

export function Shell() {
  const me = useMe()
  const overlay = useOverlay()
  useEffect(() => beginLive(), [])
  useDeskActions()
  useKeys(settingOf(me, 'singleKeys', true))
  const place = useMemo(
    () => ({
      zone: me.zone ?? me.installation.zone ?? device.zone,
      language: me.language ? languageFor(me.language) : device.language,
    }),
    [me.zone, me.language, me.installation.zone],
  )
  return (
    <PlaceContext value={place}>
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
      </div>
      <Suspense>
        {overlay === 'palette' && <Palette />}
        {overlay === 'keys' && <KeySheet />}
      </Suspense>
    </PlaceContext>
  )
}
