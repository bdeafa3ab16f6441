/** What a rule asks: who wrote, through which mailbox, with which words. Everything that is filled in must hold. */
import { Area, Choice, usePlace } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { type Choices, languageName, languages, type RuleDraft } from './ruleWords.ts'

export type PartProps = { draft: RuleDraft; set: (part: Partial<RuleDraft>) => void; choices: Choices }

export function When({ draft, set, choices }: PartProps) {
  const { language } = usePlace()
  const mailboxes = choices.mailboxes.filter(({ teamId }) => !draft.teamId || teamId === draft.teamId)
  const rows = (text: string) => Math.min(6, Math.max(1, text.split('\n').length))
  return (
    <fieldset>
      <legend className="section">{t('sorting:edit.when')}</legend>
      <p className="small muted">{t('sorting:edit.whenHelp')}</p>
      <div className="pair">
        <Area
          label={t('sorting:edit.from')}
          help={t('sorting:edit.fromHelp')}
          rows={rows(draft.from)}
          value={draft.from}
          onChange={event => set({ from: event.currentTarget.value })}
        />
        <Area
          label={t('sorting:edit.words')}
          help={t('sorting:edit.wordsHelp')}
          rows={rows(draft.words)}
          value={draft.words}
          aside={
            <select
              className="inline small"
              aria-label={t('sorting:edit.wordsIn')}
              value={draft.wordsIn}
              onChange={event => set({ wordsIn: event.currentTarget.value as RuleDraft['wordsIn'] })}
            >
              {(['both', 'subject', 'body'] as const).map(where => (
                <option key={where} value={where}>
                  {t(`sorting:edit.in.${where}`)}
                </option>
              ))}
            </select>
          }
          onChange={event => set({ words: event.currentTarget.value })}
        />
        <Choice
          label={t('sorting:edit.through')}
          value={draft.mailboxId}
          onChange={event => set({ mailboxId: event.currentTarget.value })}
        >
          <option value="">{t('sorting:edit.anyMailbox')}</option>
          {mailboxes.map(({ id, address }) => (
            <option key={id} value={id}>
              {address}
            </option>
          ))}
        </Choice>
        <Area
          label={t('sorting:edit.to')}
          help={t('sorting:edit.toHelp')}
          rows={rows(draft.to)}
          value={draft.to}
          onChange={event => set({ to: event.currentTarget.value })}
        />
        <Choice
          label={t('sorting:edit.language')}
          value={draft.language}
          onChange={event => set({ language: event.currentTarget.value })}
        >
          <option value="">{t('sorting:edit.anyLanguage')}</option>
          {[...new Set([...languages, ...(draft.language ? [draft.language] : [])])].map(code => (
            <option key={code} value={code}>
              {languageName(code, language)}
            </option>
          ))}
        </Choice>
        <Choice
          label={t('sorting:edit.attachment')}
          value={draft.attachment}
          onChange={event => set({ attachment: event.currentTarget.value as RuleDraft['attachment'] })}
        >
          <option value="">{t('sorting:edit.anyAttachment')}</option>
          <option value="with">{t('sorting:edit.withAttachment')}</option>
          <option value="without">{t('sorting:edit.withoutAttachment')}</option>
        </Choice>
      </div>
    </fieldset>
  )
}
