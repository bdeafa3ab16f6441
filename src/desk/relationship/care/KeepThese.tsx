/** Above a list of relationships that was narrowed: one keeper and one rhythm for all that are left. As many at once as are sure to be meant. */
import '../../../words/care.ts'
import { useState } from 'react'
import { Button } from '../../../ui/index.ts'
import { t } from '../../../words/catalogue.ts'
import { KeepDialog } from './KeepDialog.tsx'

const most = 500

export function KeepThese({ parties }: { parties: { is: 'person' | 'organisation'; id: string }[] }) {
  const [keeping, setKeeping] = useState(false)
  if (parties.length === 0 || parties.length > most) return null
  return (
    <>
      <Button onClick={() => setKeeping(true)}>{t('care:list.keep', { count: parties.length })}</Button>
      {keeping && <KeepDialog parties={parties.map(({ is, id }) => ({ is, id }))} onClose={() => setKeeping(false)} />}
    </>
  )
}
