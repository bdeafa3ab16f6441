/** What the ledger shows: whose, which direction, how it stands. It stands in the address. */
import { IconX } from '@tabler/icons-react'
import { type LedgerDirection, LedgerState } from '../../contract/ledger.ts'
import { Choice, Tick } from '../../ui/index.ts'
import { t } from '../../words/promises.ts'
import { useMe } from '../session/me.ts'
import type { LedgerSearch } from './ledgerSearch.ts'

type Props = { search: LedgerSearch; onChange: (part: Partial<LedgerSearch>) => void }

export function LedgerFilter({ search, onChange }: Props) {
  const me = useMe()
  const { of = 'mine', id, name, state = 'open', late = false } = search
  const one = of === 'person' || of === 'customer'
  const direction = search.direction ?? (of === 'mine' || of === 'person' ? 'ours' : 'all')
  return (
    <search className="ledgerfilter" aria-label={t('promises:filter.label')}>
      {one && name ? (
        <p className="onlyof">
          <bdi>{name}</bdi>
          <button
            type="button"
            className="icon"
            aria-label={t('promises:filter.clear')}
            title={t('promises:filter.clear')}
            onClick={() => onChange({ of: undefined, id: undefined, name: undefined, direction: undefined })}
          >
            <IconX size={16} stroke={1.6} aria-hidden="true" />
          </button>
        </p>
      ) : (
        <Choice
          label={t('promises:filter.whose')}
          hideLabel
          value={of === 'team' ? `team ${id}` : of}
          onChange={event => {
            const [kind, teamId] = event.currentTarget.value.split(' ')
            onChange({
              of: kind === 'mine' ? undefined : (kind as 'all' | 'team'),
              id: teamId,
              direction: undefined,
            })
          }}
        >
          <option value="mine">{t('promises:filter.mine')}</option>
          {me.teams.map(team => (
            <option key={team.id} value={`team ${team.id}`}>
              {team.name}
            </option>
          ))}
          <option value="all">{t('promises:filter.everybody')}</option>
        </Choice>
      )}
      <Choice
        label={t('promises:filter.state')}
        hideLabel
        value={state}
        onChange={event => onChange({ state: event.currentTarget.value as LedgerState })}
      >
        {LedgerState.options.map(each => (
          <option key={each} value={each}>
            {t(`promises:state.${each}`)}
          </option>
        ))}
      </Choice>
      {!(of === 'mine' || of === 'person') && (
        <Choice
          label={t('promises:filter.direction')}
          hideLabel
          value={direction === 'inside' ? 'all' : direction}
          onChange={event => onChange({ direction: event.currentTarget.value as LedgerDirection })}
        >
          {(['all', 'ours', 'theirs'] as const).map(each => (
            <option key={each} value={each}>
              {t(`promises:filter.${each}`)}
            </option>
          ))}
        </Choice>
      )}
      <Tick
        label={t('promises:filter.late')}
        checked={late}
        onChange={event => onChange({ late: event.currentTarget.checked })}
      />
    </search>
  )
}
