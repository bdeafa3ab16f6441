/** A one-time link, shown once: copy it and hand it over by a way you trust. */
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useState } from 'react'
import { Button, Dialog, Field } from '../../ui/index.ts'
import { t } from '../../words/catalogue.ts'

export function HandedLink({
  name,
  address,
  link,
  onClose,
}: {
  name: string
  address: string
  link: string
  onClose: () => void
}) {
  const [copied, setCopied] = useState(false)
  const copy = () =>
    navigator.clipboard.writeText(link).then(
      () => setCopied(true),
      () => setCopied(false),
    )
  return (
    <Dialog title={t('settings:handed.title', { name })} onClose={onClose}>
      <p>{t('settings:handed.lead', { address })}</p>
      <Field label={t('settings:handed.label')} readOnly value={link} onFocus={event => event.currentTarget.select()} />
      <p className="acts">
        <Button
          kind="primary"
          icon={copied ? <IconCheck size={17} /> : <IconCopy size={17} />}
          onClick={() => void copy()}
        >
          {t(copied ? 'settings:handed.copied' : 'settings:handed.copy')}
        </Button>
        <Button kind="quiet" onClick={onClose}>
          {t('desk:button.close')}
        </Button>
      </p>
    </Dialog>
  )
}
