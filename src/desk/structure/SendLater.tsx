/** Beside Send: the same reply at another time. Suggests when the team begins to work; any other time may be written. */
import '@mantine/core/styles/Popover.layer.css'
import { Popover } from '@mantine/core'
import { IconClockHour4 } from '@tabler/icons-react'
import { useState } from 'react'
import type { ConversationView } from '../../contract/conversations.ts'
import { firstName, usePlace } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { WhenField } from '../compose/WhenField.tsx'
import { whenWords } from '../compose/whenWords.ts'
import { leadingPromise } from '../conversation/viewPatches.ts'
import { useActions } from '../shell/actions.ts'
import { useStructure } from './structureQuery.ts'

type Props = { view: ConversationView; disabled: boolean; onSend: (at: string) => void }

export function SendLater({ view, disabled, onSend }: Props) {
  const place = usePlace()
  const [opened, setOpened] = useState(false)
  const [own, setOwn] = useState(false)
  const mornings = useStructure(view.id)?.mornings
  const promise = leadingPromise(view.promises)
  const due = promise?.direction === 'ours' && view.state === 'open' ? promise.dueAt : null
  useActions(
    disabled
      ? []
      : [
          {
            id: 'compose.sendLater',
            label: t('structure:sendLater.title'),
            keys: 'Alt+Shift+KeyL',
            group: 'writing' as const,
            inFields: true,
            run: () => setOpened(true),
          },
        ],
  )
  const close = () => {
    setOpened(false)
    setOwn(false)
  }
  const take = (at: string) => {
    close()
    onSend(at)
  }
  const presets = mornings
    ? [
        { key: 'next', at: mornings.next },
        ...(mornings.monday === mornings.next ? [] : [{ key: 'monday', at: mornings.monday }]),
      ]
    : []
  return (
    <Popover
      opened={opened}
      onChange={now => (now ? setOpened(true) : close())}
      position="top-end"
      shadow="md"
      trapFocus
      returnFocus
      transitionProps={{ duration: 110 }}
    >
      <Popover.Target>
        <button
          type="button"
          className="icon sendlater"
          disabled={disabled}
          aria-label={t('structure:sendLater.title')}
          title={t('structure:sendLater.title')}
          aria-haspopup="dialog"
          onClick={() => setOpened(before => !before)}
        >
          <IconClockHour4 size={20} stroke={1.6} aria-hidden="true" />
        </button>
      </Popover.Target>
      <Popover.Dropdown
        className="whenpop laterpop"
        aria-label={t('structure:sendLater.title')}
        onKeyDown={event => event.key !== 'Escape' && event.stopPropagation()}
      >
        <p className="section">{t('structure:sendLater.title')}</p>
        {own ? (
          <WhenField open label={t('structure:sendLater.when')} value={null} onChange={take} />
        ) : (
          <ul className="likely">
            {presets.map(({ key, at }, place_) => (
              <li key={key}>
                <button type="button" {...(place_ === 0 ? { 'data-autofocus': true } : {})} onClick={() => take(at)}>
                  {t(`structure:sendLater.${key}`)} <span className="muted small">{whenWords(at, place)}</span>
                </button>
              </li>
            ))}
            <li>
              <button type="button" onClick={() => setOwn(true)}>
                {t('structure:sendLater.own')}
              </button>
            </li>
          </ul>
        )}
        <p className="small muted">
          {due && presets[0] && due < presets[0].at
            ? t('structure:sendLater.due', { name: firstName(view.customer.name), when: whenWords(due, place) })
            : t('structure:sendLater.lead', { name: firstName(view.customer.name) })}
        </p>
      </Popover.Dropdown>
    </Popover>
  )
}
