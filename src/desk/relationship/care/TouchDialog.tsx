/** Noting a call or visit from wherever one is. */
import '../../../words/care.ts'
import type { PartyName } from '../../../contract/care.ts'
import { Dialog } from '../../../ui/index.ts'
import { t } from '../../../words/catalogue.ts'
import { TouchForm } from './TouchForm.tsx'

type Props = { party?: PartyName; checkInId?: string; onClose: () => void }

export function TouchDialog({ party, checkInId, onClose }: Props) {
  return (
    <Dialog title={t('care:touch.title')} aside={party?.name} onClose={onClose}>
      <TouchForm party={party} checkInId={checkInId} onDone={onClose} onCancel={onClose} />
    </Dialog>
  )
}
