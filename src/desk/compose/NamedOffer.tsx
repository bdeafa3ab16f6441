/** Somebody was named in a reply: offers to copy them in, and does nothing unasked. */
import { Button } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import type { Who } from './addresses.ts'

export function NamedOffer({ who, onCopy, onLeave }: { who: Who; onCopy: () => void; onLeave: () => void }) {
  return (
    <p className="namedoffer small" role="status">
      <span>{t('compose:named.asks', { name: who.name || who.address })}</span>{' '}
      <Button onClick={onCopy}>{t('compose:named.copy')}</Button>{' '}
      <Button kind="quiet" onClick={onLeave}>
        {t('compose:named.no')}
      </Button>
    </p>
  )
}
