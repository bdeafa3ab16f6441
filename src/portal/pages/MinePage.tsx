/** My conversations: lists by whose turn it is, each with who has it and what was promised. */
import type { Item, Mine } from '../page/mine.ts'
import { More, Promises } from './pieces.tsx'

export function MinePage({ heading, lede, groups, none }: Mine) {
  return (
    <div className="wrap">
      <h1>{heading}</h1>
      {lede && <p className="small after">{lede}</p>}
      {groups.map(({ title, count, items, more }, at) => (
        <section key={title} className="grp" aria-labelledby={`g${at}`}>
          <h2 id={`g${at}`}>
            {title} <span>{count}</span>
          </h2>
          <ul className="conv">
            {items.map(item => (
              <One key={item.title.address} {...item} />
            ))}
          </ul>
          {more && <More {...more} />}
        </section>
      ))}
      {none && (
        <section className="grp">
          <p className="one">{none.words}</p>
          {none.link && (
            <p className="btns">
              <a className="btn" href={none.link.address}>
                {none.link.label}
              </a>
            </p>
          )}
        </section>
      )}
    </div>
  )
}

function One({ title, who, beneath, promises, late, answers }: Item) {
  return (
    <li>
      <div>
        <a className="t" href={title.address} dir="auto">
          {title.label}
        </a>
        <p className="m">
          {who && (
            <>
              <b>
                <bdi>{who}</bdi>
              </b>{' '}
            </>
          )}
          {beneath}
        </p>
        {answers.length > 0 && (
          <p className="btns">
            {answers.map(({ label, address }) => (
              <a key={address} className="btn second small" href={address}>
                {label}
              </a>
            ))}
          </p>
        )}
      </div>
      <div>
        <Promises of={promises} />
        {late && <p className="small late">{late}</p>}
      </div>
    </li>
  )
}
