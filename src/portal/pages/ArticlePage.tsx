/** An article as a letter with a margin: to be read on the left, the way on and a person on the right. */
import type { Article } from '../page/article.ts'
import { Here } from './HomePage.tsx'
import { Err } from './pieces.tsx'

export function ArticlePage(page: Article) {
  const { crumbs, heading, language, rightToLeft, seal, contents, related, helpful } = page
  return (
    <div className="wrap">
      <nav className="crumbs" aria-label={crumbs.label}>
        {crumbs.links.map(({ label, address }, at) => (
          <span key={address}>
            {at > 0 && <span aria-hidden="true">/ </span>}
            <a href={address} dir="auto">
              {label}
            </a>
          </span>
        ))}
      </nav>
      <div className="cols">
        <article className="read">
          {helpful.trouble && (
            <div className="errors" role="alert">
              <h2>{helpful.trouble.title}</h2>
              <ul>
                <li>
                  <a href="#helpful">{helpful.trouble.says}</a>
                </li>
              </ul>
            </div>
          )}
          <h1 lang={language} dir={rightToLeft ? 'rtl' : 'ltr'}>
            {heading}
          </h1>
          <p className="small quiet keeps" dir="auto">
            {page.kept}
          </p>
          {page.limited && <p className="small limited">{page.limited}</p>}
          {page.editions.length > 0 && (
            <p className="small editions">
              {page.editions.map(({ label, address, language: other }) => (
                <a key={other} href={address} lang={other} hrefLang={other}>
                  {label}
                </a>
              ))}
            </p>
          )}
          {seal && (
            <div className="seal">
              <svg width="26" height="26" viewBox="0 0 26 26" fill="none" aria-hidden="true">
                <circle cx="13" cy="13" r="12" stroke="currentColor" strokeWidth="1.5" opacity=".45" />
                <circle cx="13" cy="13" r="8.5" fill="currentColor" />
                <path d="m9 13.2 2.8 2.8 5.2-5.6" stroke="var(--pond-raised)" strokeWidth="1.9" />
              </svg>
              <p>
                <b>{seal.title}</b> {seal.words}
              </p>
            </div>
          )}
          <div
            className="prose"
            lang={language}
            dir={rightToLeft ? 'rtl' : 'ltr'}
            // biome-ignore lint/security/noDangerouslySetInnerHtml: made safe when it was kept
            dangerouslySetInnerHTML={{
              __html: (page.summary ? `<p class="lead">${page.summary}</p>` : '') + page.html,
            }}
          />
          <Helpful {...helpful} />
        </article>
        <aside className="side person">
          {contents && (
            <section className="toc" aria-labelledby="toc">
              <h2 id="toc">{contents.label}</h2>
              <ol lang={language} dir={rightToLeft ? 'rtl' : 'ltr'}>
                {contents.links.map(({ label, address }) => (
                  <li key={address}>
                    <a href={address}>{label}</a>
                  </li>
                ))}
              </ol>
            </section>
          )}
          <Here {...page.presence} />
          {page.thanks && (
            <section>
              <h2>{page.thanks.title}</h2>
              <ul className="related">
                {page.thanks.each.map(({ before, link, after }) => (
                  <li key={link.address}>
                    {before}{' '}
                    <a href={link.address} dir="auto">
                      {link.label}
                    </a>
                    {after}
                  </li>
                ))}
              </ul>
            </section>
          )}
          {related && (
            <section>
              <h2>{related.label}</h2>
              <ul className="related">
                {related.links.map(({ label, address, beneath }) => (
                  <li key={address}>
                    <a href={address} dir="auto">
                      {label}
                    </a>
                    {beneath && <span className="quiet">{beneath}</span>}
                  </li>
                ))}
              </ul>
            </section>
          )}
        </aside>
      </div>
    </div>
  )
}

function Helpful({ action, token, title, choices, words, send, instead, trouble, notice }: Article['helpful']) {
  return (
    <form className="panel helpful" id="helpful" method="post" action={action} noValidate>
      <input type="hidden" name="form" value={token} />
      {notice && (
        <p className="note" role="status">
          {notice}
        </p>
      )}
      <fieldset className={trouble ? 'bad' : undefined}>
        <legend>
          <h2>{title}</h2>
        </legend>
        <div className="picks line">
          {choices.map(({ value, label, chosen }) => (
            <label key={value} className="pick">
              <input
                type="radio"
                name="answer"
                value={value}
                defaultChecked={chosen}
                aria-describedby={trouble ? 'helpful-err' : undefined}
              />
              <b>{label}</b>
            </label>
          ))}
        </div>
        {trouble && <Err id="helpful-err" says={trouble.says} />}
      </fieldset>
      <div className="field">
        <label htmlFor="words">
          {words.label} <span className="opt">{words.optional}</span>
        </label>
        <p className="hint" id="words-hint">
          {words.hint}
        </p>
        <textarea
          id="words"
          name="words"
          rows={3}
          maxLength={2000}
          dir="auto"
          defaultValue={words.value}
          aria-describedby="words-hint"
        />
      </div>
      <div className="btns">
        <button className="btn" type="submit">
          {send}
        </button>
        {instead && (
          <a href={instead.address} className="small">
            {instead.label}
          </a>
        )}
      </div>
    </form>
  )
}
