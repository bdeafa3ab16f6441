/** A page that a mail leads to: one thing to read, and at most one thing to answer. */
import type { Form, Letter } from '../page/letter.ts'
import { Err, Face, Paragraphs, Promises } from './pieces.tsx'

export function LetterPage(page: Letter) {
  const { form } = page
  const { person, sections } = page.aside
  return (
    <div className="wrap cols">
      <div>
        {form?.trouble && <Errors notSent={page.words.notSent} says={form.trouble.says} field={form.trouble.field} />}
        <h1>{page.heading}</h1>
        {!page.chosen && <Lede lines={page.lede} />}
        {page.chosen && (
          <p className="chosen">
            <b dir="auto">{page.chosen.label}</b>
            <span className="what" dir="auto">
              {page.chosen.what}
            </span>
            {page.chosen.cost && (
              <span className="cost" dir="auto">
                {page.chosen.cost}
              </span>
            )}
          </p>
        )}
        {page.read && (
          <details>
            <summary className="small">{page.read.label}</summary>
            <blockquote className="letter" dir="auto">
              <Paragraphs text={page.read.text} />
            </blockquote>
          </details>
        )}
        <Promises of={page.promises} />
        {page.chosen && <Lede lines={page.lede} />}
        {page.links.length > 0 && (
          <p className="btns">
            {page.links.map(({ label, address, primary }) => (
              <a key={address} className={primary ? 'btn' : 'btn second'} href={address}>
                {label}
              </a>
            ))}
          </p>
        )}
        {form && <Answer form={form} />}
      </div>
      {(person || sections.length > 0) && (
        <aside className="side">
          {person && (
            <p className="who">
              <Face name={person.name} />
              <span>
                <b>{person.name}</b>
                <br />
                <span className="quiet">{person.beneath}</span>
              </span>
            </p>
          )}
          {sections.map(section => (
            <section key={section.title}>
              <h2>{section.title}</h2>
              <p>{section.words}</p>
            </section>
          ))}
        </aside>
      )}
    </div>
  )
}

/** What they chose comes first, where they chose. */
function Lede({ lines }: { lines: readonly string[] }) {
  return lines.map(line => (
    <p key={line} className="lede">
      {line}
    </p>
  ))
}

/** Named on top, explained at the field. */
function Errors({ notSent, says, field }: { notSent: string; says: string; field: string }) {
  return (
    <div className="errors" role="alert">
      <h2>{notSent}</h2>
      <ul>
        <li>
          <a href={`#${field}`}>{says}</a>
        </li>
      </ul>
    </div>
  )
}

function Answer({ form }: { form: Form }) {
  const { field, trouble } = form
  const rowsBad = trouble?.field === `${form.name}-0`
  const fieldBad = field !== null && trouble?.field === field.name
  return (
    <form method="post" action={form.action} noValidate>
      <input type="hidden" name="form" value={form.token} />
      {form.notice && (
        <p className="note" role="status">
          {form.notice}
        </p>
      )}
      <fieldset className={rowsBad ? 'bad' : undefined}>
        <legend className="vh">{form.legend}</legend>
        <div className="picks">
          {form.rows.map((row, at) => (
            <label key={row.value} className="pick">
              <input
                type="radio"
                id={`${form.name}-${at}`}
                name={form.name}
                value={row.value}
                defaultChecked={row.chosen}
                aria-describedby={rowsBad ? 'rows-err' : undefined}
              />
              <b dir="auto">{row.label}</b>
              <span className="what" dir="auto">
                {row.what}
              </span>
              {row.cost && (
                <span className="cost" dir="auto">
                  {row.cost}
                </span>
              )}
            </label>
          ))}
        </div>
        {rowsBad && <Err id="rows-err" says={trouble?.says ?? ''} />}
      </fieldset>
      {field && (
        <div className={fieldBad ? 'field bad' : 'field'}>
          <label htmlFor={field.name}>{field.label}</label>
          <p className="hint" id="hint">
            {field.hint}
          </p>
          <textarea
            id={field.name}
            name={field.name}
            rows={field.rows}
            maxLength={5000}
            dir="auto"
            defaultValue={field.value}
            aria-describedby={fieldBad ? 'hint field-err' : 'hint'}
            aria-invalid={fieldBad ? true : undefined}
          />
          {fieldBad && <Err id="field-err" says={trouble?.says ?? ''} />}
        </div>
      )}
      <div className="btns">
        <button className="btn" type="submit">
          {form.button}
        </button>
        <span className="small quiet">{form.beside}</span>
      </div>
    </form>
  )
}
