/** One category of the community: its names in each language, who reads it, who begins topics there. An empty one can be removed; one with topics is archived and stays to be read. */
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { CommunityCategory } from '../../contract/community.ts'
import * as tending from '../../contract/community-tending.ts'
import { audiences } from '../../contract/knowledge.ts'
import { Button, Choice, Field, Tick, usePlace } from '../../ui/index.ts'
import { t } from '../../words/community.ts'
import { ask } from '../api.ts'
import { languageName } from '../knowledge/languages.ts'
import { Dialog } from '../pieces/Dialog.tsx'
import { OrganisationsField } from '../relationship/OrganisationsField.tsx'
import { useMe } from '../session/me.ts'
import { notice } from '../shell/notices.ts'
import { categoryName, renewCommunity } from './queries.ts'

const ours = ['en', 'de', 'es', 'fr', 'ar']
type Props = { category: CommunityCategory | null; position: number; onClose: () => void }

export function CategoryDialog({ category, position, onClose }: Props) {
  const me = useMe()
  const place = usePlace()
  const first = me.installation.language
  const [names, setNames] = useState<Record<string, { name: string; about: string }>>(() =>
    Object.fromEntries((category?.names ?? []).map(each => [each.language, { name: each.name, about: each.about }])),
  )
  const [it, setIt] = useState({
    audience: category?.audience ?? ('public' as const),
    organisations: category?.organisations ?? [],
    begins: category?.begins ?? ('everybody' as const),
    archived: category?.archived ?? false,
    position: category?.position ?? position,
  } satisfies Partial<CommunityCategory> as Pick<
    CommunityCategory,
    'audience' | 'organisations' | 'begins' | 'archived' | 'position'
  >)
  const set = (part: Partial<typeof it>) => setIt(before => ({ ...before, ...part }))
  const languages = [...new Set([first, place.language.split('-')[0] ?? first, ...ours, ...Object.keys(names)])]
  const [shown, setShown] = useState(() => languages.filter((each, at) => at === 0 || names[each]))
  const filled = languages.flatMap(language => {
    const one = names[language]
    return one?.name.trim() ? [{ language, name: one.name.trim(), about: one.about.trim() }] : []
  })
  const keeping = useMutation({
    mutationFn: () => {
      const { organisations, ...rest } = it
      const input = { names: filled, ...rest, organisationIds: organisations.map(({ id }) => id) }
      return category
        ? ask(tending.changeCommunityCategory, { categoryId: category.id, ...input })
        : ask(tending.makeCommunityCategory, input)
    },
    onSuccess: () => {
      renewCommunity()
      notice({ title: t('community:saved') })
      onClose()
    },
  })
  const removing = useMutation({
    mutationFn: (categoryId: string) => ask(tending.removeCommunityCategory, { categoryId }),
    onSuccess: () => {
      renewCommunity()
      onClose()
    },
  })
  const hidden = languages.filter(each => !shown.includes(each))
  return (
    <Dialog
      title={category ? categoryName(category, place.language) : t('community:settings.add')}
      act={t('desk:button.save')}
      busy={keeping.isPending || removing.isPending}
      failed={keeping.error ?? removing.error}
      onAct={() => filled.length > 0 && keeping.mutate()}
      onClose={onClose}
    >
      {shown.map((language, at) => (
        <div key={language} className="comname">
          <Field
            label={t('community:settings.name', { language: languageName(language, place.language) })}
            required={at === 0}
            maxLength={100}
            dir="auto"
            value={names[language]?.name ?? ''}
            onChange={event => {
              const name = event.currentTarget.value
              setNames(before => ({ ...before, [language]: { about: '', ...before[language], name } }))
            }}
          />
          <Field
            label={t('community:settings.about', { language: languageName(language, place.language) })}
            maxLength={300}
            dir="auto"
            value={names[language]?.about ?? ''}
            onChange={event => {
              const about = event.currentTarget.value
              setNames(before => ({ ...before, [language]: { name: '', ...before[language], about } }))
            }}
          />
        </div>
      ))}
      {hidden.length > 0 && (
        <p className="acts">
          <span className="small muted">{t('community:settings.otherLanguages')}</span>
          {hidden.map(language => (
            <Button key={language} kind="quiet" onClick={() => setShown(before => [...before, language])}>
              {languageName(language, place.language)}
            </Button>
          ))}
        </p>
      )}
      <Choice
        label={t('community:settings.reads')}
        help={t(`community:settings.readsHelp.${it.audience}`)}
        value={it.audience}
        onChange={event => set({ audience: audiences.find(each => each === event.currentTarget.value) ?? it.audience })}
      >
        {audiences.map(each => (
          <option key={each} value={each}>
            {t(`community:audience.${each}`)}
          </option>
        ))}
      </Choice>
      {it.audience === 'organisation' && (
        <OrganisationsField
          chosen={it.organisations}
          words={{ add: t('community:settings.addOrganisation'), remove: t('community:settings.leaveOut') }}
          onChange={organisations => set({ organisations })}
        />
      )}
      <Choice
        label={t('community:settings.begins')}
        value={it.begins}
        onChange={event => set({ begins: event.currentTarget.value === 'us' ? 'us' : 'everybody' })}
      >
        <option value="everybody">{t('community:settings.beginsEverybody')}</option>
        <option value="us">{t('community:settings.beginsUs')}</option>
      </Choice>
      <Field
        label={t('community:settings.position')}
        type="number"
        min={0}
        max={10_000}
        value={it.position}
        onChange={event => set({ position: Math.max(0, Math.min(10_000, Number(event.currentTarget.value) || 0)) })}
      />
      {category && category.topics > 0 && (
        <Tick
          label={t('community:settings.archive')}
          help={t('community:settings.archiveHelp')}
          checked={it.archived}
          onChange={event => set({ archived: event.currentTarget.checked })}
        />
      )}
      {category && category.topics === 0 && (
        <p>
          <Button kind="danger" onClick={() => removing.mutate(category.id)}>
            {t('community:settings.remove')}
          </Button>
        </p>
      )}
    </Dialog>
  )
}
