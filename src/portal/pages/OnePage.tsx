/** One conversation: what was written in two voices, what waits for an answer in its place, and below it where to write on. */
import type { OneConversation, Said } from '../page/mine.ts'
import { ErrorBox, FormOf } from './Fields.tsx'
import { Crumbs } from './FilledPage.tsx'
import { Face, Notice, Paragraphs, Promises } from './pieces.tsx'

export function OnePage(page: OneConversation) {
  const { owner } = page
  return (
    <div className="wrap cols talk">
      <div>
        {page.errors && <ErrorBox {...page.errors} />}
        <Crumbs {...page.crumbs} />
        <h1 dir="auto">{page.heading}</h1>
        <Notice words={page.notice} />
      </div>
      <aside className="side first">
        <section className="panel">
          <p className="who">
            <Face name={owner.name} />
            <span>
              <b>
                <bdi>{owner.name}</bdi>
              </b>{' '}
              {owner.rest}
              <br />
              <span className="quiet">{owner.beneath}</span>
            </span>
          </p>
          <Promises of={page.promises} />
          {page.nothing && <p className="quiet after">{page.nothing}</p>}
        </section>
        {page.asides.map(({ title, words }) => (
          <section key={title} className="info">
            <h2>{title}</h2>
            <p>{words}</p>
          </section>
        ))}
      </aside>
      <div className="stream">
        {page.earlier && (
          <details className="line">
            <summary className="small">{page.earlier.label}</summary>
            {page.earlier.said.map(said => (
              <Message key={said.id} {...said} />
            ))}
          </details>
        )}
        {page.said.map(said => (
          <Message key={said.id} {...said} />
        ))}
        {page.promise && (
          <section className="panel pledge" aria-labelledby="pledge">
            <h2 id="pledge">{page.promise.title}</h2>
            <p className="hint" dir="auto">
              {page.promise.hint}
            </p>
            <FormOf {...page.promise.form} />
          </section>
        )}
        {page.followUp && (
          <section className="reply" aria-labelledby="verdict">
            <h2 id="verdict">{page.followUp.title}</h2>
            <FormOf {...page.followUp.form} />
          </section>
        )}
        {page.closed && <p className="note">{page.closed}</p>}
        {page.answer && (
          <section className="reply" id="reply">
            <h2>{page.answer.title}</h2>
            <p className="hint">{page.answer.hint}</p>
            <FormOf {...page.answer.form} />
          </section>
        )}
      </div>
    </div>
  )
}

function Message({ id, author, when, them, text, files, offer, chosen }: Said) {
  return (
    <article className="said" id={`m-${id}`}>
      <Face name={author} them={them} />
      <div>
        <p className="by">
          <b>
            <bdi>{author}</bdi>
          </b>{' '}
          <span className="quiet">· {when}</span>
        </p>
        <div className="letter" dir="auto">
          <Paragraphs text={text} />
        </div>
        {files.length > 0 && (
          <ul className="files">
            {files.map(({ label, address }) => (
              <li key={address}>
                <a href={address} dir="auto">
                  {label}
                </a>
              </li>
            ))}
          </ul>
        )}
        {chosen && (
          <p className="chosen" dir="auto">
            {chosen}
          </p>
        )}
        {offer && <FormOf {...offer} />}
      </div>
    </article>
  )
}
