/** Alt with a figure chooses the next step while one writes. */
import { t } from '../../words/desk.ts'
import { useActions } from '../shell/actions.ts'
import { type Choices, steps } from './nextStep.ts'

export function useStepKeys(choose: (step: Choices['is']) => void) {
  useActions(
    steps.map((step, at) => ({
      id: `compose.step${at + 1}`,
      label: t('compose:key.step', { step: t(`compose:step.${step}`) }),
      keys: `Alt+Digit${at + 1}`,
      group: 'writing' as const,
      inFields: true,
      hidden: true,
      run: () => choose(step),
    })),
  )
}
