/** From which team and mailbox a conversation is begun; shown where there is more than one. */
import { Choice } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'

type Props = {
  teams: readonly { id: string; name: string }[]
  teamId: string
  onTeam: (id: string) => void
  boxes: readonly { id: string; address: string }[]
  boxId: string
  onBox: (id: string) => void
}

export function WriteFrom({ teams, teamId, onTeam, boxes, boxId, onBox }: Props) {
  if (teams.length < 2 && boxes.length < 2) return null
  return (
    <div className="pair">
      {teams.length > 1 && (
        <Choice label={t('compose:write.team')} value={teamId} onChange={event => onTeam(event.target.value)}>
          {teams.map(one => (
            <option key={one.id} value={one.id}>
              {one.name}
            </option>
          ))}
        </Choice>
      )}
      {boxes.length > 1 && (
        <Choice label={t('compose:write.mailbox')} value={boxId} onChange={event => onBox(event.target.value)}>
          {boxes.map(one => (
            <option key={one.id} value={one.id}>
              {one.address}
            </option>
          ))}
        </Choice>
      )}
    </div>
  )
}
