/** A mail as it came: its headers, its source, and the file. */
import { useQuery } from '@tanstack/react-query'
import { Fragment } from 'react'
import { original } from '../../contract/originals.ts'
import { ErrorState, usePlace } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { query } from '../api.ts'
import { Sheet } from '../pieces/Sheet.tsx'
import { sizeWords } from './fileKinds.ts'
import { rawAddress } from './MailBody.tsx'

export function OriginalSheet({ messageId, onClose }: { messageId: string; onClose: () => void }) {
  const place = usePlace()
  const asked = useQuery({ ...query(original, { messageId }), staleTime: Infinity })
  return (
    <Sheet title={t('originals:title')} onClose={onClose}>
      <div className="originalmail">
        <ErrorState asked={asked} />
        {asked.data && (
          <>
            <h3 className="section">{t('originals:headers')}</h3>
            <dl tabIndex={0}>
              {asked.data.headers.map(({ name, value }, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: headers never change order
                <Fragment key={at}>
                  <dt>{name}</dt>
                  <dd dir="auto">{value}</dd>
                </Fragment>
              ))}
            </dl>
            <h3 className="section">{t('originals:source')}</h3>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys */}
            <pre tabIndex={0} dir="ltr">
              {asked.data.source}
            </pre>
            <p className="small">
              {asked.data.cut && (
                <span className="muted">
                  {t('originals:cut', { size: sizeWords(asked.data.bytes, place.language) })}{' '}
                </span>
              )}
              <a className="link" href={rawAddress(messageId)} download>
                {t('originals:download')}
              </a>
            </p>
          </>
        )}
      </div>
    </Sheet>
  )
}
