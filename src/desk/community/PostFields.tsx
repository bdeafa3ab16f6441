/** What a post is written in, when it is begun and when it is changed: its title where it begins a topic, its words, and the steps of a practice. */
import { communityLimits } from '../../contract/community.ts'
import { Area, Field } from '../../ui/index.ts'
import { t } from '../../words/community.ts'

type Typed = { title: string; body: string; steps: string }
type Props = { it: Typed; set: (part: Partial<Typed>) => void; first: boolean; practice: boolean }

export function PostFields({ it, set, first, practice }: Props) {
  return (
    <>
      {first && (
        <Field
          label={t('community:titleField')}
          required
          dir="auto"
          maxLength={communityLimits.title}
          value={it.title}
          onChange={event => set({ title: event.currentTarget.value })}
        />
      )}
      <Area
        label={t(practice ? 'community:contextField' : 'community:bodyField')}
        help={t('community:bodyHelp')}
        required
        dir="auto"
        rows={7}
        maxLength={communityLimits.body}
        value={it.body}
        onChange={event => set({ body: event.currentTarget.value })}
      />
      {practice && (
        <Area
          label={t('community:stepsField')}
          help={t('community:stepsHelp')}
          dir="auto"
          rows={5}
          value={it.steps}
          onChange={event => set({ steps: event.currentTarget.value })}
        />
      )}
    </>
  )
}

export const linesOf = (text: string) =>
  text
    .split('\n')
    .map(line => line.trim())
    .filter(Boolean)
