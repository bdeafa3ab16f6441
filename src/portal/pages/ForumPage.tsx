/** Lists of topics: the community's start, one category, practices. Lists with hairlines, and beside them what this place is. */
import { Fragment } from 'react'
import type { Forum, TopicLine, TopicList } from '../page/community.ts'
import { Find, Here } from './HomePage.tsx'
import { Mark } from './Mark.tsx'
import { Pushes } from './Post.tsx'
import { Links, More, Notice } from './pieces.tsx'

export function ForumPage({ crumbs, heading, intro, notice, begin, closed, ...page }: Forum) {
  return (
    <div className="wrap">
      {crumbs && <Trail {...crumbs} />}
      <div className="cols">
        <div className="wide">
          <h1 id="h">{heading}</h1>
          {intro && (
            <p className="lede" dir="auto">
              {intro}
            </p>
          )}
          <Notice words={notice} />
          {page.search && <Find {...page.search} />}
          {begin.length > 0 && (
            <p className="btns begin">
              {begin.map(({ label, address }, at) => (
                <a key={address} className={at === 0 ? 'btn' : 'btn second'} href={address}>
                  {label}
                </a>
              ))}
            </p>
          )}
          {closed && <p className="small quiet after">{closed}</p>}
          {page.places && (
            <section className="sec" aria-labelledby="places">
              <h2 id="places">{page.places.title}</h2>
              <Links of={page.places.links} />
            </section>
          )}
          {page.lists.map(list => (
            <Topics key={list.title ?? ''} {...list} />
          ))}
        </div>
        <aside className="side person">
          {page.asides.map(({ title, words, links, following, pushes }) => (
            <section key={title}>
              <h2>{title}</h2>
              <p>{words}</p>
              {links.length > 0 && (
                <ul className="related after">
                  {links.map(({ label, address }) => (
                    <li key={address}>
                      <a href={address}>{label}</a>
                    </li>
                  ))}
                </ul>
              )}
              {following && <p className="after">{following}</p>}
              <Pushes of={pushes} />
            </section>
          ))}
          <Here {...page.presence} />
        </aside>
      </div>
    </div>
  )
}

function Topics({ title, note, topics, none, more }: TopicList) {
  return (
    <section className="sec">
      {title && <h2>{title}</h2>}
      {note && <p className="small quiet">{note}</p>}
      {none && <p className="small quiet">{none}</p>}
      {topics.length > 0 && (
        <ul className="list">
          {topics.map(topic => (
            <Line key={topic.address} {...topic} />
          ))}
        </ul>
      )}
      {more && <More {...more} />}
    </section>
  )
}

function Line({ label, address, beneath, mark }: TopicLine) {
  return (
    <li>
      <a className="t" href={address} dir="auto">
        {label}
      </a>
      <span className="m">
        {mark && (
          <span className="fact" data-is={mark.is}>
            {mark.is === 'answered' && <Mark of="kept" />}
            {mark.words}
          </span>
        )}{' '}
        {beneath}
      </span>
    </li>
  )
}

/** Where this is, and in what. */
export function Trail({
  label,
  links,
  here,
}: {
  label: string
  links: { label: string; address: string }[]
  here?: string
}) {
  return (
    <nav className="crumbs" aria-label={label}>
      {links.map((link, at) => (
        <Fragment key={link.address}>
          {at > 0 && <span aria-hidden="true">/</span>}
          <a href={link.address} dir="auto">
            {link.label}
          </a>
        </Fragment>
      ))}
      {here && (
        <>
          <span aria-hidden="true">/</span>
          <span>{here}</span>
        </>
      )}
    </nav>
  )
}
