/** The pages that mails lead to, as static markup without a script. Lays out what it is given and decides nothing. */
import { Fragment } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import type { Form, Frame, Page, Promised } from '../page.ts'
import { Mark } from './Mark.tsx'

export function render(page: Page): string {
  return `<!doctype html>${renderToStaticMarkup(<Whole {...page} />)}`
}

function Whole(page: Page) {
  const { frame, form } = page
  const { person, sections } = page.aside
  const title = form?.trouble ? frame.words.mend : frame.words.title
  return (
    <html lang={frame.language} dir={frame.rightToLeft ? 'rtl' : 'ltr'}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex, nofollow" />
        <title>{title}</title>
        <link rel="stylesheet" href={frame.style} />
      </head>
      <body>
        <a className="skip" href="#main">
          {frame.words.skip}
        </a>
        <header className="top">
          <div className="wrap">
            <span className="brand">
              {frame.logo ? <img src={frame.logo} alt="" width="30" height="30" /> : <Mark of="pond" />}
              <bdi>{frame.installation}</bdi>
            </span>
          </div>
        </header>
        <main id="main">
          <div className="wrap cols">
            <div>
              {form?.trouble && <Errors frame={frame} says={form.trouble.says} field={form.trouble.field} />}
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
                    {page.read.text.split(/\n{2,}/).map((part, at) => (
                      // biome-ignore lint/suspicious/noArrayIndexKey: it is drawn once
                      <p key={at}>{broken(part)}</p>
                    ))}
                  </blockquote>
                </details>
              )}
              {page.promises.length > 0 && (
                <div className="promises">
                  {page.promises.map(promise => (
                    <PromiseLine key={`${promise.words} ${promise.by}`} {...promise} />
                  ))}
                </div>
              )}
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
                    <span className="face" aria-hidden="true">
                      {initials(person.name)}
                    </span>
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
        </main>
        <footer className="foot">
          <div className="wrap">
            {frame.foot.map(line => (
              <p key={line} dir="auto">
                {line}
              </p>
            ))}
          </div>
        </footer>
      </body>
    </html>
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
function Errors({ frame, says, field }: { frame: Frame; says: string; field: string }) {
  return (
    <div className="errors" role="alert">
      <h2>{frame.words.notSent}</h2>
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

function Err({ id, says }: { id: string; says: string }) {
  return (
    <p className="err" id={id}>
      <Mark of="overdue" />
      <span>{says}</span>
    </p>
  )
}

function PromiseLine({ state, theirs, words, by }: Promised) {
  return (
    <p className="promise" data-state={state} data-of={theirs ? 'theirs' : undefined}>
      <Mark of={state} />
      <span>
        <span dir="auto">{words}</span> <span className="by">{by}</span>
      </span>
    </p>
  )
}

function broken(text: string) {
  return text.split('\n').map((line, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: it is drawn once
    <Fragment key={at}>
      {at > 0 && <br />}
      {line}
    </Fragment>
  ))
}

function initials(name: string): string {
  const words = name.split(/\s+/).filter(Boolean)
  return [words[0], words.length > 1 ? words.at(-1) : undefined].map(word => [...(word ?? '')][0] ?? '').join('')
}
