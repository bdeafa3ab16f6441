/** What was found: a conversation by its number, people, conversations with all of the words, then those with most; or what to do where nothing was. */
import { IconArrowRight } from '@tabler/icons-react'
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Found, FoundPerson, SearchSort, search } from '../../contract/search.ts'
import { Button, EmptyState, Portrait, relative, useNow, usePlace } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import type { Output } from '../api.ts'
import { FoundRow } from './FoundRow.tsx'
import { Marks } from './Marks.tsx'

type Asked = UseInfiniteQueryResult<InfiniteData<Output<typeof search>>>
type Props = {
  asked: Asked
  /** what was found for another spelling, where nothing was for this one */
  instead: { text: string; asked: Asked } | null
  q: string
  sort: SearchSort
  onSort: (sort: SearchSort) => void
  onText: (text: string) => void
  onOpen: () => void
}

export function Everything({ asked, instead, q, sort, onSort, onText, onOpen }: Props) {
  const place = usePlace()
  const first = asked.data?.pages[0]
  if (!first) return null
  const found = asked.data?.pages.flatMap(page => page.found) ?? []
  const number = (count: number) => new Intl.NumberFormat(place.language).format(count)
  const nothing = found.length === 0 && first.people.length === 0 && !first.jump
  return (
    <div data-old={asked.isPlaceholderData || undefined} className="everything">
      {first.filled !== null && (
        <p className="small muted" role="status">
          {t('search:filling', {
            share: new Intl.NumberFormat(place.language, { style: 'percent' }).format(first.filled),
          })}
        </p>
      )}
      {nothing ? (
        <Nothing q={q} other={first.didYouMean} onText={onText} />
      ) : (
        <header className="sum">
          <div role="status">
            <h2 className="title">
              {first.total &&
                t(first.total.more ? 'search:foundMore' : 'search:found', {
                  count: first.total.count,
                  shown: number(first.total.count),
                })}
            </h2>
            <p className="small muted">{t('search:notAll')}</p>
          </div>
          <fieldset className="orders">
            <legend className="sr">{t('search:order')}</legend>
            {(['best', 'newest'] as const).map(each => (
              <button key={each} type="button" aria-pressed={sort === each} onClick={() => onSort(each)}>
                {t(`search:${each}`)}
              </button>
            ))}
          </fieldset>
        </header>
      )}
      {first.jump && (
        <Link
          to="/conversations/$conversationId"
          params={{ conversationId: first.jump.id }}
          search={{}}
          className="jump"
          data-hit
          onClick={onOpen}
        >
          <IconArrowRight className="i flips" aria-hidden="true" />
          <span className="muted">{t('search:jump', { number: first.jump.number })}</span>
          <bdi className="subject cut">{first.jump.subject}</bdi>
        </Link>
      )}
      {first.people.length > 0 && <People people={first.people} onOpen={onOpen} />}
      <Rows found={found} onOpen={onOpen} />
      <More asked={asked} />
      {nothing && instead && (
        <>
          <p className="small muted">{t('search:instead')}</p>
          <h2 className="title">
            <bdi>{instead.text}</bdi>
          </h2>
          <Rows found={instead.asked.data?.pages.flatMap(page => page.found) ?? []} onOpen={onOpen} />
          <More asked={instead.asked} />
        </>
      )}
    </div>
  )
}

function Nothing({ q, other, onText }: { q: string; other: string | null; onText: (text: string) => void }) {
  return (
    <EmptyState
      title={t('search:nothing', { text: `\u2068${q.trim()}\u2069` })}
      acts={
        other ? (
          <p>
            {t('search:didYouMean')}{' '}
            <button type="button" className="link" data-hit onClick={() => onText(other)}>
              <bdi>{other}</bdi>
            </button>
          </p>
        ) : undefined
      }
    >
      {t('search:nothingLead')}
    </EmptyState>
  )
}

function Rows({ found, onOpen }: { found: readonly Found[]; onOpen: () => void }) {
  const parts = [
    { name: 'conversations', of: found.filter(each => each.whole) },
    { name: 'most', of: found.filter(each => !each.whole) },
  ]
  return parts
    .filter(part => part.of.length > 0)
    .map(part => (
      <section key={part.name} aria-label={t(`search:${part.name}`)}>
        <h3 className="section">{t(`search:${part.name}`)}</h3>
        <ul className="hits">
          {part.of.map(each => (
            <li key={each.conversation.id}>
              <FoundRow found={each} onOpen={onOpen} />
            </li>
          ))}
        </ul>
      </section>
    ))
}

function People({ people, onOpen }: { people: readonly FoundPerson[]; onOpen: () => void }) {
  const now = useNow()
  return (
    <section aria-label={t('search:people')}>
      <h3 className="section">{t('search:people')}</h3>
      <ul className="people">
        {people.map(person => (
          <li key={person.id}>
            <Link
              to="/write"
              search={person.address ? { to: person.address.text } : {}}
              className="person"
              data-hit
              title={t('search:write', { name: person.name.text })}
              onClick={onOpen}
            >
              <Portrait name={person.name.text} size="s" />
              <span>
                <bdi className="cut name">
                  <Marks of={person.name} />
                </bdi>
                {person.address && person.address.text !== person.name.text && (
                  <bdi className="small muted cut">
                    <Marks of={person.address} />
                  </bdi>
                )}
                {person.lastAt && (
                  <span className="small muted">
                    {t('search:lastTouch', { when: relative(Date.parse(person.lastAt), now) })}
                  </span>
                )}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}

function More({ asked }: { asked: Asked }) {
  if (!asked.hasNextPage) return null
  return (
    <p className="further">
      <Button disabled={asked.isFetchingNextPage} onClick={() => void asked.fetchNextPage()}>
        {t(asked.isFetchingNextPage ? 'search:moreComing' : 'search:more')}
      </Button>
    </p>
  )
}
