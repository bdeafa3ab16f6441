/** A page of the installation's own, laid out as an article is. */
import type { OwnPage as Shape } from '../page/own.ts'
import { Here } from './HomePage.tsx'

export function OwnPage({ heading, language, rightToLeft, html, contents, presence }: Shape) {
  const own = { lang: language, dir: rightToLeft ? 'rtl' : 'ltr' } as const
  return (
    <div className="wrap">
      <div className="cols">
        <article className="read">
          <h1 {...own}>{heading}</h1>
          {/* biome-ignore lint/security/noDangerouslySetInnerHtml: made safe when it was kept */}
          <div className="prose" {...own} dangerouslySetInnerHTML={{ __html: html }} />
        </article>
        <aside className="side person">
          {contents && (
            <section className="toc" aria-labelledby="toc">
              <h2 id="toc">{contents.label}</h2>
              <ol {...own}>
                {contents.links.map(({ label, address }) => (
                  <li key={address}>
                    <a href={address}>{label}</a>
                  </li>
                ))}
              </ol>
            </section>
          )}
          <Here {...presence} />
        </aside>
      </div>
    </div>
  )
}
