/** The palette: every action of this page and of the desk, people, and conversations by number. Runs what is chosen and closes. */
import { IconArrowRight, IconHash, IconSearch } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useDeferredValue, useEffect, useId, useState } from 'react'
import { openByNumber } from '../../contract/conversations.ts'
import { search } from '../../contract/search.ts'
import { Dialog, Keys, Portrait, PromiseChip } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { ask, query } from '../api.ts'
import { Marks } from '../search/Marks.tsx'
import { useAllActions } from './actions.ts'
import { marked, matches } from './matching.tsx'
import { noticeFailure } from './notices.ts'
import { showOverlay } from './overlays.ts'

type Item = { id: string; icon: ReactNode; words: ReactNode; aside?: ReactNode; run: () => void }
type Group = { title: string; items: Item[] }

export function Palette() {
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const listId = useId()
  const groups = useGroups(text.trim())
  const items = groups.flatMap(group => group.items)
  const chosen = Math.min(at, items.length - 1)
  const close = () => showOverlay(null)
  const run = (item: Item | undefined) => {
    if (!item) return
    close()
    // After the dialog has given the focus back, so that what runs may take it.
    setTimeout(() => item.run(), 0)
  }
  const move = (by: number) => setAt((Math.max(0, chosen) + by + items.length) % Math.max(1, items.length))
  useEffect(() => {
    document.getElementById(`${listId}-${chosen}`)?.scrollIntoView({ block: 'nearest' })
  }, [chosen, listId])
  return (
    <Dialog title={t('desk:palette.title')} hideTitle onClose={close} className="palette">
      <div className="askbar">
        <IconSearch className="i" aria-hidden="true" />
        <input
          autoFocus
          role="combobox"
          aria-expanded="true"
          aria-controls={listId}
          aria-activedescendant={items.length > 0 ? `${listId}-${chosen}` : undefined}
          aria-label={t('desk:palette.title')}
          placeholder={t('desk:palette.placeholder')}
          value={text}
          onChange={event => {
            setText(event.currentTarget.value)
            setAt(0)
          }}
          onKeyDown={event => {
            if (event.nativeEvent.isComposing) return
            const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
            if (step) move(step)
            else if (event.key === 'Enter') run(items[chosen])
            else return
            event.preventDefault()
          }}
        />
      </div>
      <div role="listbox" id={listId} aria-label={t('desk:palette.title')} className="found">
        {groups.map(group => (
          // biome-ignore lint/a11y/useSemanticElements: a group of options inside a listbox has no element of its own
          <div key={group.title} role="group" aria-label={group.title}>
            <p className="section" aria-hidden="true">
              {group.title}
            </p>
            {group.items.map(item => (
              <Option
                key={item.id}
                item={item}
                id={`${listId}-${items.indexOf(item)}`}
                chosen={items.indexOf(item) === chosen}
                run={run}
              />
            ))}
          </div>
        ))}
      </div>
      <p className="nothing" role="status">
        {items.length === 0 && t('desk:palette.nothing', { query: text })}
      </p>
      <footer>
        <span>
          <Keys keys="ArrowUp" /> <Keys keys="ArrowDown" /> {t('desk:palette.move')}
        </span>
        <span>
          <Keys keys="Enter" /> {t('desk:palette.do')}
        </span>
        <span>
          <Keys keys="Escape" /> {t('desk:palette.close')}
        </span>
      </footer>
    </Dialog>
  )
}

function Option({ item, id, chosen, run }: { item: Item; id: string; chosen: boolean; run: (item: Item) => void }) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field above holds the focus and answers to Enter
    <div role="option" id={id} tabIndex={-1} aria-selected={chosen} className="item" onClick={() => run(item)}>
      {item.icon}
      <span className="cut">{item.words}</span>
      <span>{item.aside}</span>
    </div>
  )
}

function useGroups(text: string): Group[] {
  const navigate = useNavigate()
  const late = useDeferredValue(text)
  const found = useQuery({
    ...query(search, { q: late, typing: 'true', limit: 5 }),
    enabled: late.length > 1 && !/^#?\d+$/.test(late),
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  })
  const actions = useAllActions().filter(
    (action, at, all) => !action.hidden && all.findIndex(({ id }) => id === action.id) === at,
  )
  const group = (title: string, wanted: string[]): Group => ({
    title,
    items: actions
      .filter(action => wanted.includes(action.group) && matches(action.label, text))
      .map(action => {
        const Icon = action.icon ?? IconArrowRight
        return {
          id: action.id,
          icon: <Icon size={19} stroke={1.6} />,
          words: marked(action.label, text),
          aside: action.keys && <Keys keys={action.keys} />,
          run: action.run,
        }
      }),
  })
  const groups: Group[] = [
    group(t('desk:palette.here'), ['here', 'writing', 'lists']),
    group(t('desk:palette.go'), ['go']),
    group(t('desk:palette.anywhere'), ['anywhere']),
  ]
  if (/^#?\d+$/.test(text)) groups.unshift(byNumber(Number(text.replace('#', '')), navigate))
  if (found.data && text.length > 1) {
    groups.push({
      title: t('desk:palette.people'),
      items: found.data.people.slice(0, 4).map(person => ({
        id: person.id,
        icon: <Portrait name={person.name.text} size="s" />,
        words: <Marks of={person.name} />,
        aside: <span className="small muted">{person.address?.text}</span>,
        run: () => void navigate({ to: '/people/$personId', params: { personId: person.id }, search: {} }),
      })),
    })
    groups.push({
      title: t('search:palette.conversations'),
      items: found.data.found.map(({ conversation, subject, customer }) => ({
        id: conversation.id,
        icon: <span className="small muted">{conversation.number}</span>,
        words: (
          <>
            <bdi>
              <Marks of={subject} />
            </bdi>{' '}
            <bdi className="small muted">
              <Marks of={customer} />
            </bdi>
          </>
        ),
        aside: conversation.promise && <PromiseChip promise={conversation.promise} bare words="" />,
        run: () =>
          void navigate({
            to: '/conversations/$conversationId',
            params: { conversationId: conversation.id },
            search: {},
          }),
      })),
    })
  }
  if (text.length > 1)
    groups.push({
      title: t('search:title'),
      items: [
        {
          id: 'search-all',
          icon: <IconSearch size={19} stroke={1.6} />,
          words: t('search:palette.all', { text: `\u2068${text}\u2069` }),
          run: () => void navigate({ to: '/search', search: { q: text } }),
        },
      ],
    })
  return groups.filter(({ items }) => items.length > 0)
}

function byNumber(number: number, navigate: ReturnType<typeof useNavigate>): Group {
  const run = () =>
    ask(openByNumber, { number })
      .then(({ id }) => navigate({ to: '/conversations/$conversationId', params: { conversationId: id }, search: {} }))
      .catch(noticeFailure)
  const words = t('desk:palette.byNumber', { number })
  return {
    title: t('desk:palette.go'),
    items: [{ id: 'by-number', icon: <IconHash size={19} stroke={1.6} />, words, run }],
  }
}
