/** The home of the pages outside: find an answer, or a person with a time. */
import { Fragment } from 'react'
import type { Home, Mark, Presence, Section } from '../page/home.ts'
import { Promises } from './pieces.tsx'

export function HomePage({ heading, intro, search, narrow, open, sections, presence, note, hours }: Home) {
  return (
    <div className="wrap cols">
      <div>
        <h1 id="h">{heading}</h1>
        {intro && (
          <p className="lede" dir="auto">
            {intro}
          </p>
        )}
        {search && <Find {...search} />}
        {narrow && (
          <p className="narrow small">
            {narrow.before} <a href={narrow.link.address}>{narrow.link.label}</a> {narrow.after}
          </p>
        )}
        {open && (
          <section className="sec" aria-labelledby="between">
            <h2 id="between">{open.title}</h2>
            <Promises of={open.promises} pair />
          </section>
        )}
        {sections.map(section => (
          <Listed key={section.title} {...section} />
        ))}
      </div>
      <aside className="side person" aria-label={presence.title}>
        <Here {...presence} />
        {note && (
          <section>
            <h2 dir="auto">{note.title}</h2>
            <p dir="auto">{note.words}</p>
          </section>
        )}
        {hours && (
          <section>
            <h2>{hours.title}</h2>
            {hours.rows.length > 0 && (
              <table className="hours">
                <tbody>
                  {hours.rows.map(({ day, times, now }) => (
                    <tr key={day} className={now ? 'now' : undefined}>
                      <th scope="row">{day}</th>
                      <td>{times}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            )}
            {hours.beneath && <p className={hours.rows.length > 0 ? 'quiet after' : undefined}>{hours.beneath}</p>}
          </section>
        )}
      </aside>
    </div>
  )
}

/** Looking for something, described by the page's heading. */
export function Find({ action, language, placeholder, looked, button, hint }: NonNullable<Home['search']>) {
  return (
    <search>
      <form className="find" action={action} method="get">
        {language && <input type="hidden" name="language" value={language} />}
        <div className="search">
          <input
            type="search"
            name="q"
            aria-labelledby="h"
            aria-describedby="eg"
            autoComplete="off"
            enterKeyHint="search"
            maxLength={300}
            placeholder={placeholder}
            defaultValue={looked}
          />
          <button className="btn" type="submit">
            {button}
          </button>
        </div>
        <p className="hint" id="eg">
          {hint}
        </p>
      </form>
    </search>
  )
}

function Listed({ title, note, links, shape }: Section) {
  return (
    <section className="sec">
      <h2>{title}</h2>
      {note && <p className="small quiet">{note}</p>}
      <ul className={shape === 'list' ? 'list' : 'inline'}>
        {links.map(({ label, address, beneath, marks }) => (
          <li key={address}>
            <a className={shape === 'list' ? 't' : undefined} href={address} dir="auto">
              <Marked text={label} marks={marks?.title} />
            </a>
            {beneath && (
              <span className="m" dir="auto">
                <Marked text={beneath} marks={marks?.beneath} />
              </span>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Marked({ text, marks = [] }: { text: string; marks?: Mark[] | undefined }) {
  return (
    <>
      {marks.map(([from, to], at) => (
        <Fragment key={from}>
          {text.slice(marks[at - 1]?.[1] ?? 0, from)}
          <mark>{text.slice(from, to)}</mark>
        </Fragment>
      ))}
      {text.slice(marks.at(-1)?.[1] ?? 0)}
    </>
  )
}

/** The time stands out: it is what one came for. */
export function Here({ title, here, words, strong, write }: Presence) {
  const at = strong ? words.indexOf(strong) : -1
  return (
    <section>
      <h2>{title}</h2>
      {here && <p className="here">{here}</p>}
      <p>
        {at < 0 ? (
          words
        ) : (
          <>
            {words.slice(0, at)}
            <b>{strong}</b>
            {words.slice(at + strong.length)}
          </>
        )}
      </p>
      {write && (
        <a className="btn block" href={write.address}>
          {write.label}
        </a>
      )}
    </section>
  )
}
