/** Beside a conversation: what is promised in it in both directions, what can be done about each, and writing down another. */
import './promises.css'
import { IconPlus } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { ConversationView } from '../../contract/conversations.ts'
import type { DuePromise, PromiseView } from '../../contract/promises.ts'
import { firstName, fullMoment, PromiseChip, usePlace } from '../../ui/index.ts'
import { t } from '../../words/promises.ts'
import { NoteDialog } from './NoteDialog.tsx'
import { PromiseMenu } from './PromiseMenu.tsx'

const isOpen = ({ state }: PromiseView) => state === 'open' || state === 'soon' || state === 'overdue'

export function dueIn(view: ConversationView, promise: PromiseView): DuePromise {
  const { id, number, subject, state, neededBy } = view
  const customer = { id: view.customer.id, name: view.customer.name }
  return { promise, conversation: { id, number, subject, state, neededBy, customer, draft: null } }
}

export function PromisesPanel({ view }: { view: ConversationView }) {
  const place = usePlace()
  const [noting, setNoting] = useState(false)
  const open = view.promises.filter(one => isOpen(one) && one.direction !== 'inside')
  const needed = view.neededBy ? Date.parse(view.neededBy) : null
  const isLate = ({ direction, kind, dueAt }: PromiseView) =>
    needed !== null && direction === 'ours' && (kind === 'reply' || kind === 'action') && Date.parse(dueAt) > needed
  return (
    <section className="promisepanel">
      <h2 className="section">
        {t('promises:panel.title')}
        {view.may.write && (
          <button
            type="button"
            className="icon"
            aria-label={t('promises:act.note')}
            title={t('promises:act.note')}
            onClick={() => setNoting(true)}
          >
            <IconPlus size={16} stroke={1.6} aria-hidden="true" />
          </button>
        )}
      </h2>
      <ul className="promiselist">
        {open.map(promise => (
          <li key={promise.id}>
            <PromiseChip promise={promise} bare />
            {view.may.write && <PromiseMenu due={dueIn(view, promise)} />}
            {isLate(promise) && view.neededBy && (
              <span className="small warm needed">
                {t('promises:row.needed', { time: fullMoment(Date.parse(view.neededBy), place) })}
              </span>
            )}
          </li>
        ))}
      </ul>
      <Link
        to="/promises"
        search={{ of: 'customer', id: view.customer.id, name: view.customer.name }}
        className="link small"
      >
        {t('promises:panel.all', { name: firstName(view.customer.name) })}
      </Link>
      {noting && (
        <NoteDialog
          of={{ conversationId: view.id, customer: view.customer.name, neededBy: view.neededBy }}
          onClose={() => setNoting(false)}
        />
      )}
    </section>
  )
}
