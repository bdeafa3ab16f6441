/** Hints under what is being written: what it leaves out, what could hurt. Each says why; none stands in the way of sending. */
import './kindness.css'
import { IconBulb, IconX } from '@tabler/icons-react'
import { type RefObject, useMemo, useState } from 'react'
import type { ConversationView } from '../../../contract/conversations.ts'
import { type Hint, hintKey } from '../../../contract/kindness/index.ts'
import { usePlace } from '../../../ui/index.ts'
import { t } from '../../../words/questions.ts'
import { useChangeMe, useMe } from '../../session/me.ts'
import { notice } from '../../shell/notices.ts'
import type { EditorHandle } from '../Editor.tsx'
import type { Choices } from '../nextStep.ts'
import { offIn, settingOfHint, useHints } from './useHints.ts'

type Props = {
  view: ConversationView
  of: 'reply' | 'note'
  editor: RefObject<EditorHandle | null>
  body: string
  chosen?: Choices
}

const atOnce = 2

export default function Hints({ view, of, editor, body, chosen }: Props) {
  const me = useMe()
  const { zone } = usePlace()
  const [all, setAll] = useState(false)
  const theirs = useMemo(() => saidSince(view), [view])
  const refuses = chosen?.is === 'we-cannot'
  const { shown, dismiss } = useHints({
    place: `${view.id} ${of}`,
    of,
    on: `${body}\n${chosen?.is}\n${view.neededBy}\n${view.version}`,
    off: offIn(me.settings),
    read: () => ({
      text: editor.current?.text() ?? '',
      language:
        of === 'note'
          ? (me.language ?? me.installation.language)
          : (view.customer.language ?? me.installation.language),
      theirs,
      promised: chosen?.is === 'we-get-back',
      personal: refuses,
      alternative: refuses,
      neededBy: view.neededBy,
      zone,
    }),
  })
  const listed = all ? shown : shown.slice(0, atOnce)
  return (
    <>
      <p className="sr" role="status">
        {shown[0] ? says(shown[0]) : ''}
      </p>
      {listed.length > 0 && (
        <ul className="kindness small" aria-label={t('kindness:list')}>
          {listed.map(hint => (
            <One key={hintKey(hint)} hint={hint} onDismiss={() => dismiss(hint)} />
          ))}
        </ul>
      )}
      {shown.length > atOnce && !all && (
        <button type="button" className="link small kindmore" onClick={() => setAll(true)}>
          {t('kindness:more', { count: shown.length - atOnce })}
        </button>
      )}
    </>
  )
}

const says = (hint: Hint) => t(`kindness:${hint.kind}.says`, { words: hint.words })

function One({ hint, onDismiss }: { hint: Hint; onDismiss: () => void }) {
  const [open, setOpen] = useState(false)
  const change = useChangeMe()
  const set = (on: boolean) => change.mutate({ settings: { [settingOfHint(hint.kind)]: on } })
  const never = () => {
    set(false)
    notice({
      title: t('kindness:offNow'),
      detail: t(`kindness:${hint.kind}.name`),
      onUndo: () => set(true),
    })
  }
  return (
    <li>
      <IconBulb size={16} stroke={1.6} aria-hidden="true" />
      <p dir="auto">{says(hint)}</p>
      <button type="button" className="link" aria-expanded={open} onClick={() => setOpen(before => !before)}>
        {t('kindness:why')}
      </button>
      <button
        type="button"
        className="icon"
        aria-label={t('kindness:dismiss')}
        title={t('kindness:dismiss')}
        onClick={onDismiss}
      >
        <IconX size={14} stroke={1.6} aria-hidden="true" />
      </button>
      {open && (
        <p className="why">
          {hint.instead ? `${t(`kindness:instead.${hint.instead}`)} ` : ''}
          {t(`kindness:${hint.kind}.why`)}{' '}
          <button type="button" className="link" onClick={never}>
            {t('kindness:never')}
          </button>
        </p>
      )}
    </li>
  )
}

/** What they wrote since somebody of us answered. */
function saidSince(view: ConversationView): string[] {
  const answered = view.messages.findLastIndex(one => one.kind === 'reply' && !one.takenBackAt)
  return view.messages
    .slice(answered + 1)
    .filter(one => (one.kind === 'message' || one.kind === 'call') && !one.takenBackAt)
    .map(one => one.trimmed ?? one.text)
}
