/** Forms outside: fields as they were left, what is to be mended on top and at the field, and buttons that are never dead. */
import type { Button, Errors, FormBody, Input } from '../page/form.ts'
import { Err } from './pieces.tsx'

export function ErrorBox({ title, beneath, each }: Errors) {
  return (
    <div className="errors" role="alert" tabIndex={-1} aria-labelledby="errors">
      <h2 id="errors">{title}</h2>
      <p className="small">{beneath}</p>
      <ul>
        {each.map(({ field, says }) => (
          <li key={field}>
            <a href={`#${field}`}>{says}</a>
          </li>
        ))}
      </ul>
    </div>
  )
}

export function FormOf({ action, hidden, multipart, trap, inputs, buttons, beside, sticky }: FormBody) {
  return (
    <form method="post" action={action} noValidate encType={multipart ? 'multipart/form-data' : undefined}>
      {hidden.map(({ name, value }) => (
        <input key={`${name} ${value}`} type="hidden" name={name} value={value} />
      ))}
      {trap && (
        <div className="trap" aria-hidden="true">
          <label htmlFor={trap.name}>{trap.label}</label>
          <input type="text" id={trap.name} name={trap.name} tabIndex={-1} autoComplete="off" />
        </div>
      )}
      {inputs.map(input => (
        <FieldOf key={input.name} {...input} />
      ))}
      <div className={sticky ? 'btns sendbar' : 'btns'}>
        {buttons.map(button => (
          <ButtonOf key={button.label} {...button} />
        ))}
        {beside && <span className="small quiet">{beside}</span>}
      </div>
    </form>
  )
}

export function ButtonOf({ label, kind, name, value, action, busy, withoutScript }: Button) {
  const look = { primary: 'btn', second: 'btn second', link: 'linkbtn small' }[kind]
  return (
    <button
      className={look}
      type="submit"
      name={name}
      value={value}
      formAction={action}
      data-busy={busy}
      data-bare={withoutScript || undefined}
    >
      {label}
    </button>
  )
}

function FieldOf(input: Input) {
  const { name, label, optional, hint, trouble } = input
  const told = [hint ? `${name}-hint` : '', trouble ? `${name}-err` : ''].filter(Boolean).join(' ') || undefined
  const aria: Aria = { 'aria-describedby': told, 'aria-invalid': trouble ? true : undefined }
  const head = (
    <>
      <span dir="auto">{label}</span> {optional && <span className="opt">{optional}</span>}
    </>
  )
  const around = (
    <>
      {hint && (
        <p className="hint" id={`${name}-hint`} dir="auto">
          {hint}
        </p>
      )}
      {trouble && <Err id={`${name}-err`} says={trouble} />}
    </>
  )
  const grouped = input.is === 'picks' || input.is === 'pair'
  return (
    <div className={trouble ? 'field bad' : 'field'}>
      {grouped ? (
        <fieldset aria-describedby={told}>
          <legend className="label">{head}</legend>
          {around}
          {input.is === 'pair' ? (
            <div className="row">
              {input.inputs.map(each => (
                <div key={each.name} className={each.is === 'line' && each.small ? 'w-s' : 'grow'}>
                  <label className="small" htmlFor={each.name}>
                    {each.label}
                  </label>
                  <Control input={each} aria={each.trouble ? aria : {}} />
                </div>
              ))}
            </div>
          ) : (
            <Picks {...input} />
          )}
        </fieldset>
      ) : (
        <>
          <label htmlFor={name}>{head}</label>
          {around}
          <Control input={input} aria={aria} />
          {input.is === 'long' && input.peek !== undefined && (
            <p className="peek small" id="peek" role="status">
              {input.peek && <a href={input.peek.address}>{input.peek.label}</a>}
            </p>
          )}
        </>
      )}
    </div>
  )
}

type Aria = { 'aria-describedby'?: string | undefined; 'aria-invalid'?: true | undefined }

function Control({ input, aria }: { input: Input; aria: Aria }) {
  const id = { id: input.name, name: input.name, ...aria }
  switch (input.is) {
    case 'line':
      return (
        <input
          {...id}
          type={input.kind}
          defaultValue={input.value}
          maxLength={input.most}
          autoComplete={input.complete ?? 'off'}
          dir={input.kind === 'text' ? 'auto' : undefined}
          step={input.kind === 'number' ? 'any' : undefined}
        />
      )
    case 'long':
      return <textarea {...id} rows={input.rows} maxLength={input.most} dir="auto" defaultValue={input.value} />
    case 'select':
      return (
        <select {...id} defaultValue={input.choices.find(({ chosen }) => chosen)?.value}>
          {input.choices.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      )
    case 'files':
      return (
        <>
          <input {...id} type="file" multiple />
          {input.kept.map(({ id: keptId, label }) => (
            <p key={keptId} className="hint kept">
              <input type="hidden" name="kept" value={keptId} />
              <span dir="auto">{label}</span>{' '}
              <label>
                <input type="checkbox" name="without" value={keptId} /> {input.leaveOut}
              </label>
            </p>
          ))}
        </>
      )
    default:
      return null
  }
}

function Picks({ name, choices, inLine, several, trouble }: Extract<Input, { is: 'picks' }>) {
  return (
    <div className={inLine ? 'picks line' : 'picks tight'}>
      {choices.map(({ value, label, what, chosen }, at) => (
        <label key={value} className={several ? 'pick check' : 'pick'}>
          <input
            type={several ? 'checkbox' : 'radio'}
            id={at === 0 ? name : `${name}-${at}`}
            name={name}
            value={value}
            defaultChecked={chosen}
            aria-describedby={trouble ? `${name}-err` : undefined}
          />
          <b dir="auto">{label}</b>
          {what && (
            <span className="what" dir="auto">
              {what}
            </span>
          )}
        </label>
      ))}
    </div>
  )
}
