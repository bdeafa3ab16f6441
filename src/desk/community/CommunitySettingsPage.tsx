/** The settings of the community: open or not, what waits for a look, and its categories with who reads and begins there. */
import './community.css'
import { IconLock, IconMessages } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { CommunityCategory } from '../../contract/community.ts'
import * as tending from '../../contract/community-tending.ts'
import { Area, Button, Choice, EmptyState, ForbiddenState, Tick, usePlace } from '../../ui/index.ts'
import { t } from '../../words/community.ts'
import { ask, renew } from '../api.ts'
import { cache } from '../cache.ts'
import { Refused } from '../session/Refused.tsx'
import { Row, Section, Waits } from '../settings/Section.tsx'
import { Subject } from '../settings/SettingsPage.tsx'
import { notice } from '../shell/notices.ts'
import { CategoryDialog } from './CategoryDialog.tsx'
import { categoryName, homeQuery, renewCommunity, settingsQuery } from './queries.ts'

export function CommunitySettingsPage() {
  const home = useQuery(homeQuery)
  const isMine = home.data?.may.settle === true
  const asked = useQuery({ ...settingsQuery, enabled: isMine })
  return (
    <Subject
      subject={t('subjects:community.name')}
      title={t('community:settings.title')}
      lead={t('community:settings.lead')}
    >
      <Waits asked={home} />
      {home.data && !isMine && <ForbiddenState />}
      {home.data && isMine && <Categories categories={home.data.categories} />}
      {isMine && <Waits asked={asked} />}
      {asked.data && <Settings key={JSON.stringify(asked.data)} settings={asked.data} />}
    </Subject>
  )
}

function Categories({ categories }: { categories: readonly CommunityCategory[] }) {
  const place = usePlace()
  const [open, setOpen] = useState<CommunityCategory | 'new' | null>(null)
  return (
    <Section title={t('community:settings.categories')} note={t('community:settings.categoriesLead')}>
      {categories.length === 0 && (
        <EmptyState title={t('community:settings.noCategories')}>{t('community:settings.noCategoriesLead')}</EmptyState>
      )}
      <ul className="ledge">
        {categories.map(each => {
          const name = categoryName(each, place.language)
          const Icon = each.audience === 'public' ? IconMessages : IconLock
          return (
            <Row
              key={each.id}
              off={each.archived}
              icon={<Icon size={18} stroke={1.6} aria-hidden="true" />}
              acts={
                <Button
                  kind="quiet"
                  aria-label={t('community:settings.changeOne', { name })}
                  onClick={() => setOpen(each)}
                >
                  {t('community:settings.change')}
                </Button>
              }
            >
              <p className="strong" dir="auto">
                {name}
              </p>
              <p className="small muted">
                {[
                  t(`community:audience.${each.audience}`),
                  ...(each.audience === 'organisation' ? [each.organisations.map(one => one.name).join(', ')] : []),
                  ...(each.begins === 'us' ? [t('community:settings.onlyUs')] : []),
                  t('community:topics', { count: each.topics }),
                  ...(each.archived ? [t('community:settings.archived')] : []),
                ].join(' · ')}
              </p>
            </Row>
          )
        })}
      </ul>
      <p className="acts spaced">
        <Button kind={categories.length === 0 ? 'primary' : 'plain'} onClick={() => setOpen('new')}>
          {t('community:settings.add')}
        </Button>
      </p>
      {open && (
        <CategoryDialog
          category={open === 'new' ? null : open}
          position={categories.length}
          onClose={() => setOpen(null)}
        />
      )}
    </Section>
  )
}

const approvals = ['when-odd', 'all-new', 'never'] as const

function Settings({ settings }: { settings: tending.CommunitySettings }) {
  const [it, setIt] = useState(settings)
  const set = (part: Partial<typeof it>) => setIt(before => ({ ...before, ...part }))
  const saving = useMutation({
    mutationFn: (wanted: tending.CommunitySettings) => ask(tending.setCommunitySettings, wanted),
    onSuccess: () => {
      renew(cache, tending.communitySettings)
      renewCommunity()
      notice({ title: t('community:saved'), onUndo: () => saving.mutate(settings) })
    },
  })
  return (
    <form
      onSubmit={event => {
        event.preventDefault()
        saving.mutate(it)
      }}
    >
      <Section title={t('community:settings.care')} note={t('community:settings.careLead')}>
        <div className="form">
          <Tick
            toggle
            label={t('community:settings.on')}
            help={t('community:settings.onHelp')}
            checked={!it.off}
            onChange={event => set({ off: !event.currentTarget.checked })}
          />
          <Choice
            label={t('community:settings.approve')}
            help={t(`community:settings.approveHelp.${it.approve}`)}
            value={it.approve}
            onChange={event =>
              set({ approve: approvals.find(each => each === event.currentTarget.value) ?? 'when-odd' })
            }
          >
            {approvals.map(each => (
              <option key={each} value={each}>
                {t(`community:settings.approves.${each}`)}
              </option>
            ))}
          </Choice>
          <Choice
            label={t('community:settings.flags')}
            help={t('community:settings.flagsHelp')}
            value={it.flagsToHide}
            onChange={event => set({ flagsToHide: Number(event.currentTarget.value) })}
          >
            {[...new Set([2, 3, 4, 5, 8, 12, 20, it.flagsToHide])]
              .sort((a, b) => a - b)
              .map(count => (
                <option key={count} value={count}>
                  {t('community:settings.flagCount', { count })}
                </option>
              ))}
          </Choice>
          <Area
            label={t('community:settings.guidelines')}
            help={t('community:settings.guidelinesHelp')}
            dir="auto"
            rows={4}
            maxLength={2000}
            value={it.guidelines}
            onChange={event => set({ guidelines: event.currentTarget.value })}
          />
        </div>
      </Section>
      <Refused error={saving.error} title={t('community:notSaved')} />
      <p className="acts spaced">
        <Button kind="primary" submit busy={saving.isPending}>
          {t('desk:button.save')}
        </Button>
      </p>
    </form>
  )
}
