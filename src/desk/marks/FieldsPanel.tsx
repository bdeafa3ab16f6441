/** Beside a conversation: the fields this installation added to it, each shown in words and changed in place. */
import './marks.css'
import { useState } from 'react'
import type { ConversationView } from '../../contract/conversations.ts'
import type { ConversationField, FieldValue } from '../../contract/fields.ts'
import { usePlace } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { say } from './acts.ts'
import { FieldControl } from './FieldControl.tsx'
import { linkWords, valueWords } from './valueWords.ts'

export function FieldsPanel({ view }: { view: ConversationView }) {
  if (view.fields.length === 0) return null
  return (
    <section className="fieldspanel">
      <h2 className="section">{t('marks:fields.title')}</h2>
      <FieldsList
        fields={view.fields}
        onSay={view.may.write ? (fieldId, value) => void say(view, fieldId, value) : undefined}
      />
    </section>
  )
}

type ListProps = { fields: ConversationField[]; onSay: ((fieldId: string, value: FieldValue) => void) | undefined }

/** The same beside a person and an organisation. */
export function FieldsList({ fields, onSay }: ListProps) {
  return (
    <dl className="fieldslist">
      {fields.map(field => (
        <Said key={field.id} field={field} onSay={onSay && (value => onSay(field.id, value))} />
      ))}
    </dl>
  )
}

type SaidProps = { field: ConversationField; onSay: ((value: FieldValue) => void) | undefined }

function Said({ field, onSay }: SaidProps) {
  const place = usePlace()
  const [changing, setChanging] = useState(false)
  const words = valueWords(field, place)
  const link = field.kind === 'link' && typeof field.value === 'string' ? field.value : null
  return (
    <div className="fieldrow" data-changing={changing || undefined}>
      <dt className="small muted">
        <bdi>{field.name}</bdi>
      </dt>
      <dd>
        {changing && onSay ? (
          <FieldControl
            field={field}
            onSay={onSay}
            onLeave={focus => {
              setChanging(false)
              if (focus) requestAnimationFrame(() => document.getElementById(`field-${field.id}`)?.focus())
            }}
          />
        ) : (
          <>
            {link && (
              <a className="link cut" href={link} target="_blank" rel="noopener noreferrer nofollow" title={link}>
                <bdi>{linkWords(link)}</bdi>
              </a>
            )}
            {onSay ? (
              <button
                type="button"
                id={`field-${field.id}`}
                className={link ? 'link small' : 'value'}
                aria-label={t(words ? 'marks:fields.change' : 'marks:fields.say', { name: field.name, value: words })}
                onClick={() => setChanging(true)}
              >
                {link ? (
                  t('marks:fields.changeLink')
                ) : words ? (
                  <bdi className="words">{words}</bdi>
                ) : (
                  <span className="muted">{t('marks:fields.nothing')}</span>
                )}
              </button>
            ) : (
              !link && (words ? <bdi className="words">{words}</bdi> : <span className="muted">–</span>)
            )}
          </>
        )}
      </dd>
    </div>
  )
}
