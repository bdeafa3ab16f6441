/** A note about a relationship: stays inside, and can be taken back. What is typed is not lost when it is refused. */
import { useState } from 'react'
import { noteOrganisation, notePerson, takeBackNote } from '../../contract/relations.ts'
import { Area } from '../../ui/index.ts'
import { t } from '../../words/relationship.ts'
import { ask, Problem } from '../api.ts'
import { Dialog } from '../pieces/Dialog.tsx'
import { notice } from '../shell/notices.ts'
import { act } from './acting.ts'
import { renewSubject, type Subject } from './queries.ts'

export function NoteDialog({ subject, name, onClose }: { subject: Subject; name: string; onClose: () => void }) {
  const [words, setWords] = useState('')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string>()
  const keep = async () => {
    if (!words.trim()) return setError(t('relationship:note.empty'))
    setBusy(true)
    try {
      const done =
        subject.is === 'person'
          ? await ask(notePerson, { personId: subject.id, words })
          : await ask(noteOrganisation, { organisationId: subject.id, words })
      renewSubject(subject)
      notice({
        title: t('relationship:note.kept'),
        onUndo: () => void act(subject, takeBackNote, { noteId: done.noteId }),
      })
      onClose()
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem
      setError(problem.title || t('desk:state.broken'))
      setBusy(false)
    }
  }
  return (
    <Dialog
      inside
      title={t('relationship:note.title', { name })}
      lead={t('relationship:note.lead')}
      act={t('relationship:note.keep')}
      {...{ busy, error, onClose }}
      onAct={() => void keep()}
    >
      <Area
        label={t('relationship:note.words')}
        hideLabel
        data-autofocus
        dir="auto"
        rows={6}
        maxLength={20_000}
        value={words}
        onChange={event => setWords(event.currentTarget.value)}
        onKeyDown={event => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void keep()
        }}
      />
    </Dialog>
  )
}
