/** Noting a call, visit or meeting from the page of whom it was with. */
import { IconPhone } from '@tabler/icons-react'
import { useState } from 'react'
import type { PartyName } from '../../contract/care.ts'
import { Button } from '../../ui/index.ts'
import { t } from '../../words/relationship.ts'
import { useActions } from '../shell/actions.ts'
import { TouchDialog } from './care/TouchDialog.tsx'

export function TouchAct({ party }: { party: PartyName }) {
  const [noting, setNoting] = useState(false)
  const open = () => setNoting(true)
  useActions([
    { id: 'relation.touch', label: t('relationship:act.touch'), keys: 'v', group: 'here', icon: IconPhone, run: open },
  ])
  return (
    <>
      <Button icon={<IconPhone size={18} stroke={1.6} aria-hidden="true" />} onClick={open}>
        {t('relationship:act.touch')}
      </Button>
      {noting && <TouchDialog party={party} onClose={() => setNoting(false)} />}
    </>
  )
}
