/** Begins a conversation: write first by mail, or note a phone call. Like every reply it starts with a next step. */
import '../conversation/conversation.css'
import './compose.css'
import './write.css'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react'
import * as contract from '../../contract/conversations.ts'
import { mailAddressOf } from '../../contract/kit.ts'
import { mailboxes } from '../../contract/mailboxes.ts'
import { firstNameOf } from '../../contract/variables.ts'
import { Button, EmptyState, Field, firstName, Keys } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { ask, Problem, query, renew } from '../api.ts'
import { cache } from '../cache.ts'
import { asSent } from '../promises/offers/promised.ts'
import { WishesFor } from '../relationship/Prefers.tsx'
import { useMe } from '../session/me.ts'
import { useActions } from '../shell/actions.ts'
import { notice } from '../shell/notices.ts'
import { AttachButton } from './AttachButton.tsx'
import { writerValues } from './around.ts'
import { saysNothing } from './draftChoice.ts'
import type { EditorHandle } from './Editor.tsx'
import { FileList } from './FileList.tsx'
import { NextStepChooser } from './NextStepChooser.tsx'
import { keptBegun, suggestions, useKeepBegun } from './newDraft.ts'
import { type Choices, firstChoices, nextStepOf, restoredChoices } from './nextStep.ts'
import { Recipients, type Who } from './Recipients.tsx'
import { type Lacks as ReplyLacks, stepLacks } from './replyLacks.ts'
import { SignatureFold } from './SignatureFold.tsx'
import { keptFiles, restoredFiles, useUploads } from './uploads.ts'
import { useDropZone } from './useDropZone.tsx'
import { WhoFor, type WhomFor } from './WhoFor.tsx'
import { WriteFrom } from './WriteFrom.tsx'
import { WriteModes } from './WriteModes.tsx'

const StepOffers = lazy(() => import('./StepOffers.tsx'))
const Editor = lazy(() => import('./Editor.tsx'))
const WritingTo = lazy(() => import('../relationship/care/WritingTo.tsx'))
type Lacks = ReplyLacks | 'customer' | 'subject' | 'mailbox'

