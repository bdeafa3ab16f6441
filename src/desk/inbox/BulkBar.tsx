/** What can be done with the chosen rows, with a clear count. Stands at the lower edge of the list. */
import { IconArrowBackUp, IconCircleCheck, IconShieldX, IconTrash, IconUserCheck, IconX } from '@tabler/icons-react'
import { Button } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'

type Props = {
  chosen: number
  loaded: number
  named: string
  away: boolean
  onAll: () => void
  onClear: () => void
  onMine: () => void
  onClose: () => void
  onTrash: () => void
  onSpam: () => void
  onTakeBack: () => void
}
const look = { size: 18, stroke: 1.6, 'aria-hidden': true } as const

export function BulkBar(props: Props) {
  return (
    <div className="bulk" role="toolbar" aria-label={t('inbox:bulk.label')}>
      <p className="small" role="status">
        <span className="strong">{t('inbox:bulk.chosen', { count: props.chosen })}</span>{' '}
        {t('inbox:bulk.of', { count: props.loaded, named: props.named })}{' '}
        {props.chosen < props.loaded && (
          <button type="button" className="link" onClick={props.onAll}>
            {t('inbox:bulk.all', { count: props.loaded })}
          </button>
        )}
      </p>
      <button type="button" className="icon" onClick={props.onClear} aria-label={t('inbox:bulk.clear')}>
        <IconX {...look} />
      </button>
      <span className="acts">
        {props.away ? (
          <Button kind="quiet" icon={<IconArrowBackUp {...look} />} onClick={props.onTakeBack}>
            {t('inbox:key.takeBack')}
          </Button>
        ) : (
          <>
            <Button kind="quiet" icon={<IconUserCheck {...look} />} onClick={props.onMine}>
              {t('inbox:key.mine')}
            </Button>
            <Button kind="quiet" icon={<IconCircleCheck {...look} />} onClick={props.onClose}>
              {t('inbox:key.close')}
            </Button>
            <Button kind="quiet" icon={<IconTrash {...look} />} onClick={props.onTrash}>
              {t('inbox:key.trash')}
            </Button>
            <Button kind="quiet" icon={<IconShieldX {...look} />} onClick={props.onSpam}>
              {t('inbox:key.spam')}
            </Button>
          </>
        )}
      </span>
    </div>
  )
}
