/** A reply being written: to whom, the words, what happens next. Stops itself when something newer was said, and is never lost. */
import { IconDeviceFloppy } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import type * as contract from '../../contract/conversations.ts'
import { Button, firstName, usePlace } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { Problem } from '../api.ts'
import { conversationNow } from '../conversation/conversationQuery.ts'
import { asSent } from '../promises/offers/promised.ts'
import { settingOf, useMe } from '../session/me.ts'
import { sendLater } from '../structure/sendLater.ts'
import type { Who } from './addresses.ts'
import { Beside } from './Beside.tsx'
import type { ComposerProps } from './composerProps.ts'
import { TwoTexts } from './DraftStanding.tsx'
import { giveBack, isStale, onceShown, unlessRead } from './deliver.ts'
import { saysNothing } from './draftChoice.ts'
import type { EditorHandle } from './Editor.tsx'
import { Failed } from './Failed.tsx'
import { Folded } from './Folded.tsx'
import { NextStepChooser } from './NextStepChooser.tsx'
import { type Choices, firstChoices, nextStepOf, restoredChoices } from './nextStep.ts'
import { OthersDrafts } from './OthersDrafts.tsx'
import { AllOrOne, RecipientHints } from './RecipientHints.tsx'
import { Recipients } from './Recipients.tsx'
import { ReplyWords } from './ReplyWords.tsx'
import { type Lacks, lacksOf, stepLacks } from './replyLacks.ts'
import { SendRow } from './SendRow.tsx'
import { StaleStop } from './StaleStop.tsx'
import { closeWithout, sendReply, type Written } from './send.tsx'
import { keptFiles, restoredFiles, useUploads } from './uploads.ts'
import { useDraft } from './useDraft.ts'
import { useStale } from './useStale.ts'
import { useStepKeys } from './useStepKeys.ts'
import { WritesIn } from './WritesIn.tsx'
import { whoKept, whoOf } from './whoKept.ts'

type Props = ComposerProps & { folded: boolean; onUnfold: () => void }