export function WritePage() {
  const me = useMe()
  const navigate = useNavigate()
  const { is = 'written', to, checkIn } = useSearch({ from: '/desk/write' })
  const phone = is === 'phone'
  const teams = me.teams.filter(({ role }) => role === 'lead' || role === 'teammate')
  // Only some may see mailboxes; for the others the server takes the team's own.
  const known = useQuery(query(mailboxes, {})).data?.mailboxes
  const boxes = known?.filter(({ pausedAt }) => pausedAt === null) ?? []
  const [teamId, setTeamId] = useState(teams[0]?.id ?? '')
  const [boxId, setBoxId] = useState('')
  // What is begun for somebody is kept for that one.
  const keptAs = [me.id, checkIn ?? to].join(' ').trim()
  const [kept] = useState(() => keptBegun(keptAs))
  const [whom, setWhom] = useState<WhomFor>(kept.whom ?? { name: '', address: to?.includes('@') ? to : '', phone: '' })
  const [cc, setCc] = useState<Who[]>(kept.cc ?? [])
  const [subject, setSubject] = useState(kept.subject ?? '')
  const [body, setBody] = useState(kept.body ?? '')
  const suggested = useMemo(() => suggestions(me.zone ?? me.installation.zone), [me])
  const [chosen, setChosen] = useState<Choices>(() =>
    kept.step
      ? restoredChoices(kept.step, suggested, new Date())
      : { ...firstChoices(suggested), is: phone ? 'we-get-back' : 'your-turn' },
  )
  const [lacks, setLacks] = useState<Lacks>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [busy, setBusy] = useState(false)
  const uploads = useUploads(restoredFiles(kept.files))
  const draft = useKeepBegun(keptAs, { whom, cc, subject, body, step: chosen, files: keptFiles(uploads.files) })
  const veil = useDropZone('reply', uploads.add)
  const values = () => ({
    ...writerValues(me),
    'customer.firstName': firstNameOf(whom.name),
    'customer.name': whom.name,
    'team.name': teams.find(({ id }) => id === teamId)?.name ?? '',
    'conversation.subject': subject,
  })
  const editor = useRef<EditorHandle>(null)
  const box = boxes.find(({ id }) => id === boxId) ?? boxes.find(one => one.teamId === teamId) ?? boxes[0]
  useEffect(() => {
    document.title = t('inbox:title', { title: t(`compose:write.${is}`) })
  }, [is])

  const begin = async () => {
    if (busy) return
    const html = editor.current?.html() ?? body
    const step = nextStepOf(chosen, new Date())
    const someone = whom.personId || (phone ? whom.name.trim() || whom.phone.trim() : mailAddressOf(whom.address))
    const missing: Lacks = !someone
      ? 'customer'
      : !phone && known && !box
        ? 'mailbox'
        : !subject.trim()
          ? 'subject'
          : saysNothing(html)
            ? 'body'
            : uploads.busy || uploads.files.some(one => one.problem)
              ? 'files'
              : 'missing' in step
                ? step.missing
                : null
    if (missing || 'missing' in step) {
      setLacks(missing)
      if (missing === 'body') editor.current?.focus()
      return
    }
    setBusy(true)
    setProblem(null)
    try {
      const made = await ask(contract.begin, {
        is,
        teamId: teamId || (box?.teamId ?? ''),
        mailboxId: phone ? null : (box?.id ?? null),
        customer: {
          ...(whom.personId ? { personId: whom.personId } : {}),
          ...(whom.name.trim() && !whom.personId ? { name: whom.name.trim() } : {}),
          ...(whom.address && !whom.personId ? { address: whom.address } : {}),
          ...(whom.phone.trim() && phone ? { phone: whom.phone.trim() } : {}),
        },
        cc: phone ? [] : cc.map(({ address }) => address),
        subject: subject.trim(),
        body: html,
        nextStep: step.step,
        promised: asSent(chosen.promised),
        attachments: uploads.files.flatMap(({ id }) => (id ? [id] : [])),
        ...(checkIn && !phone ? { checkInId: checkIn } : {}),
      })
      draft.end()
      renew(cache, contract.list, contract.counts)
      notice({
        tone: phone ? 'kept' : 'sending',
        title: t(phone ? 'compose:write.noted' : 'compose:write.sent', { name: whom.name || whom.address }),
        detail: subject,
      })
      await navigate({
        to: '/conversations/$conversationId',
        params: { conversationId: made.conversationId },
        search: {},
      })
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      setProblem(error)
      setBusy(false)
    }
  }
  const choose = (part: Partial<Choices>) => {
    setChosen(before => ({ ...before, ...part }))
    setLacks(null)
  }
  const leave = () => void (history.length > 1 ? history.back() : navigate({ to: '/' }))
  useActions([
    { id: 'write.leave', label: t('compose:key.leave'), keys: 'Escape', group: 'here', run: leave, hidden: true },
  ])
  const go = (next: 'written' | 'phone') =>
    void navigate({ to: '/write', search: before => ({ ...before, is: next }), replace: true })
  const name = firstName(whom.name || whom.address) || t('compose:them')

  if (teams.length === 0)
    return (
      <main id="page" tabIndex={-1} className="page">
        <EmptyState title={t('compose:write.noTeam')}>{t('compose:write.noTeamLead')}</EmptyState>
      </main>
    )
  return (
    <main id="page" tabIndex={-1} className="write">
      <form
        className="writeform"
        onSubmit={event => {
          event.preventDefault()
          void begin()
        }}
        onKeyDown={event => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.defaultPrevented) {
            event.preventDefault()
            void begin()
          }
        }}
      >
        <h1 className="title">{t(`compose:write.${is}`)}</h1>
        <WriteModes is={is} onChange={go} />
        <WhoFor
          key={to && whom.personId ? whom.personId : 'typed'}
          whom={whom}
          phone={phone}
          wrong={lacks === 'customer'}
          onChange={next => {
            setWhom(next)
            setLacks(null)
          }}
        />
        <WishesFor personId={whom.personId} address={whom.address} />
        <WriteFrom
          {...{ teams, teamId }}
          boxes={phone ? [] : boxes}
          boxId={box?.id ?? ''}
          onTeam={setTeamId}
          onBox={setBoxId}
        />
        <Field
          label={t('compose:write.subject')}
          dir="auto"
          maxLength={500}
          value={subject}
          error={lacks === 'subject' ? t('compose:missing.subject') : undefined}
          onChange={event => {
            setSubject(event.target.value)
            setLacks(null)
          }}
        />
        <section className="composer" data-kind="reply" aria-label={t(`compose:write.${is}Body`)}>
          {!phone && (
            <Recipients
              to={[]}
              cc={cc}
              from={box?.address ?? null}
              onlyCc
              onChange={people => people.cc && setCc(people.cc)}
            />
          )}
          <div className="writing">
            <Suspense fallback={<div className="body read waits" aria-busy="true" />}>
              <Editor
                initial={body}
                label={t(`compose:write.${is}Body`)}
                placeholder={phone ? t('compose:write.phonePlaceholder') : t('compose:placeholder', { name })}
                handle={editor}
                onChange={html => {
                  setBody(html)
                  setLacks(null)
                }}
                onSend={() => void begin()}
                onLeave={() => {}}
                around={{
                  values,
                  language: null,
                  conversationId: null,
                  inside: false,
                  onStep: is => choose({ is }),
                }}
                onFiles={uploads.add}
                onPicture={uploads.picture}
                tools={<AttachButton onFiles={uploads.add} />}
              />
            </Suspense>
            <Suspense>
              <StepOffers html={body} language={null} neededBy={null} chosen={chosen} onChoose={choose} />
            </Suspense>
            <FileList {...uploads} />
            {!phone && (
              <SignatureFold teamId={teamId} values={values()} name={me.name} installation={me.installation.name} />
            )}
            {veil}
            <div className="next">
              <NextStepChooser
                chosen={chosen}
                onChange={choose}
                customer={firstName(whom.name)}
                neededBy={null}
                missing={lacks === 'customer' || lacks === 'subject' || lacks === 'mailbox' ? null : stepLacks(lacks)}
              />
              <div className="sendrow">
                {lacks && (
                  <p className="small wrong" role="alert">
                    {t(`compose:missing.${lacks}`)}
                  </p>
                )}
                {problem && (
                  <p className="small wrong" role="alert">
                    {problem.code === 'silent' ? t('desk:state.silentHappened') : problem.detail || problem.title}
                  </p>
                )}
                <Button kind="primary" submit busy={busy}>
                  {phone ? t('compose:write.keep') : t(`compose:send.${chosen.is}`)}
                </Button>
                <Keys keys="$mod+Enter" />
              </div>
            </div>
          </div>
        </section>
      </form>
      <Suspense>{to && !to.includes('@') && <WritingTo checkInId={checkIn} personId={to} onWhom={setWhom} />}</Suspense>
    </main>
  )
}
