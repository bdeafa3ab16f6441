/** Choosing another conversation: the customer's others at once, any one by number, subject or name. */
import { useQuery } from '@tanstack/react-query'
import { useDeferredValue, useId, useState } from 'react'
import { findOthers, type OtherConversation } from '../../contract/structure.ts'
import { Field, Time } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { query } from '../api.ts'

export type Other = OtherConversation & { sameCustomer: boolean }
type Props = { conversationId: string; customer: string; chosen: Other | null; onChoose: (other: Other) => void }

export function OtherChooser({ conversationId, customer, chosen, onChoose }: Props) {
  const [typed, setTyped] = useState('')
  const like = useDeferredValue(typed.trim())
  const asked = useQuery(query(findOthers, { conversationId, like }))
  const found = asked.data?.conversations ?? []
  const name = useId()
  return (
    <>
      <Field
        label={t('structure:choose.label')}
        data-autofocus
        autoComplete="off"
        maxLength={200}
        placeholder={t('structure:choose.placeholder')}
        value={typed}
        onChange={event => setTyped(event.target.value)}
      />
      <fieldset className="others" aria-busy={asked.isFetching || undefined}>
        <legend className="section">
          {like ? t('structure:choose.found') : t('structure:choose.ofCustomer', { name: customer })}
        </legend>
        {found.map(other => (
          <label key={other.id} className="other">
            <input type="radio" name={name} checked={chosen?.id === other.id} onChange={() => onChoose(other)} />
            <span className="what">
              <span className="cut" dir="auto">
                {other.subject || t('inbox:noSubject')}
              </span>
              <span className="small muted cut">
                {other.number} · {t(`inbox:state.${other.state}`)}
                {!other.sameCustomer && (
                  <>
                    {' · '}
                    <bdi>{other.customer.name}</bdi>
                  </>
                )}
              </span>
            </span>
            <Time at={other.lastAt} shown="short" className="small muted" />
          </label>
        ))}
        {found.length === 0 && !asked.isPending && (
          <p className="small muted">
            {like ? t('structure:choose.nothing', { words: like }) : t('structure:choose.noOthers', { name: customer })}
          </p>
        )}
      </fieldset>
    </>
  )
}
