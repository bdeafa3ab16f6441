/** The frame around every screen of somebody signed in: rail, page, tabs on a phone, keys, notices, live connection. */
import './shell.css'
import { Outlet } from '@tanstack/react-router'
import { useEffect, useMemo } from 'react'
import { device, PlaceContext } from '../../ui/index.ts'
import { beginLive } from '../live.ts'
import { settingOf, useMe } from '../session/me.ts'
import { Notices } from './Notices.tsx'
import { Rail } from './Rail.tsx'
import { useKeys } from './useKeys.ts'

export function Shell() {
  const me = useMe()
  useEffect(() => beginLive(), [])
  useKeys(settingOf(me, 'singleKeys', true))
  const place = useMemo(
    () => ({ zone: me.zone ?? me.installation.zone ?? device.zone, language: me.language ?? device.language }),
    [me.zone, me.language, me.installation.zone],
  )
  return (
    <PlaceContext value={place}>
      <div className="desk">
        <Rail />
        <div className="main">
          <Outlet />
        </div>
        <Notices />
      </div>
    </PlaceContext>
  )
}
