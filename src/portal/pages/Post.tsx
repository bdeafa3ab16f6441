/** What one person wrote in the community: who, when, their words in the book face, what became of it, and what one can do with it. */
import type { Post, Push, Writer } from '../page/community.ts'
import { Mark } from './Mark.tsx'
import { Face } from './pieces.tsx'

/** `first`: what the page is about; `under`: its words stand above already. */
export function PostOf({ post, first, under }: { post: Post; first?: boolean; under?: boolean }) {
  const { by, to, html, told, accepted, liked, became, pushes, links } = post
  const look = ['post', first || under ? 'opening' : '', accepted ? 'accepted' : ''].filter(Boolean).join(' ')
  const inner = (
    <>
      {accepted && (
        <p className="verdict">
          <Mark of="kept" />
          <span>{accepted}</span>
        </p>
      )}
      {!under && <By {...by} />}
      {to && (
        <p className="small to">
          <a href={to.address}>{to.label}</a>
        </p>
      )}
      {told && <p className="small told">{told}</p>}
      {!under && html !== null && (
        <div className="letter prose" dir="auto">
          <Letter html={html} />
        </div>
      )}
      {(liked || became.length > 0) && (
        <p className="small quiet liked">
          {liked}
          {became.map(({ before, link, after }) => (
            <span key={link.address}>
              {' '}
              {before}{' '}
              <a href={link.address} dir="auto">
                {link.label}
              </a>
              {after}
            </span>
          ))}
        </p>
      )}
      {(pushes.length > 0 || links.length > 0) && (
        <div className="acts">
          {pushes.map(push => (
            <PushOf key={`${push.label} ${push.action}`} {...push} look="linkbtn small" />
          ))}
          {links.map(({ label, address }) => (
            <a key={address} className="small" href={address}>
              {label}
            </a>
          ))}
        </div>
      )}
    </>
  )
  return first || under ? (
    <div className={look} id={post.anchor}>
      {inner}
    </div>
  ) : (
    <article className={look} id={post.anchor}>
      {inner}
    </article>
  )
}

export function By({ name, of, ours, when }: Writer) {
  return (
    <p className="who by">
      <Face name={name} them={!ours} />
      <span className="small">
        <Named name={name} of={of} />{' '}
        {ours && (
          <span className="tag">
            <bdi>{ours}</bdi>
          </span>
        )}
        <br />
        <span className="quiet">{when}</span>
      </span>
    </p>
  )
}

/** Somebody, and whose they are. */
export const Named = ({ name, of }: { name: string; of: string | null }) => (
  <>
    <b>
      <bdi>{name}</bdi>
    </b>
    {of && (
      <>
        , <bdi>{of}</bdi>
      </>
    )}
  </>
)

/** What one does, one after the other. */
export const Steps = ({ of }: { of: readonly string[] }) => (
  <ol data-steps="">
    {of.map((step, at) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: it is drawn once
      <li key={at} dir="auto">
        <Letter html={step} />
      </li>
    ))}
  </ol>
)

export function Letter({ html }: { html: string }) {
  return (
    <div
      className="words"
      dir="auto"
      // biome-ignore lint/security/noDangerouslySetInnerHtml: made safe by the server
      dangerouslySetInnerHTML={{ __html: html }}
    />
  )
}

/** Beside a page: the likeliest as a button, the others in words. */
export function Pushes({ of }: { of: Push[] }) {
  if (of.length === 0) return null
  return (
    <div className="btns">
      {of.map((push, at) => (
        <PushOf key={push.label} {...push} look={at === 0 ? 'btn second small' : 'linkbtn small'} />
      ))}
    </div>
  )
}

export function PushOf({ label, action, hidden, pressed, look }: Push & { look: string }) {
  return (
    <form className="press" method="post" action={action}>
      {hidden.map(({ name, value }) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <button className={look} type="submit" aria-pressed={pressed || undefined}>
        {label}
      </button>
    </form>
  )
}
