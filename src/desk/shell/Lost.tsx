/** Says that the connection is lost and since when, until it is back. Reading goes on. */
import { IconWifiOff } from '@tabler/icons-react'
import { Fragment } from 'react'
import { clock, usePlace } from '../../ui/index.ts'
import { t } from '../../words/catalogue.ts'
import { useConnection } from '../live.ts'
import { useWaiting } from '../offline/waiting.ts'

export function Lost() {
  const { up, since } = useConnection()
  const place = usePlace()
  const waiting = useWaiting().length
  return (
    <div role="status" className={up ? undefined : 'lost'}>
      {up ? null : (
        <Fragment>
          <IconWifiOff size={17} stroke={1.6} aria-hidden="true" />
          {t('desk:live.lost', { time: clock(since, place) })}
          {waiting > 0 && ` ${t('offline:waiting', { count: waiting })}`}
        </Fragment>
      )}
    </div>
  )
}
