/** The sheet of keys: what every key does on this page, and the switch that puts single keys to rest. */
import { Dialog, Keys, Tick } from '../../ui/index.ts'
import { t } from '../../words/catalogue.ts'
import { settingOf, useChangeMe, useMe } from '../session/me.ts'
import { type Action, useAllActions } from './actions.ts'
import { showOverlay } from './overlays.ts'

const columns: Action['group'][][] = [['here'], ['writing', 'lists'], ['anywhere', 'go']]

export function KeySheet() {
  const me = useMe()
  const change = useChangeMe()
  const actions = useAllActions().filter(
    (action, at, all) => action.keys && all.findIndex(({ id }) => id === action.id) === at,
  )
  const of = (group: Action['group']) => actions.filter(action => action.group === group)
  return (
    <Dialog title={t('desk:keys.title')} onClose={() => showOverlay(null)} className="keysheet">
      <div className="cols">
        {columns.map(groups => (
          <div key={groups.join()}>
            {groups
              .filter(group => of(group).length > 0)
              .map(group => (
                <section key={group}>
                  <h3 className="section">{t(`desk:keys.${group}`)}</h3>
                  <ul>
                    {of(group).map(action => (
                      <li key={action.id}>
                        <span>{action.label}</span>
                        <Keys keys={action.keys ?? ''} />
                      </li>
                    ))}
                  </ul>
                </section>
              ))}
          </div>
        ))}
      </div>
      <footer>
        <Tick
          toggle
          label={t('desk:keys.single')}
          checked={settingOf(me, 'singleKeys', true)}
          onChange={event => change.mutate({ settings: { singleKeys: event.currentTarget.checked } })}
        />
        <span>{t('desk:keys.singleNote')}</span>
      </footer>
    </Dialog>
  )
}
