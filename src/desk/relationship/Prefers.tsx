/** Where somebody would rather be reached, beside what is written to them; and before writing first, whether they want it at all. Stops nothing. */
import { IconHandStop, IconMessageHeart } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type Preferred, wishes } from '../../contract/relations.ts'
import { firstName } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { query } from '../api.ts'

const look = { size: 15, stroke: 1.6, 'aria-hidden': true } as const

export function Prefers({ name, preferred }: { name: string; preferred: Preferred }) {
  const { channel, words } = preferred
  if (!channel && !words) return null
  return (
    <p className="rcphint small">
      <IconMessageHeart {...look} />
      <span>
        {channel && t(`reached:prefers.${channel}`, { name: firstName(name) })} {words && <q dir="auto">{words}</q>}
      </span>
    </p>
  )
}

type Whom = { personId: string | undefined; address: string }

export function WishesFor({ personId, address }: Whom) {
  const known = personId !== undefined || /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/.test(address)
  const asked = useQuery({
    ...query(wishes, personId ? { personId } : { address }),
    enabled: known,
  })
  const found = known ? asked.data?.wishes : null
  if (!found) return null
  return (
    <>
      <Prefers name={found.person.name} preferred={found.preferred} />
      {found.refuses && (
        <p className="rcphint small" data-warns>
          <IconHandStop {...look} />
          <span>{t('reached:prefers.refuses', { name: firstName(found.person.name) })}</span>
        </p>
      )}
    </>
  )
}
