/** The browsers that are pushed to: this one switched on or off, others switched off from here. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { forgetPush, pushDevices } from '../../contract/notifications.ts'
import { Button, Time } from '../../ui/index.ts'
import { t } from '../../words/catalogue.ts'
import { ask, query, renew } from '../api.ts'
import { cache } from '../cache.ts'
import { pushState, turnOff, turnOn } from '../push/device.ts'
import { noticeFailure } from '../shell/notices.ts'

const stateKey = ['push-state']

export function PushPart() {
  const here = useQuery({ queryKey: stateKey, queryFn: pushState, staleTime: 0 })
  const asked = useQuery(query(pushDevices, {}))
  const renewed = () => {
    void cache.invalidateQueries({ queryKey: stateKey })
    renew(cache, pushDevices)
  }
  const failed = (error: unknown) => noticeFailure(error, t('notifications:set.pushFailed'))
  const switching = useMutation({
    mutationFn: async (on: boolean) => {
      if (!on) await turnOff()
      else await turnOn(asked.data?.key ?? '')
    },
    onSettled: renewed,
    onError: failed,
  })
  const forgetting = useMutation({
    mutationFn: (deviceId: string) => ask(forgetPush, { deviceId }),
    onSettled: renewed,
    onError: error => noticeFailure(error),
  })
  const devices = asked.data?.devices ?? []
  const on = here.data === 'on' && devices.some(({ current }) => current)
  return (
    <section className="block">
      <h2 className="section">{t('notifications:set.push')}</h2>
      <p className="note muted">{t('notifications:set.pushLead')}</p>
      {here.data === 'unable' && <p className="small muted">{t('notifications:set.pushUnable')}</p>}
      {here.data === 'denied' && <p className="small muted">{t('notifications:set.pushDenied')}</p>}
      {(here.data === 'off' || here.data === 'on') && asked.data && (
        <p className="acts">
          {on && <span>{t('notifications:set.pushOn')}</span>}
          <Button busy={switching.isPending} onClick={() => switching.mutate(!on)}>
            {t(on ? 'notifications:set.pushOff' : 'notifications:set.pushHere')}
          </Button>
        </p>
      )}
      {devices.length > 0 && (
        <ul className="ledge" data-plain>
          {devices.map(device => (
            <li key={device.id}>
              <div>
                <p>
                  {device.agent ?? t('notifications:set.unknownDevice')}
                  {device.current && <span className="muted"> · {t('notifications:set.here')}</span>}
                </p>
                <p className="small muted">
                  <Time at={device.lastGoodAt ?? device.createdAt} />
                </p>
              </div>
              {!device.current && (
                <Button
                  aria-label={t('notifications:set.forgetLabel', {
                    agent: device.agent ?? t('notifications:set.unknownDevice'),
                  })}
                  busy={forgetting.isPending && forgetting.variables === device.id}
                  onClick={() => forgetting.mutate(device.id)}
                >
                  {t('notifications:set.forget')}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
