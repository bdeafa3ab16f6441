/** Whom a conversation may be given to: an unowned one is simply taken or given, an owned one is handed over, with a reason. */
import { useQuery } from '@tanstack/react-query'
import { teamLoad } from '../../contract/absences.ts'
import type { ConversationView as View } from '../../contract/conversations.ts'
import { colleagues } from '../../contract/teams.ts'
import { Keys } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { query } from '../api.ts'
import type { MenuItem } from '../pieces/Menu.tsx'
import { assign } from './acts.ts'

type Me = { id: string; name: string }

export function useOwnerItems(
  view: View,
  me: Me,
  mine: () => void,
  handOver: (to?: string) => void,
  opened: boolean,
): MenuItem[] {
  const { data } = useQuery(query(colleagues, {}))
  const load = useQuery({ ...query(teamLoad, { teamId: view.team.id }), enabled: opened && view.may.handOver })
  // By hand everything is possible; one sees what one adds to.
  const hintOf = (id: string) => {
    const one = load.data?.members.find(member => member.id === id)
    return one && one.limit !== null && one.open >= one.limit
      ? { hint: <span className="small">{t('sorting:load.hint', { open: one.open, limit: one.limit })}</span> }
      : {}
  }
  const others = (data?.colleagues ?? []).filter(
    ({ id, teams }) => id !== me.id && id !== view.owner?.id && teams.includes(view.team.id),
  )
  return [
    ...(view.owner?.id === me.id ? [] : [{ label: t('conversation:key.mine'), hint: <Keys keys="i" />, run: mine }]),
    ...(view.owner ? [{ section: t('conversation:handOverTo') }] : []),
    ...others.map(member => ({
      label: member.name,
      ...hintOf(member.id),
      disabled: view.owner ? !view.may.handOver : false,
      run: () => (view.owner ? handOver(member.id) : void assign(view, member)),
    })),
    ...(view.may.handOver ? [{ label: t('conversation:anotherTeam'), run: () => handOver() }] : []),
  ]
}
