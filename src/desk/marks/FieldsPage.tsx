/** The fields this installation adds to its conversations: added, named, ordered by keys, buttons or drag, archived and brought back. */
import './settings.css'
import { IconArrowDown, IconArrowUp, IconGripVertical } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { changeField, type FieldView, fields, moveField } from '../../contract/fields.ts'
import { Bones, Button, EmptyState, ErrorState, Tick, usePlace } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { ask, query, renew } from '../api.ts'
import { cache } from '../cache.ts'
import { Subject } from '../settings/SettingsPage.tsx'
import { notice, noticeFailure } from '../shell/notices.ts'
import { FieldDialog } from './FieldDialog.tsx'
import { movedTo } from './order.ts'

const fieldsQuery = query(fields, {})

export function FieldsPage() {
  const asked = useQuery(fieldsQuery)
  const [making, setMaking] = useState(false)
  const [changing, setChanging] = useState<FieldView | null>(null)
  const [archived, setArchived] = useState(false)
  const all = asked.data?.fields ?? []
  const shown = all.filter(field => field.archived === archived)
  const hasArchived = all.some(field => field.archived)
  return (
    <Subject
      subject={t('subjects:fields.name')}
      title={t('marks:settings.fields')}
      lead={t('marks:settings.fieldsLead')}
      act={
        <Button kind="primary" onClick={() => setMaking(true)}>
          {t('marks:settings.addField')}
        </Button>
      }
    >
      {asked.isPending && <Bones shape="list" />}
      {asked.isError && !asked.data && <ErrorState asked={asked} />}
      {(hasArchived || archived) && (
        <div className="block">
          <Tick
            toggle
            label={t('marks:settings.showArchivedFields')}
            checked={archived}
            onChange={event => setArchived(event.currentTarget.checked)}
          />
        </div>
      )}
      {asked.isSuccess && shown.length === 0 && (
        <EmptyState title={t(archived ? 'marks:settings.noArchivedFields' : 'marks:settings.noFields')}>
          {!archived && t('marks:settings.noFieldsLead')}
        </EmptyState>
      )}
      <Order fields={shown} onChange={setChanging} />
      {making && <FieldDialog onClose={() => setMaking(false)} />}
      {changing && <FieldDialog field={changing} onClose={() => setChanging(null)} />}
    </Subject>
  )
}

let moves: Promise<void> = Promise.resolve()

type OrderProps = { fields: FieldView[]; onChange: (field: FieldView) => void }

function Order({ fields: shown, onChange }: OrderProps) {
  const [dragged, setDragged] = useState<string | null>(null)
  const [over, setOver] = useState<string | null>(null)
  const move = async (field: FieldView, to: number) => {
    const { order, beforeId } = movedTo(shown, field.id, to)
    // An answer that is on its way knows nothing of this move.
    await cache.cancelQueries({ queryKey: fieldsQuery.queryKey })
    const before = cache.getQueryData(fieldsQuery.queryKey)
    if (before)
      cache.setQueryData(fieldsQuery.queryKey, {
        fields: [...order, ...before.fields.filter(({ id }) => !order.some(other => other.id === id))],
      })
    // One after the other, as they were asked for.
    moves = moves.then(() => ask(moveField, { fieldId: field.id, beforeId })).then(() => {}, noticeFailure)
    const mine = moves
    await mine
    if (mine === moves) renew(cache, fields)
  }
  return (
    <ol className="ledge fieldlist" aria-label={t('marks:settings.fields')}>
      {shown.map((field, at) => {
        const up = () => at > 0 && void move(field, at - 1)
        const down = () => at < shown.length - 1 && void move(field, at + 1)
        const orders = field.mayChange && !field.archived && shown.length > 1
        return (
          // Dragging is a convenience; the buttons and Alt with arrows do the same.
          <li
            key={field.id}
            data-lead
            data-over={(over === field.id && dragged !== field.id) || undefined}
            draggable={orders}
            onDragStart={event => {
              event.dataTransfer.effectAllowed = 'move'
              setDragged(field.id)
            }}
            onDragOver={event => {
              if (!dragged) return
              event.preventDefault()
              setOver(field.id)
            }}
            onDragEnd={() => {
              setDragged(null)
              setOver(null)
            }}
            onDrop={event => {
              event.preventDefault()
              const one = shown.find(({ id }) => id === dragged)
              if (one) void move(one, at)
              setDragged(null)
              setOver(null)
            }}
            onKeyDown={event => {
              if (!orders || !event.altKey) return
              if (event.key === 'ArrowUp') up()
              else if (event.key === 'ArrowDown') down()
              else return
              event.preventDefault()
            }}
          >
            <span className="grip" data-orders={orders || undefined} aria-hidden="true">
              <IconGripVertical size={18} stroke={1.5} />
            </span>
            <About field={field} />
            <span className="acts">
              {orders && (
                <>
                  <button
                    type="button"
                    className="icon"
                    aria-disabled={at === 0}
                    aria-label={t('marks:settings.moveUp', { name: field.name })}
                    onClick={up}
                  >
                    <IconArrowUp size={18} stroke={1.6} aria-hidden="true" />
                  </button>
                  <button
                    type="button"
                    className="icon"
                    aria-disabled={at === shown.length - 1}
                    aria-label={t('marks:settings.moveDown', { name: field.name })}
                    onClick={down}
                  >
                    <IconArrowDown size={18} stroke={1.6} aria-hidden="true" />
                  </button>
                </>
              )}
              {field.mayChange &&
                (field.archived ? (
                  <Button onClick={() => void archive(field, false)}>{t('marks:settings.bringBack')}</Button>
                ) : (
                  <>
                    <Button
                      kind="quiet"
                      aria-label={t('marks:settings.changeOne', { name: field.name })}
                      onClick={() => onChange(field)}
                    >
                      {t('marks:settings.change')}
                    </Button>
                    <Button
                      kind="quiet"
                      aria-label={t('marks:settings.archiveOne', { name: field.name })}
                      onClick={() => void archive(field, true)}
                    >
                      {t('marks:settings.archive')}
                    </Button>
                  </>
                ))}
            </span>
          </li>
        )
      })}
    </ol>
  )
}

function About({ field }: { field: FieldView }) {
  const place = usePlace()
  const offered = field.choices.filter(choice => !choice.archived).map(choice => choice.words)
  return (
    <div>
      <p className="strong">
        <bdi>{field.name}</bdi>
      </p>
      <p className="small muted">
        {t(`marks:kind.${field.kind}`)} ·{' '}
        {field.about !== 'conversation'
          ? t(`marks:about.${field.about}`)
          : field.team
            ? t('marks:settings.ofTeam', { team: field.team.name })
            : t('marks:settings.ofAll')}
      </p>
      {offered.length > 0 && (
        <p className="small muted cut">
          <bdi>{new Intl.ListFormat(place.language, { type: 'unit' }).format(offered)}</bdi>
        </p>
      )}
      {!field.mayChange && <p className="small muted">{t('marks:settings.notYours')}</p>}
    </div>
  )
}

async function archive(field: FieldView, archived: boolean): Promise<void> {
  try {
    await ask(changeField, { fieldId: field.id, archived })
    renew(cache, fields)
    notice({
      title: t(archived ? 'marks:settings.archived' : 'marks:settings.broughtBack', { name: field.name }),
      ...(archived
        ? {
            detail: t('marks:settings.archivedField'),
            until: Date.now() + 12_000,
            span: 12_000,
            onUndo: () => void archive(field, false),
          }
        : {}),
    })
  } catch (error) {
    noticeFailure(error)
  }
}
