/** What each role may do, as the server enforces it, and the switches that an administrator may turn. States no right by itself. */
import './keeping.css'
import '../../words/keeping.ts'
import { IconCheck, IconMinus, IconUser } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import type { z } from 'zod'
import * as contract from '../../contract/rights.ts'
import { t } from '../../words/catalogue.ts'
import { ask, query } from '../api.ts'
import { cache } from '../cache.ts'
import { useMe } from '../session/me.ts'
import { Waits } from '../settings/Section.tsx'
import { Subject } from '../settings/SettingsPage.tsx'
import { notice, noticeFailure } from '../shell/notices.ts'

const rightsQuery = query(contract.rights, {})
const columns = contract.Column.options
type Line = z.infer<typeof contract.RightLine>
type Change = { grant: contract.GrantName; role: contract.GrantRole; on: boolean }

const roleName = (column: contract.Column) =>
  column === 'administrator' ? t('audit:rights.administrator') : t(`settings:role.${column}.name`)

export function RightsPage() {
  const me = useMe()
  const asked = useQuery(rightsQuery)
  const setting = useMutation({
    mutationFn: (change: Change) => ask(contract.setGrant, change),
    onSuccess: (view, change) => {
      cache.setQueryData(rightsQuery.queryKey, view)
      const gaps = { role: roleName(change.role), right: t(`audit:rights.lines.${change.grant}`) }
      notice({
        title: t(change.on ? 'audit:rights.on' : 'audit:rights.off', gaps),
        onUndo: () => setting.mutate({ ...change, on: !change.on }),
      })
    },
    onError: error => noticeFailure(error),
  })
  return (
    <Subject
      subject={t('subjects:roles.name')}
      title={t('audit:rights.title')}
      lead={t(me.administrator ? 'audit:rights.lead' : 'audit:rights.leadMember')}
    >
      <Waits asked={asked} />
      {(['conversations', 'team', 'settings'] as const).map(about => (
        <Table
          key={about}
          about={about}
          lines={asked.data?.lines.filter(line => line.about === about) ?? []}
          turn={me.administrator ? setting.mutate : null}
        />
      ))}
      {asked.data && (
        <p className="small muted block">
          {t('audit:rights.own')} {t('audit:rights.administratorNote')}
        </p>
      )}
    </Subject>
  )
}

type TableProps = { about: Line['about']; lines: Line[]; turn: ((change: Change) => void) | null }

function Table({ about, lines, turn }: TableProps) {
  if (lines.length === 0) return null
  return (
    <div className="rights">
      <table>
        <caption className="section">{t(`audit:rights.about.${about}`)}</caption>
        <thead>
          <tr>
            <th scope="col">
              <span className="sr">{t('audit:rights.right')}</span>
            </th>
            {columns.map(column => (
              <th key={column} scope="col">
                {roleName(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map(line => (
            <tr key={line.name}>
              <th scope="row">{t(`audit:rights.lines.${line.name}`)}</th>
              {columns.map(column => (
                <td key={column} data-role={roleName(column)}>
                  <Cell line={line} column={column} turn={turn} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Cell({ line, column, turn }: { line: Line; column: contract.Column; turn: TableProps['turn'] }) {
  const may = line.may[column]
  const words = t(`audit:rights.may.${may}`)
  const role = contract.GrantRole.safeParse(column)
  const label = t('audit:rights.switchOf', { right: t(`audit:rights.lines.${line.name}`), role: roleName(column) })
  if (turn && role.success && line.switches.includes(role.data))
    return (
      <span className="tick turn">
        <input
          type="checkbox"
          role="switch"
          data-toggle
          aria-label={label}
          aria-checked={may !== 'no'}
          checked={may !== 'no'}
          onChange={event =>
            turn({ grant: line.name as contract.GrantName, role: role.data, on: event.currentTarget.checked })
          }
        />
        {may === 'own' && <span className="small muted">{words}</span>}
      </span>
    )
  const Icon = { yes: IconCheck, own: IconUser, no: IconMinus }[may]
  return (
    <span className="may" data-may={may}>
      <Icon size={17} stroke={1.7} aria-hidden="true" />
      <span className={may === 'own' ? 'small' : 'sr'}>{words}</span>
    </span>
  )
}