export function ReplyForm(props: Props) {
  const { view, me, turn, folded, onSent, onLeave, onFresh, onDoing } = props
  const server = view.drafts.find(({ kind }) => kind === 'reply')
  const draft = useDraft({
    conversationId: view.id,
    me: me.id,
    kind: 'reply',
    version: view.version,
    server: server ? { ...server, savedAt: Date.parse(server.savedAt) } : null,
  })
  const kept = draft.opened?.choices ?? {}
  const [body, setBody] = useState(draft.opened?.body ?? '')
  const [to, setTo] = useState(() => whoKept(kept.to, whoOf(view.reply.to)))
  const [cc, setCc] = useState(() => whoKept(kept.cc, whoOf(view.reply.cc)))
  const [chosen, setChosen] = useState<Choices>(() =>
    draft.opened
      ? restoredChoices((kept.step ?? {}) as Record<string, unknown>, view.reply, new Date())
      : firstChoices(view.reply),
  )
  const uploads = useUploads(restoredFiles(kept.files))
  const [lacks, setLacks] = useState<Lacks>(null)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [beside, setBeside] = useState<contract.MessageView[]>([])
  const place = usePlace()
  const editor = useRef<EditorHandle>(null)
  const sending = useRef(false)
  const choices = { to, cc, step: chosen, files: keptFiles(uploads.files) }

  // Recipients and next step belong to the draft as much as its words.
  const outline = JSON.stringify(choices)
  const firstOutline = useRef(outline)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the outline stands for the choices
  useEffect(() => {
    if (outline !== firstOutline.current && !saysNothing(body)) draft.save({ choices })
  }, [outline])
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another text, from another tab or from undo, takes the place of this one
  useEffect(() => {
    const { replacement } = draft
    if (!replacement) return
    const { body: text, choices: other } = replacement.draft
    setBody(text)
    editor.current?.set(text)
    setTo(before => whoKept(other.to, before))
    setCc(before => whoKept(other.cc, before))
    setChosen(restoredChoices((other.step ?? {}) as Record<string, unknown>, view.reply, new Date()))
    uploads.setFiles(restoredFiles(other.files))
  }, [draft.replacement])

  const stale = useStale(view, me.id, draft.opened, body)
  useEffect(() => onFresh(new Set(stale.came.map(({ id }) => id))), [stale.came, onFresh])
  useEffect(() => () => onFresh(new Set()), [onFresh])
  const writing = !saysNothing(body)
  useEffect(() => {
    onDoing(writing)
    return () => onDoing(false)
  }, [writing, onDoing])
  useEffect(() => {
    if (turn > 0 && !folded) editor.current?.focus()
  }, [turn, folded])
  useStepKeys(is => setChosen(before => ({ ...before, is })))

  const change = (part: Partial<Choices>) => {
    setChosen(before => ({ ...before, ...part }))
    setLacks(null)
  }
  const reach = (people: { to?: Who[]; cc?: Who[] }) => {
    if (people.to) setTo(people.to)
    if (people.cc) setCc(people.cc)
    setLacks(null)
  }
  const goesOn = settingOf<string>(useMe(), 'afterSending', 'next') !== 'stay'
  const closesQuietly = chosen.is === 'nothing-owed' && !writing
  const send = async (seenVersion: number, sendAt?: string) => {
    if (sending.current) return
    const html = editor.current?.html() ?? body
    const quiet = chosen.is === 'nothing-owed' && saysNothing(html)
    const step = nextStepOf(chosen, sendAt ? new Date(sendAt) : new Date())
    const missing = lacksOf({
      html,
      people: [...to, ...cc],
      step,
      files: {
        busy: uploads.busy,
        failed: uploads.files.some(one => one.problem),
        tooMuch: uploads.tooMuch !== null,
      },
      quiet,
      mayBeNobody: view.channel === 'chat',
    })
    if (missing || 'missing' in step) {
      setLacks(missing)
      if (missing === 'body') editor.current?.focus()
      else requestAnimationFrame(() => document.querySelector<HTMLElement>('.composer [data-missing]')?.focus())
      return
    }
    sending.current = true
    setBusy(true)
    setProblem(null)
    draft.hold()
    const written: Written = {
      html,
      text: editor.current?.text() ?? '',
      to,
      cc,
      nextStep: step.step,
      options: step.options,
      used: chosen.used,
      promised: asSent(chosen.promised),
      files: uploads.files.flatMap(({ id }) => (id ? [id] : [])),
      seenVersion,
      choices,
    }
    const because = quiet && step.step.is === 'nothing-owed' ? step.step.because : null
    const leaves = goesOn && !because && !sendAt
    const go = async (version: number) => {
      if (because) await closeWithout(view, version, because)
      else if (sendAt) await sendLater(view, me.id, { ...written, seenVersion: version }, sendAt, place)
      else await sendReply(view, me, { ...written, seenVersion: version })
    }
    const sent = onceShown(leaves).then(() => unlessRead(view, seenVersion, stale.sinceRead, go))
    // Nobody waits for the server to say what it nearly always says.
    if (leaves) {
      onSent('reply')
      sent.then(draft.end, error => giveBack(view, me, written, error))
      return
    }
    try {
      await sent
      draft.end()
      onSent('reply')
    } catch (error) {
      draft.goOn()
      if (isStale(error)) stale.stop()
      else setProblem(error instanceof Problem ? error : new Problem({ code: 'broken', status: 500 }))
    }
    sending.current = false
    setBusy(false)
  }
  const sendNow = () => void send(stale.seenVersion)
  const goOn = () => {
    stale.read()
    draft.save({ seenVersion: view.version })
    requestAnimationFrame(() => editor.current?.focus())
  }

  if (folded)
    return (
      <Folded
        people={[...to, ...cc]}
        body={body}
        chosen={chosen}
        stopped={stale.stopped}
        onOpen={props.onUnfold}
        onSend={sendNow}
        busy={busy}
      />
    )
  const cannotSend = view.mailbox !== null && !view.mailbox.canSend
  return (
    <form
      className="writing"
      data-stopped={stale.stopped || undefined}
      onSubmit={event => {
        event.preventDefault()
        if (!stale.stopped) sendNow()
      }}
      onKeyDown={event => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !stale.stopped && !event.defaultPrevented) {
          event.preventDefault()
          sendNow()
        }
      }}
    >
      {stale.stopped && (
        <StaleStop
          came={stale.came}
          customerId={view.customer.id}
          busy={busy}
          onRead={goOn}
          onBeside={() => {
            setBeside(stale.came)
            goOn()
          }}
          onAsItIs={() => void send(conversationNow(view.id)?.version ?? view.version)}
        />
      )}
      {beside.length > 0 && !stale.stopped && <Beside came={beside} onClose={() => setBeside([])} />}
      {draft.other && <TwoTexts other={draft.other} onChoose={draft.choose} />}
      <OthersDrafts conversationId={view.id} kind="reply" />
      <Recipients
        to={to}
        cc={cc}
        from={view.mailbox?.address ?? null}
        onChange={reach}
        aside={
          <>
            <AllOrOne view={view} to={to} cc={cc} onChange={reach} />
            <WritesIn language={view.customer.language} name={view.customer.name} />
          </>
        }
      />
      <RecipientHints view={view} to={to} cc={cc} onChange={reach} />
      <ReplyWords
        view={view}
        chosen={chosen}
        body={body}
        frozen={stale.stopped}
        turn={turn}
        editor={editor}
        uploads={uploads}
        saved={draft.saved}
        people={[...to, ...cc]}
        onWords={html => {
          setBody(html)
          setLacks(null)
          draft.save({ body: html, choices, seenVersion: stale.seenVersion })
        }}
        onSend={sendNow}
        onLeave={onLeave}
        onChoose={change}
        onCopy={who => reach({ cc: [...cc, who] })}
      />
      {cannotSend && (
        <p className="small wrong" role="alert">
          {t('compose:cannotSend')}
        </p>
      )}
      {problem && <Failed problem={problem} />}
      {stale.stopped ? (
        <div className="commit stoppedrow">
          <p className="small muted savedline">
            <IconDeviceFloppy size={16} stroke={1.6} aria-hidden="true" />
            {t('compose:stale.kept')}
          </p>
          <Button disabled>{t(`compose:send.${chosen.is}`)}</Button>
        </div>
      ) : (
        <div className="next">
          <NextStepChooser
            chosen={chosen}
            onChange={change}
            customer={firstName(view.customer.name)}
            neededBy={view.neededBy}
            missing={stepLacks(lacks)}
            offersUntil={view.reply.askAgainAt}
          />
          <SendRow
            view={view}
            lacks={lacks}
            busy={busy}
            disabled={cannotSend}
            words={closesQuietly ? t('compose:send.close') : t(`compose:send.${chosen.is}`)}
            onLater={closesQuietly ? null : at => void send(stale.seenVersion, at)}
          />
        </div>
      )}
    </form>
  )
}
