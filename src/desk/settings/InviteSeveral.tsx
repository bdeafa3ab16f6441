/** Inviting several at once into one team: a line each. Says of every line what became of it. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Role } from '../../contract/session.ts'
import { invite, members } from '../../contract/teams.ts'
import { Area, Button, Choice, Dialog } from '../../ui/index.ts'
import { t } from '../../words/catalogue.ts'
import { ask, Problem, renew } from '../api.ts'
import { cache } from '../cache.ts'
import { teamsQuery } from '../mailboxes/queries.ts'
import { guessName, roles } from './InviteDialog.tsx'

type Line = { name: string; address: string }
type Became = Line & ({ link: string } | { why: string })

const most = 200

/** "Ana Kovačević <ana@example.org>" or the address alone; the first line that is neither comes back as text. */
function linesOf(text: string): Line[] | string {
  const lines: Line[] = []
  for (const line of text
    .split(/[\n;,]/)
    .map(one => one.trim())
    .filter(Boolean)
    .slice(0, most)) {
    const found = /^(?:"?([^"<]*?)"?\s*<)?([^\s@<>"]+@[^\s@<>"]+)>?$/.exec(line)
    if (!found?.[2]) return line
    lines.push({ address: found[2], name: found[1]?.trim() || guessName(found[2]) || found[2] })
  }
  return lines
}

export function InviteSeveral({ onClose }: { onClose: () => void }) {
  const teams = useQuery(teamsQuery)
  const [text, setText] = useState('')
  const [given, setGiven] = useState({ teamId: '', role: 'teammate' as Role })
  const [copied, setCopied] = useState(false)
  const lines = linesOf(text)
  const teamId = given.teamId || teams.data?.teams[0]?.id
  const inviting = useMutation({
    mutationFn: async (all: Line[]): Promise<Became[]> => {
      const became: Became[] = []
      for (const line of all) {
        const asked = { ...line, teams: teamId && given.teamId !== 'none' ? [{ teamId, role: given.role }] : [] }
        became.push(
          await ask(invite, asked).then(
            ({ link }) => ({ ...line, link }),
            error => ({ ...line, why: error instanceof Problem ? error.title : t('desk:state.broken') }),
          ),
        )
      }
      return became
    },
    onSettled: () => renew(cache, members),
  })
  if (inviting.data) {
    const links = inviting.data.flatMap(one => ('link' in one ? [`${one.address} ${one.link}`] : []))
    return (
      <Dialog title={t('settings:several.done', { count: links.length })} onClose={onClose}>
        <p>{t('settings:several.note')}</p>
        <ul className="plain-list">
          {inviting.data.map(one => (
            <li key={one.address}>
              {one.address}{' '}
              {'why' in one && <span className="late">{t('settings:several.failed', { why: one.why })}</span>}
            </li>
          ))}
        </ul>
        <p className="acts">
          {links.length > 0 && (
            <Button
              kind="primary"
              onClick={() =>
                void navigator.clipboard.writeText(links.join('\n')).then(
                  () => setCopied(true),
                  () => {},
                )
              }
            >
              {t(copied ? 'settings:several.copied' : 'settings:several.copy')}
            </Button>
          )}
          <Button kind="quiet" onClick={onClose}>
            {t('desk:button.close')}
          </Button>
        </p>
      </Dialog>
    )
  }
  return (
    <Dialog title={t('settings:several.title')} onClose={onClose}>
      <form
        className="form"
        onSubmit={event => {
          event.preventDefault()
          if (typeof lines !== 'string') inviting.mutate(lines)
        }}
      >
        <Area
          label={t('settings:several.who')}
          help={t('settings:several.help')}
          error={typeof lines === 'string' ? t('settings:several.unreadable', { line: lines.slice(0, 60) }) : undefined}
          required
          rows={6}
          value={text}
          onChange={event => setText(event.currentTarget.value)}
        />
        <div className="pair">
          <Choice
            label={t('settings:invite.team')}
            value={given.teamId || teamId || 'none'}
            onChange={event => setGiven({ ...given, teamId: event.currentTarget.value })}
          >
            {teams.data?.teams.map(team => (
              <option key={team.id} value={team.id}>
                {team.name}
              </option>
            ))}
            <option value="none">{t('settings:invite.noTeam')}</option>
          </Choice>
          <Choice
            label={t('settings:invite.role')}
            value={given.role}
            onChange={event => setGiven({ ...given, role: event.currentTarget.value as Role })}
          >
            {roles.map(role => (
              <option key={role} value={role}>
                {t(`settings:role.${role}.name`)}
              </option>
            ))}
          </Choice>
        </div>
        <p className="acts">
          <Button
            kind="primary"
            submit
            busy={inviting.isPending}
            disabled={typeof lines === 'string' || lines.length === 0}
          >
            {t('settings:several.act', { count: typeof lines === 'string' ? 0 : lines.length })}
          </Button>
          <Button kind="quiet" onClick={onClose}>
            {t('desk:button.cancel')}
          </Button>
        </p>
      </form>
    </Dialog>
  )
}
