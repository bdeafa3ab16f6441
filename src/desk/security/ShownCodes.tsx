/** Recovery codes, this once: to be copied, kept as a file or printed. Keeps none of them itself. */
import { IconCheck, IconCopy, IconDownload } from '@tabler/icons-react'
import { useState } from 'react'
import { Button, Dialog } from '../../ui/index.ts'
import { t } from '../../words/catalogue.ts'
import { useMe } from '../session/me.ts'

export function ShownCodes({ codes, onClose }: { codes: string[]; onClose: () => void }) {
  const me = useMe()
  const [copied, setCopied] = useState(false)
  const save = () => {
    const head = t('security:codes.fileHead', { address: me.address, name: me.installation.name })
    const place = URL.createObjectURL(new Blob([`${head}\n\n${codes.join('\n')}\n`], { type: 'text/plain' }))
    Object.assign(document.createElement('a'), { href: place, download: t('security:codes.fileName') }).click()
    URL.revokeObjectURL(place)
  }
  const copy = () =>
    navigator.clipboard.writeText(codes.join('\n')).then(
      () => setCopied(true),
      () => setCopied(false),
    )
  return (
    <Dialog title={t('security:codes.shownTitle')} onClose={onClose}>
      <p>{t('security:codes.shownLead')}</p>
      <ol className="codes" translate="no">
        {codes.map(code => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <p className="acts">
        <Button
          icon={copied ? <IconCheck size={17} aria-hidden="true" /> : <IconCopy size={17} aria-hidden="true" />}
          onClick={() => void copy()}
        >
          {t(copied ? 'security:codes.copied' : 'security:codes.copy')}
        </Button>
        <Button icon={<IconDownload size={17} aria-hidden="true" />} onClick={save}>
          {t('security:codes.save')}
        </Button>
        <Button kind="primary" onClick={onClose}>
          {t('security:codes.kept')}
        </Button>
      </p>
    </Dialog>
  )
}
