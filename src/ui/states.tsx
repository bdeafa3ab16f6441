/** Empty, failing, not yours, still reading: what a screen shows when it has nothing else to show. */
import { IconAlertTriangle, IconLock, IconPlugConnectedX } from '@tabler/icons-react'
import { type ReactNode, useEffect, useState } from 'react'
import { t } from '../words/catalogue.ts'

/** Teaches, and offers one kind thing. */
export function EmptyState(props: { title: string; children?: ReactNode; acts?: ReactNode }) {
  return (
    <div className="teaches">
      <h2 className="verdict">{props.title}</h2>
      {props.children && <p>{props.children}</p>}
      {props.acts && <div className="acts">{props.acts}</div>}
    </div>
  )
}

/** What you may not see does not exist: says what is open instead, never whether it exists. */
type Forbidden = { title?: string; children?: ReactNode; acts?: ReactNode; whole?: boolean }
export function ForbiddenState({ title, children, acts, whole }: Forbidden) {
  const Heading = whole ? 'h1' : 'h2'
  return (
    <div className="teaches" data-lock>
      <IconLock size={20} stroke={1.6} aria-hidden="true" />
      <div>
        <Heading className="verdict">{title ?? t('desk:state.forbidden')}</Heading>
        <p>{children ?? t('desk:state.forbiddenLead')}</p>
        {acts && <div className="acts">{acts}</div>}
      </div>
    </div>
  )
}

/** What happened, what is safe, what to do. */
export function Tells(props: { happened: ReactNode; safe?: ReactNode; todo?: ReactNode; tone?: 'soon' | 'warm' }) {
  return (
    <dl className="tells" data-tone={props.tone}>
      <dt>{t('desk:state.happened')}</dt>
      <dd>{props.happened}</dd>
      {props.safe && (
        <>
          <dt>{t('desk:state.safe')}</dt>
          <dd>{props.safe}</dd>
        </>
      )}
      {props.todo && (
        <>
          <dt>{t('desk:state.todo')}</dt>
          <dd>{props.todo}</dd>
        </>
      )}
    </dl>
  )
}

export function FailingState(props: {
  title: string
  happened: ReactNode
  safe?: ReactNode
  todo?: ReactNode
  silent?: boolean
  whole?: boolean
}) {
  const Heading = props.whole ? 'h1' : 'p'
  const Icon = props.silent ? IconPlugConnectedX : IconAlertTriangle
  return (
    <div className="fails" role="alert">
      <Heading className="head">
        <Icon size={20} stroke={1.6} aria-hidden="true" />
        {props.title}
      </Heading>
      <Tells happened={props.happened} safe={props.safe} todo={props.todo} />
    </div>
  )
}

/** Something that asks the server and may fail, as far as this needs to know it. */
type Asked = { error: Error | null; refetch: () => unknown }
type Told = Error & { status?: number; code?: string; title?: string; detail?: string }

/** The failing state of a question: silent server, absent page, a refusal in its own words, or a bug. Where it is the `whole` page it heads it. */
export function ErrorState({ asked, title, whole = false }: { asked: Asked; title?: string; whole?: boolean }) {
  const error = asked.error as Told | null
  if (!error) return null
  const again = (
    <button type="button" className="link" onClick={() => void asked.refetch()}>
      {t('desk:state.tryAgain')}
    </button>
  )
  if (error.status === 0)
    return (
      <FailingState
        silent
        whole={whole}
        title={t('desk:state.silent')}
        happened={t('desk:state.silentHappened')}
        safe={t('desk:state.silentSafe')}
        todo={
          <>
            {t('desk:state.silentTodo')} {again}
          </>
        }
      />
    )
  if (error.status === 404 || error.status === 403) return <ForbiddenState whole={whole} />
  const refused = error.status !== undefined && error.status < 500
  return (
    <FailingState
      whole={whole}
      title={(refused && error.title) || title || t('desk:state.broken')}
      happened={(refused && error.detail) || t('desk:state.brokenHappened', { code: error.code ?? error.name })}
      safe={t('desk:state.brokenSafe')}
      todo={
        <>
          {t('desk:state.brokenTodo')} {again}
        </>
      }
    />
  )
}

/** The shape of what comes, still, after 300 ms; words after two seconds. */
export function Bones({ shape = 'ledger', rows = 3 }: { shape?: 'ledger' | 'list' | 'stream'; rows?: number }) {
  const [slow, setSlow] = useState(false)
  useEffect(() => {
    const after = setTimeout(() => setSlow(true), 2000)
    return () => clearTimeout(after)
  }, [])
  return (
    <div className="bones" data-waits aria-busy="true">
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all the same and never move
        <div key={row} className={shape === 'ledger' ? 'led' : 'said2'} aria-hidden="true">
          {shape === 'ledger' && <span className="bone" />}
          <span className="ball" />
          <span className="row3">
            <Bone share={60 + ((row * 17) % 30)} />
            <Bone share={45 + ((row * 29) % 35)} />
            {shape !== 'ledger' && <Bone share={30 + ((row * 23) % 40)} />}
          </span>
        </div>
      ))}
      <p className="small muted" role="status">
        {slow && t('desk:state.loading')}
      </p>
    </div>
  )
}

function Bone({ share }: { share: number }) {
  return <span className="bone" style={{ inlineSize: `${share}%` }} />
}
