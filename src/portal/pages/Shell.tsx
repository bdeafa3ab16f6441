/** Around every page outside: the head with the way about, and the foot. A page that a mail leads to has the name alone. */
import type { ReactNode } from 'react'
import type { About, Frame, Head } from '../page/frame.ts'
import { Mark } from './Mark.tsx'

export function Shell({ frame, title, children }: { frame: Frame; title: string; children: ReactNode }) {
  const { head, foot } = frame
  return (
    <html lang={frame.language} dir={frame.rightToLeft ? 'rtl' : 'ltr'}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{title}</title>
        <Told {...frame.about} />
        <link rel="icon" href={frame.logo ?? icon} />
        <link rel="stylesheet" href={frame.style} />
        {frame.script && <script src={frame.script} defer />}
      </head>
      <body>
        <a className="skip" href="#main">
          {frame.words.skip}
        </a>
        <header className="top">
          <div className="wrap">
            {head ? (
              <a className="brand" href={head.home}>
                <Brand {...frame} />
              </a>
            ) : (
              <span className="brand">
                <Brand {...frame} />
              </span>
            )}
            {head && <Ways {...head} />}
          </div>
        </header>
        <main id="main">{children}</main>
        <footer className="foot">
          <div className="wrap">
            {foot.links.length > 0 && (
              <ul>
                {foot.links.map(({ label, address }) => (
                  <li key={address}>
                    <a href={address}>{label}</a>
                  </li>
                ))}
              </ul>
            )}
            {foot.lines.map(line => (
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

/** In the page itself: nothing more is asked for. */
const icon = `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="#3f86a9" stroke-width="1.5"><circle cx="12" cy="12" r="2.6" fill="#3f86a9" stroke="none"/><circle cx="12" cy="12" r="6.2"/><circle cx="12" cy="12" r="10.2" opacity=".55"/></svg>')}`

function Brand({ logo, installation }: Frame) {
  return (
    <>
      {logo ? <img src={logo} alt="" width="30" height="30" /> : <Mark of="pond" />}
      <bdi>{installation}</bdi>
    </>
  )
}

/** The same twice, as no script moves it: a row where there is room, a menu where there is none. */
function Ways({ nav, me, tongues, write, words }: Head) {
  const links = nav.map(({ label, address, current, count }) => (
    <a key={address} href={address} aria-current={current ? 'page' : undefined}>
      {label}
      {count && (
        <>
          <span className="n" aria-hidden="true">
            {count.shown}
          </span>
          <span className="vh"> {count.says}</span>
        </>
      )}
    </a>
  ))
  const mine = me.map(({ label, address }) => (
    <a key={address} href={address} dir="auto">
      {label}
    </a>
  ))
  const spoken = tongues.each.map(({ label, address, language, current }) => (
    <li key={language}>
      <a href={address} lang={language} hrefLang={language} aria-current={current ? 'true' : undefined}>
        {label}
      </a>
    </li>
  ))
  return (
    <>
      <nav className="nav" aria-label={words.nav}>
        {links}
      </nav>
      <div className="me">
        <details className="tongues">
          <summary>{tongues.label}</summary>
          <ul>{spoken}</ul>
        </details>
        {mine}
        {write && (
          <a className="stay writelink" href={write.address}>
            {write.label}
          </a>
        )}
      </div>
      <details className="menu">
        <summary>{words.menu}</summary>
        <ul>
          {[...links, ...mine].map(link => (
            <li key={link.key}>{link}</li>
          ))}
          {spoken}
        </ul>
      </details>
    </>
  )
}

/** For search engines; a page without a canonical address is nobody's to keep. */
function Told({ canonical, description, alternates, feed, structured }: About) {
  if (!canonical) return <meta name="robots" content="noindex, nofollow" />
  return (
    <>
      <link rel="canonical" href={canonical} />
      {description && <meta name="description" content={description} />}
      {alternates.map(({ language, address }) => (
        <link key={language} rel="alternate" hrefLang={language} href={address} />
      ))}
      {feed && <link rel="alternate" type="application/atom+xml" title={feed.label} href={feed.address} />}
      {structured && (
        <script
          type="application/ld+json"
          // biome-ignore lint/security/noDangerouslySetInnerHtml: data, in which nothing can end the element
          dangerouslySetInnerHTML={{ __html: JSON.stringify(structured).replaceAll('<', '\\u003c') }}
        />
      )}
    </>
  )
}
