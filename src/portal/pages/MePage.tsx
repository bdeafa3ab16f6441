/** My details: a form, where one is signed in, and one's data. */
import type { Me, Press } from '../page/me.ts'
import { ErrorBox, FormOf } from './Fields.tsx'
import { PushOf } from './Post.tsx'
import { Notice } from './pieces.tsx'

export function MePage({ heading, lede, errors, notice, form, community, sessions, data }: Me) {
  return (
    <div className="wrap cols">
      <div>
        {errors && <ErrorBox {...errors} />}
        <h1>{heading}</h1>
        <p className="lede" dir="auto">
          {lede}
        </p>
        <Notice words={notice} />
        <FormOf {...form} />
        {community && <InCommunity {...community} />}
      </div>
      <aside className="side">
        <section>
          <h2>{sessions.title}</h2>
          <ul className="list">
            {sessions.rows.map(({ id, name, beneath, mark, end }) => (
              <li key={id}>
                <b>
                  <bdi>{name}</bdi>
                </b>{' '}
                {mark && <span className="quiet">{mark}</span>}
                <span className="m">{beneath}</span>
                <PressOf {...end} name="session" look="linkbtn small" />
              </li>
            ))}
          </ul>
          {sessions.rows.length > 1 && <PressOf {...sessions.all} name="session" look="btn second small" />}
        </section>
        <section>
          <h2>{data.title}</h2>
          <p>{data.words}</p>
          <PressOf {...data.export} look="btn second small" />
        </section>
        <section>
          <h2>{data.eraseTitle}</h2>
          <p>{data.eraseWords}</p>
          <PressOf {...data.erase} look="linkbtn small" />
        </section>
      </aside>
    </div>
  )
}

function InCommunity({ title, stopped, form, follows }: NonNullable<Me['community']>) {
  return (
    <section className="sec" id="community" aria-labelledby="in-community">
      <h2 id="in-community">{title}</h2>
      {stopped && (
        <p className="small told" dir="auto">
          {stopped}
        </p>
      )}
      <FormOf {...form} />
      <h3 className="sec">{follows.title}</h3>
      {follows.rows.length === 0 && <p className="small quiet">{follows.none}</p>}
      {follows.rows.length > 0 && (
        <ul className="list after">
          {follows.rows.map(({ label, address, beneath, push }) => (
            <li key={address} className="mine">
              <span>
                <a className="t" href={address} dir="auto">
                  {label}
                </a>
                <span className="m">{beneath}</span>
              </span>
              <PushOf {...push} look="linkbtn small" />
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function PressOf({ label, action, value, token, name, look }: Press & { name?: string; look: string }) {
  return (
    <form className="press" method="post" action={action}>
      <input type="hidden" name={token.name} value={token.value} />
      <button className={look} type="submit" name={name} value={value ?? undefined}>
        {label}
      </button>
    </form>
  )
}
