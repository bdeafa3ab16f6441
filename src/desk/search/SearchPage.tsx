/** Search: results come while one types, what was shown stays until then, and the address holds the search. */
import './search.css'
import '../inbox/filterBar.css'
import { IconSearch, IconX } from '@tabler/icons-react'
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { parseFilter, printFilter, printTerm, type Term, withoutTerm, withTerm } from '../../contract/filter-text.ts'
import { keepSearch, type SearchSort } from '../../contract/search.ts'
import { Bones, ErrorState, usePlace } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { ask } from '../api.ts'
import { termWords } from '../inbox/filterWords.ts'
import { useActions } from '../shell/actions.ts'
import { usePageTitle } from '../shell/usePageTitle.ts'
import { Beside } from './Beside.tsx'
import { Everything } from './Everything.tsx'
import { recentQuery, searchPages } from './queries.ts'
import { Recent } from './Recent.tsx'
import { SearchField } from './SearchField.tsx'
import { useStanding } from './useStanding.ts'

/** Long enough that quick typing asks once, short enough that nobody waits for it. */
const breath = 140

export function SearchPage() {
  const { q = '', sort = 'best' } = useSearch({ from: '/desk/search' })
  const navigate = useNavigate()
  const client = useQueryClient()
  const place = usePlace()
  const field = useRef<HTMLInputElement>(null)
  const results = useRef<HTMLDivElement>(null)
  const [text, setText] = useState(q)
  // Whoever comes by a link means whole words; whoever types is still at it.
  const [typing, setTyping] = useState(false)
  const told = useRef(q)
  usePageTitle(q ? `${t('search:title')}: ${q}` : t('search:title'))

  const go = (next: string, order: SearchSort = sort) => {
    told.current = next
    void navigate({
      to: '/search',
      search: { ...(next.trim() ? { q: next } : {}), ...(order === 'newest' ? { sort: 'newest' as const } : {}) },
      replace: true,
    })
  }
  // Back and forward change the address from outside.
  useEffect(() => {
    if (q !== told.current) {
      told.current = q
      setText(q)
      setTyping(false)
    }
  }, [q])
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what was typed sets the clock
  useEffect(() => {
    if (text === q) return
    const later = setTimeout(() => go(text), breath)
    return () => clearTimeout(later)
  }, [text])

  const asked = useInfiniteQuery(searchPages({ q, sort, typing }))
  const [first] = asked.data?.pages ?? []
  const other = first?.didYouMean ?? ''
  const instead = useInfiniteQuery(searchPages({ q: asked.isPlaceholderData ? '' : other, sort, typing: false }))

  useStanding(results, asked.data)

  const change = (next: string) => {
    setTyping(true)
    setText(next)
  }
  const put = (next: string) => {
    setText(next)
    setTyping(false)
    go(next)
    field.current?.focus()
  }
  const remember = (kept = text) => {
    if (kept.trim())
      void ask(keepSearch, { text: kept.trim() })
        .then(() => client.invalidateQueries({ queryKey: recentQuery.queryKey }))
        .catch(() => {})
  }
  const hits = () => [...(results.current?.querySelectorAll<HTMLElement>('[data-hit]') ?? [])]
  const move = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1, j: 1, k: -1 }[event.key]
    const all = hits()
    const at = all.indexOf(document.activeElement as HTMLElement)
    if (!step || at < 0 || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    const next = all[at + step]
    if (next) next.focus()
    else if (step < 0) field.current?.focus()
  }
  useActions([
    {
      id: 'search',
      label: t('search:keyField'),
      keys: '/',
      group: 'here',
      icon: IconSearch,
      run: () => field.current?.select(),
    },
  ])
  const done = () => {
    remember()
    setTyping(false)
    if (text !== q) go(text)
    if (first?.jump)
      void navigate({ to: '/conversations/$conversationId', params: { conversationId: first.jump.id }, search: {} })
    else hits()[0]?.focus()
  }
  const terms = parseFilter(q)
  const operators = terms.filter(term => term.is === 'operator' || term.is === 'field' || term.not)
  const toggle = (term: Term) => {
    const there = terms.find(each => printTerm(each) === printTerm(term))
    put(printFilter(there ? withoutTerm(terms, there) : withTerm(terms, term)))
  }
  return (
    <main className="searching" id="page">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: keys move between the links inside, which answer by themselves, too */}
      <div className="column" onKeyDown={move}>
        <h1 className="sr">{t('search:title')}</h1>
        <SearchField field={field} text={text} onText={change} onDone={done} onDown={() => hits()[0]?.focus()} />
        {operators.length > 0 && (
          <ul className="terms" aria-label={t('search:terms')}>
            {operators.map(term => {
              const words = termWords(term, place.language)
              const wrong = first?.notUnderstood.some(each => printTerm({ ...term, not: false }).includes(each.term))
              return (
                <li
                  key={printTerm(term)}
                  className="term"
                  data-wrong={wrong || undefined}
                  data-not={term.not || undefined}
                >
                  <span className="asked">
                    <bdi>{words}</bdi>
                  </span>
                  <button
                    type="button"
                    className="off"
                    aria-label={t('search:remove', { words })}
                    onClick={() => put(printFilter(withoutTerm(terms, term)))}
                  >
                    <IconX size={13} stroke={1.8} aria-hidden="true" />
                  </button>
                </li>
              )
            })}
          </ul>
        )}
        {first && first.notUnderstood.length > 0 && (
          <p className="missed small" role="status">
            {first.notUnderstood.map(({ term, why }) => (
              <span key={term}>{t(`views:missed.${why}`, { term: `\u2068${term}\u2069` })}</span>
            ))}
          </p>
        )}
        <div ref={results} aria-busy={asked.isFetching}>
          {q.trim() === '' ? (
            <Recent onSearch={put} />
          ) : asked.isPending ? (
            <Bones shape="list" />
          ) : asked.isError && !asked.data ? (
            <ErrorState asked={asked} />
          ) : (
            <Everything
              asked={asked}
              instead={other && instead.data ? { text: other, asked: instead } : null}
              q={q}
              sort={sort}
              onSort={order => go(text, order)}
              onText={put}
              onOpen={() => remember(q)}
            />
          )}
        </div>
      </div>
      <Beside q={q} terms={terms} onToggle={toggle} />
    </main>
  )
}
