/** The sample organisation, while it is here: one click removes it all. */
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { removeSample } from '../../contract/sample.ts'
import { Button, Dialog } from '../../ui/index.ts'
import { t } from '../../words/catalogue.ts'
import { ask } from '../api.ts'
import { cache } from '../cache.ts'
import { useMe } from '../session/me.ts'
import { Refused } from '../session/Refused.tsx'
import { notice } from '../shell/notices.ts'

export function SampleBlock() {
  const me = useMe()
  const [asking, setAsking] = useState(false)
  const removing = useMutation({
    mutationFn: () => ask(removeSample, {}),
    onSuccess: async () => {
      setAsking(false)
      notice({ title: t('settings:sample.removed') })
      await cache.invalidateQueries()
    },
  })
  if (!me.installation.sample || !me.administrator) return null
  return (
    <section className="block">
      <h2 className="section">{t('settings:sample.title')}</h2>
      <p className="small muted note">{t('settings:sample.lead')}</p>
      <Button onClick={() => setAsking(true)}>{t('settings:sample.act')}</Button>
      {asking && (
        <Dialog title={t('settings:sample.askTitle')} onClose={() => setAsking(false)}>
          <p>{t('settings:sample.askLead')}</p>
          <Refused error={removing.error} title={t('settings:sample.failed')} safe={t('settings:sample.safe')} />
          <p className="acts">
            <Button kind="danger" busy={removing.isPending} onClick={() => removing.mutate()}>
              {t('settings:sample.act')}
            </Button>
            <Button kind="quiet" onClick={() => setAsking(false)}>
              {t('desk:button.cancel')}
            </Button>
          </p>
        </Dialog>
      )}
    </section>
  )
}
