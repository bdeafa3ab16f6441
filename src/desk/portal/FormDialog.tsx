/** One form: where it leads to and what it asks, each question with its kind and its condition. Refuses nothing itself: the server says what will not do. */
import './portal.css'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import * as contract from '../../contract/forms.ts'
import { Area, Button, Choice, Field, Tick } from '../../ui/index.ts'
import { t } from '../../words/catalogue.ts'
import { ask, renew } from '../api.ts'
import { cache } from '../cache.ts'
import { FormDialog as Frame } from '../pieces/FormDialog.tsx'
import { notice } from '../shell/notices.ts'

type Mailbox = { id: string; address: string; team: string }
type Known = { id: string; name: string; kind: string }
type Props = { form: contract.Form | null; mailboxes: Mailbox[]; fields: Known[]; onClose: () => void }

/** Which kinds of fields a kind of question may become. */
const becomes: Record<contract.FormFieldKind, readonly string[]> = {
  line: ['text'],
  text: ['text'],
  number: ['number'],
  date: ['date'],
  choice: ['choice', 'text'],
  choices: ['choices', 'text'],
  'yes-no': ['yes-no'],
}

export default function FormDialog({ form, mailboxes, fields: known, onClose }: Props) {
  const [given, setGiven] = useState<contract.Form>(
    form ?? {
      ...{ id: crypto.randomUUID(), name: '', intro: '', mailboxId: mailboxes[0]?.id ?? '', fields: [] },
      ...{ asksNeededBy: true, takesFiles: true },
    },
  )
  const saving = useMutation({
    mutationFn: ({ id, ...rest }: contract.Form) => ask(contract.saveForm, { formId: id, ...rest }),
    onSuccess: () => {
      renew(cache, contract.forms)
      notice({ title: t('portal:saved') })
      onClose()
    },
  })
  const change = (at: number, more: Partial<contract.FormField>) =>
    setGiven({ ...given, fields: given.fields.map((one, n) => (n === at ? { ...one, ...more } : one)) })
  const move = (at: number, by: number) => {
    const fields = [...given.fields]
    const [one] = fields.splice(at, 1)
    if (one) fields.splice(at + by, 0, one)
    setGiven({ ...given, fields })
  }
  const fresh = (): contract.FormField => ({
    ...{
      id: crypto.randomUUID(),
      kind: 'line',
      label: '',
      hint: '',
      required: false,
      choices: [],
      fieldId: null,
      when: null,
    },
  })
  return (
    <Frame
      className="asks formdialog"
      title={form ? t('portal:dialog.change', { name: form.name }) : t('portal:dialog.new')}
      act={t('portal:dialog.save')}
      busy={saving.isPending}
      ready={given.name.trim() !== ''}
      error={saving.error}
      failed={t('portal:failed')}
      onAct={() =>
        saving.mutate({
          ...given,
          fields: given.fields.map(one => ({ ...one, choices: one.choices.map(each => each.trim()).filter(Boolean) })),
        })
      }
      onClose={onClose}
    >
      <Field
        required
        label={t('portal:dialog.name')}
        help={t('portal:dialog.nameHelp')}
        maxLength={100}
        value={given.name}
        onChange={event => setGiven({ ...given, name: event.currentTarget.value })}
      />
      <Field
        label={t('portal:dialog.intro')}
        maxLength={500}
        value={given.intro}
        onChange={event => setGiven({ ...given, intro: event.currentTarget.value })}
      />
      <Choice
        label={t('portal:dialog.mailbox')}
        value={given.mailboxId}
        onChange={event => setGiven({ ...given, mailboxId: event.currentTarget.value })}
      >
        {mailboxes.map(({ id, address, team }) => (
          <option key={id} value={id}>
            {`${address} (${team})`}
          </option>
        ))}
      </Choice>
      <Tick
        label={t('portal:dialog.files')}
        checked={given.takesFiles}
        onChange={event => setGiven({ ...given, takesFiles: event.currentTarget.checked })}
      />
      <Tick
        label={t('portal:dialog.needed')}
        checked={given.asksNeededBy}
        onChange={event => setGiven({ ...given, asksNeededBy: event.currentTarget.checked })}
      />
      <h3 className="section">{t('portal:dialog.fields')}</h3>
      <ol className="questions">
        {given.fields.map((field, at) => (
          <li key={field.id}>
            <Question {...{ field, known }} above={given.fields.slice(0, at)} onChange={more => change(at, more)} />
            <p className="acts">
              {at > 0 && (
                <Button kind="quiet" onClick={() => move(at, -1)}>
                  {t('portal:dialog.up')}
                </Button>
              )}
              {at < given.fields.length - 1 && (
                <Button kind="quiet" onClick={() => move(at, 1)}>
                  {t('portal:dialog.down')}
                </Button>
              )}
              <Button
                kind="quiet"
                onClick={() => setGiven({ ...given, fields: given.fields.filter((_, n) => n !== at) })}
              >
                {t('portal:dialog.drop')}
              </Button>
            </p>
          </li>
        ))}
      </ol>
      <p className="acts">
        <Button kind="quiet" onClick={() => setGiven({ ...given, fields: [...given.fields, fresh()] })}>
          {t('portal:dialog.add')}
        </Button>
      </p>
    </Frame>
  )
}

