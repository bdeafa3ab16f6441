/** The control that fits a field's kind. Says something when it is left or Enter is pressed; Escape leaves all as it was. */
import { type KeyboardEvent, useId, useState } from 'react'
import type { ConversationField, FieldValue } from '../../contract/fields.ts'
import { Button } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { type Typed, typedValue } from './typedValue.ts'

type Props = {
  field: ConversationField
  onSay: (value: FieldValue) => void
  /** with the focus back where it was when a key ended it */
  onLeave: (focus: boolean) => void
}

export function FieldControl(props: Props) {
  if (props.field.kind === 'choices') return <Several {...props} />
  if (props.field.kind === 'choice' || props.field.kind === 'yes-no') return <One {...props} />
  return <Written {...props} />
}

/** One asked for this control by a key or a click: it takes the focus. */
const takeFocus = (control: HTMLElement | null) => control?.focus()

const types = { number: 'text', date: 'date', link: 'url', text: 'text' } as const

function Written({ field, onSay, onLeave }: Props) {
  const [text, setText] = useState(field.value === null ? '' : String(field.value))
  const [wrong, setWrong] = useState<string | null>(null)
  const id = useId()
  const kind = field.kind as keyof typeof types
  const leave = (byKey: boolean) => {
    const typed: Typed = typedValue(kind, text)
    if ('wrong' in typed) return setWrong(typed.wrong)
    if (typed.value !== field.value) onSay(typed.value)
    onLeave(byKey)
  }
  const shared = {
    className: 'field',
    ref: takeFocus,
    value: text,
    'aria-label': field.name,
    'aria-invalid': wrong !== null || undefined,
    'aria-describedby': wrong === null ? undefined : id,
    onChange: (event: { currentTarget: { value: string } }) => {
      setText(event.currentTarget.value)
      setWrong(null)
    },
    onBlur: () => (wrong === null ? leave(false) : onLeave(false)),
    onKeyDown: (event: KeyboardEvent) => {
      event.stopPropagation()
      if (event.key === 'Escape') onLeave(true)
      else if (event.key === 'Enter' && !event.nativeEvent.isComposing && !event.shiftKey) {
        event.preventDefault()
        leave(true)
      }
    },
  }
  return (
    <>
      {kind === 'text' ? (
        <textarea
          {...shared}
          dir="auto"
          rows={Math.min(6, Math.max(1, Math.ceil(text.length / 28)))}
          maxLength={2000}
        />
      ) : (
        <input
          {...shared}
          type={types[kind]}
          inputMode={kind === 'number' ? 'decimal' : undefined}
          dir={kind === 'link' ? 'ltr' : undefined}
        />
      )}
      {wrong && (
        <p id={id} className="wrong small" role="alert">
          {t(`marks:fields.wrong.${wrong}`)}
        </p>
      )}
    </>
  )
}

function One({ field, onSay, onLeave }: Props) {
  const options =
    field.kind === 'yes-no'
      ? [
          { id: 'yes', words: t('marks:fields.yes') },
          { id: 'no', words: t('marks:fields.no') },
        ]
      : field.choices.filter(({ id, archived }) => !archived || id === field.value)
  const now =
    field.kind === 'yes-no'
      ? field.value === null
        ? ''
        : field.value === true
          ? 'yes'
          : 'no'
      : String(field.value ?? '')
  const [picked, setPicked] = useState(now)
  const leave = (byKey: boolean) => {
    if (picked !== now) onSay(picked === '' ? null : field.kind === 'yes-no' ? picked === 'yes' : picked)
    onLeave(byKey)
  }
  return (
    <select
      className="field"
      ref={takeFocus}
      aria-label={field.name}
      value={picked}
      onChange={event => setPicked(event.currentTarget.value)}
      onBlur={() => leave(false)}
      onKeyDown={event => {
        event.stopPropagation()
        if (event.key === 'Escape') onLeave(true)
        else if (event.key === 'Enter') {
          event.preventDefault()
          leave(true)
        }
      }}
    >
      <option value="">{t('marks:fields.nothing')}</option>
      {options.map(({ id, words }) => (
        <option key={id} value={id}>
          {words}
        </option>
      ))}
    </select>
  )
}

function Several({ field, onSay, onLeave }: Props) {
  const before = Array.isArray(field.value) ? field.value : []
  const [ticked, setTicked] = useState<readonly string[]>(before)
  const leave = (byKey: boolean) => {
    const next = field.choices.flatMap(({ id }) => (ticked.includes(id) ? [id] : []))
    if (next.join() !== before.join()) onSay(next.length === 0 ? null : next)
    onLeave(byKey)
  }
  return (
    <fieldset
      className="several"
      onKeyDown={event => {
        event.stopPropagation()
        if (event.key === 'Escape') onLeave(true)
        else if (event.key === 'Enter') {
          event.preventDefault()
          leave(true)
        }
      }}
      onBlur={event => !event.currentTarget.contains(event.relatedTarget) && leave(false)}
    >
      <legend className="sr">{field.name}</legend>
      {field.choices
        .filter(({ id, archived }) => !archived || before.includes(id))
        .map(({ id, words }, at) => (
          <label key={id}>
            <input
              type="checkbox"
              ref={at === 0 ? takeFocus : undefined}
              checked={ticked.includes(id)}
              onChange={event =>
                setTicked(event.currentTarget.checked ? [...ticked, id] : ticked.filter(other => other !== id))
              }
            />
            <bdi>{words}</bdi>
          </label>
        ))}
      <Button kind="quiet" onClick={() => leave(true)}>
        {t('marks:fields.done')}
      </Button>
    </fieldset>
  )
}
