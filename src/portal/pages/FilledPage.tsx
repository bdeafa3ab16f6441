/** A page on which something is filled in, with the person who can help beside it. */
import type { Filled } from '../page/form.ts'
import { ErrorBox, FormOf } from './Fields.tsx'
import { Here } from './HomePage.tsx'
import { Letter, Steps } from './Post.tsx'
import { Links, Notice } from './pieces.tsx'

export function FilledPage(page: Filled) {
  const { heading, lede, crumbs, errors, notice, form, list, links, presence, suggest, asides } = page
  return (
    <div className="wrap cols">
      <div>
        {errors && <ErrorBox {...errors} />}
        {crumbs && <Crumbs {...crumbs} />}
        <h1>{heading}</h1>
        {lede.map(line => (
          <p key={line} className="lede" dir="auto">
            {line}
          </p>
        ))}
        <Notice words={notice} />
        {page.quote && <Quote {...page.quote} />}
        {form && <FormOf {...form} />}
        {list.length > 0 && (
          <div className="sec">
            <Links of={list} />
          </div>
        )}
        {links.length > 0 && (
          <ul className="inline after">
            {links.map(({ label, address }) => (
              <li key={address}>
                <a href={address}>{label}</a>
              </li>
            ))}
          </ul>
        )}
      </div>
      {(presence || suggest || asides.length > 0) && (
        <aside className="side person">
          {suggest && <May {...suggest} />}
          {asides.map(({ title, words, links: each }) => (
            <section key={title}>
              <h2>{title}</h2>
              <p dir="auto">{words}</p>
              {each.length > 0 && <Links of={each} />}
            </section>
          ))}
          {presence && <Here {...presence} />}
        </aside>
      )}
    </div>
  )
}

/** The script fills it in while one writes; there it is out of sight until it holds something. */
function May({ title, words, ask, each }: NonNullable<Filled['suggest']>) {
  return (
    <section id="may" className="may" data-ask={ask ?? undefined} hidden={each.length === 0} tabIndex={-1}>
      <h2>{title}</h2>
      <p className="quiet">{words}</p>
      <ul className="list">
        {each.map(({ label, address, beneath, press }) => (
          <li key={address}>
            <a href={address} dir="auto">
              {label}
            </a>
            {beneath && (
              <span className="m" dir="auto">
                {beneath}
              </span>
            )}
            {press && (
              <form method="post" action={press.action} data-thanks={press.thanks}>
                <input type="hidden" name="form" value={press.token} />
                <input type="hidden" name="answer" value="yes" />
                <button className="linkbtn small" type="submit">
                  {press.label}
                </button>
              </form>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Quote({ title, heading, html, steps }: NonNullable<Filled['quote']>) {
  return (
    <section className="preview" aria-label={title}>
      <p className="small">{title}</p>
      {heading && <h2 dir="auto">{heading}</h2>}
      <div className="letter prose" dir="auto">
        <Letter html={html} />
        {steps.length > 0 && <Steps of={steps} />}
      </div>
    </section>
  )
}

export function Crumbs({ back, here }: NonNullable<Filled['crumbs']>) {
  return (
    <p className="crumbs">
      <a href={back.address}>{back.label}</a>
      <span aria-hidden="true">/</span>
      <span>{here}</span>
    </p>
  )
}