type QuestionProps = {
  field: contract.FormField
  above: contract.FormField[]
  known: Known[]
  onChange: (more: Partial<contract.FormField>) => void
}

function Question({ field, above, known, onChange }: QuestionProps) {
  const choosing = field.kind === 'choice' || field.kind === 'choices'
  const conditions = above.flatMap(one => {
    const choices =
      one.kind === 'yes-no' ? ['yes', 'no'] : one.kind === 'choice' || one.kind === 'choices' ? one.choices : []
    return choices.filter(Boolean).map(is => ({ fieldId: one.id, label: one.label, is }))
  })
  const now = field.when ? `${field.when.fieldId} ${field.when.is}` : ''
  const said = (is: string) => (is === 'yes' || is === 'no' ? t(`portal:dialog.${is}`) : is)
  return (
    <div className="pair">
      <Field
        required
        label={t('portal:dialog.label')}
        maxLength={200}
        value={field.label}
        onChange={event => onChange({ label: event.currentTarget.value })}
      />
      <Choice
        label={t('portal:dialog.kind')}
        value={field.kind}
        onChange={event => onChange({ kind: event.currentTarget.value as contract.FormFieldKind, fieldId: null })}
      >
        {contract.FormFieldKind.options.map(kind => (
          <option key={kind} value={kind}>
            {t(`portal:dialog.kinds.${kind}`)}
          </option>
        ))}
      </Choice>
      <Field
        label={t('portal:dialog.hint')}
        maxLength={500}
        value={field.hint}
        onChange={event => onChange({ hint: event.currentTarget.value })}
      />
      <Choice
        label={t('portal:dialog.field')}
        value={field.fieldId ?? ''}
        onChange={event => onChange({ fieldId: event.currentTarget.value || null })}
      >
        <option value="">{t('portal:dialog.noField')}</option>
        {known
          .filter(({ kind }) => becomes[field.kind].includes(kind))
          .map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
      </Choice>
      {choosing && (
        <Area
          label={t('portal:dialog.choices')}
          rows={3}
          value={field.choices.join('\n')}
          onChange={event => onChange({ choices: event.currentTarget.value.split('\n') })}
        />
      )}
      {conditions.length > 0 && (
        <Choice
          label={t('portal:dialog.when')}
          value={now}
          onChange={event => {
            const [fieldId = '', ...rest] = event.currentTarget.value.split(' ')
            onChange({ when: fieldId ? { fieldId, is: rest.join(' ') } : null })
          }}
        >
          <option value="">{t('portal:dialog.always')}</option>
          {conditions.map(({ fieldId, label, is }) => (
            <option key={`${fieldId} ${is}`} value={`${fieldId} ${is}`}>
              {t('portal:dialog.onlyIf', { label, is: said(is) })}
            </option>
          ))}
        </Choice>
      )}
      <Tick
        label={t('portal:dialog.required')}
        checked={field.required}
        onChange={event => onChange({ required: event.currentTarget.checked })}
      />
    </div>
  )
}
