/** One topic or practice: what was asked, the answer that was accepted, what others say, and where to write. Beside it what goes with it, and a person. */
import type { Topic, Worked } from '../page/community.ts'
import { ErrorBox, FormOf } from './Fields.tsx'
import { Trail } from './ForumPage.tsx'
import { Here } from './HomePage.tsx'
import { By, Letter, Named, PostOf, Pushes, PushOf, Steps } from './Post.tsx'
import { More, Notice } from './pieces.tsx'

export function TopicPage(page: Topic) {
  const { first, practice, accepted, worked, posts, reply, instead, facts, ties, wrong } = page
  return (
    <div className="wrap">
      <Trail {...page.crumbs} />
      <div className="cols">
        <div className="read">
          {page.errors && <ErrorBox {...page.errors} />}
          <article>
            <h1 dir="auto">{page.heading}</h1>
            <Notice words={page.notice} />
            {page.limited && <p className="small limited">{page.limited}</p>}
            {practice && first ? (
              <>
                <By {...first.by} />
                <div className="letter prose">
                  <h2>{practice.context.title}</h2>
                  <Letter html={practice.context.html} />
                  <h2>{practice.steps.title}</h2>
                  <Steps of={practice.steps.each} />
                </div>
                <PostOf post={first} under />
              </>
            ) : (
              first && <PostOf post={first} first />
            )}
          </article>
          {page.check && (
            <div className="panel tried">
              <p>{page.check.words}</p>
              <PushOf {...page.check.push} look="btn second small" />
            </div>
          )}
          {accepted && (
            <section className="sec" aria-labelledby="accepted">
              <h2 id="accepted">{accepted.title}</h2>
              {accepted.post && <PostOf post={accepted.post} />}
              {accepted.link && <More {...accepted.link} />}
            </section>
          )}
          {worked && <HowItWent {...worked} />}
          {posts && (
            <section className="sec" aria-labelledby="posts">
              <h2 id="posts">{posts.title}</h2>
              {posts.none && <p className="small quiet">{posts.none}</p>}
              {posts.before && <More {...posts.before} />}
              {posts.each.map(post => (
                <PostOf key={post.anchor} post={post} />
              ))}
              {posts.after && <More {...posts.after} />}
            </section>
          )}
          {reply && (
            <section className="sec" id="reply" aria-labelledby="replying">
              <h2 id="replying">{reply.title}</h2>
              {reply.hint && (
                <p className="hint">
                  {reply.hint.before} <a href={reply.hint.link.address}>{reply.hint.link.label}</a>
                  {reply.hint.after}
                </p>
              )}
              <FormOf {...reply.form} />
            </section>
          )}
          {instead && (
            <div className="sec instead">
              <p>{instead.words}</p>
              {instead.link && (
                <p className="btns">
                  <a className="btn second" href={instead.link.address}>
                    {instead.link.label}
                  </a>
                </p>
              )}
            </div>
          )}
        </div>
        <aside className="side person">
          <section>
            <h2>{facts.title}</h2>
            <p>{facts.words}</p>
            {facts.each.length > 0 && (
              <ul className="facts">
                {facts.each.map(each => (
                  <li key={each}>{each}</li>
                ))}
              </ul>
            )}
            {facts.following && <p className="after">{facts.following}</p>}
            <Pushes of={facts.pushes} />
          </section>
          {ties && (
            <section>
              <h2>{ties.title}</h2>
              <ul className="related">
                {ties.links.map(({ label, address }) => (
                  <li key={address}>
                    <a href={address} dir="auto">
                      {label}
                    </a>
                  </li>
                ))}
              </ul>
            </section>
          )}
          {wrong && (
            <section>
              <h2>{wrong.title}</h2>
              <p>
                {wrong.before} <a href={wrong.link.address}>{wrong.link.label}</a>
                {wrong.after}
              </p>
            </section>
          )}
          <Here {...page.presence} />
        </aside>
      </div>
    </div>
  )
}

function HowItWent({ title, rows, more, form, mine }: Worked) {
  return (
    <section className="sec" aria-labelledby="worked">
      <h2 id="worked">{title}</h2>
      {rows.length > 0 && (
        <ul className="list">
          {rows.map(({ name, of, when, words, worked }) => (
            <li key={`${name} ${when}`}>
              <p className="small">
                <Named name={name} of={of} />{' '}
                <span className="quiet">
                  · {when}
                  {worked && <> · {worked}</>}
                </span>
              </p>
              {words && (
                <p className="letter" dir="auto">
                  {words}
                </p>
              )}
            </li>
          ))}
        </ul>
      )}
      {more && <More {...more} />}
      {mine && (
        <div className="mine">
          <p className="small">{mine.words}</p>
          <PushOf {...mine.push} look="linkbtn small" />
        </div>
      )}
      {form && (
        <div className="panel tried" id="tried">
          <h3>{form.title}</h3>
          <FormOf {...form.body} />
        </div>
      )}
    </section>
  )
}
