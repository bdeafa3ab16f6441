/** A page on which something is filled in, with the person who can help beside it. */
import type { Filled } from '../page/form.ts'
import { ErrorBox, FormOf } from './Fields.tsx'
import { Here } from './HomePage.tsx'

export function FilledPage({ heading, lede, crumbs, errors, notice, form, list, links, presence, asides }: Filled) {
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
        {notice && (
          <p className="note" role="status">
            {notice}
          </p>
        )}
        {form && <FormOf {...form} />}
        {list.length > 0 && (
          <ul className="list sec">
            {list.map(({ label, address, beneath }) => (
              <li key={address}>
                <a className="t" href={address} dir="auto">
                  {label}
                </a>
                {beneath && (
                  <span className="m" dir="auto">
                    {beneath}
                  </span>
                )}
              </li>
            ))}
          </ul>
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
      {(presence || asides.length > 0) && (
        <aside className="side person">
          {asides.map(({ title, words, links: each }) => (
            <section key={title}>
              <h2>{title}</h2>
              <p dir="auto">{words}</p>
              {each.length > 0 && (
                <ul className="list">
                  {each.map(({ label, address, beneath }) => (
                    <li key={address}>
                      <a href={address} dir="auto">
                        {label}
                      </a>
                      {beneath && <span className="m">{beneath}</span>}
                    </li>
                  ))}
                </ul>
              )}
            </section>
          ))}
          {presence && <Here {...presence} />}
        </aside>
      )}
    </div>
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
