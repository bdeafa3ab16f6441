/** What sounds like a promise in what goes out: taken as the next step where that is still open, else beside it. Makes nothing without a yes. */
import { Offers } from '../promises/offers/Offers.tsx'
import type { Choices } from './nextStep.ts'

type Props = {
  html: string
  language: string | null
  neededBy: string | null
  chosen: Choices
  off?: boolean
  onChoose: (part: Partial<Choices>) => void
}

export default function StepOffers({ html, language, neededBy, chosen, off = false, onChoose }: Props) {
  return (
    <Offers
      {...{ html, language, neededBy, off }}
      promised={chosen.promised}
      taken={chosen.is === 'we-get-back' ? chosen.words : ''}
      onChange={promised => onChoose({ promised })}
      onTake={({ words, dueAt }) => {
        // It is the next step itself, unless that says something else already.
        const fits = chosen.is === 'nothing-owed' || (chosen.is === 'we-get-back' && !chosen.words.trim())
        if (fits) onChoose({ is: 'we-get-back', words, dueAt })
        return fits
      }}
    />
  )
}
