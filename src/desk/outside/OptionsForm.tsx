/** Options beside the next step: what the customer may pick from, and what follows from each. "None of these" is always there for them. */
import './options.css'
import { IconPlus, IconX } from '@tabler/icons-react'
import { Button } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { WhenField } from '../compose/WhenField.tsx'
import {
  emptyOption,
  fewest,
  firstOffer,
  most,
  type OfferDraft,
  type OfferMissing,
  type OptionDraft,
} from './offerDraft.ts'

type Props = {
  offer: OfferDraft | null
  /** when a new offer ends */
  until: string
  missing: OfferMissing | null
  onChange: (offer: OfferDraft | null) => void
}

export default function OptionsForm({ offer, until, missing, onChange }: Props) {
  if (!offer)
    return (
      <p className="offeropen">
        <button type="button" className="link small" onClick={() => onChange(firstOffer(until))}>
          {t('options:compose.open')}
        </button>
      </p>
    )
  const change = (at: number, part: Partial<OptionDraft>) =>
    onChange({ ...offer, options: offer.options.map((one, ix) => (ix === at ? { ...one, ...part } : one)) })
  return (
    <fieldset className="offerform" data-missing={missing ?? undefined}>
      <legend className="sr">{t('options:compose.title')}</legend>
      <div className="offerhead">
        <span className="strong">{t('options:compose.title')}</span>
        <span className="small muted">{t('options:compose.until')}</span>
        <WhenField
          label={t('options:compose.untilLabel')}
          value={offer.until}
          onChange={until => onChange({ ...offer, until })}
        />
        <button
          type="button"
          className="iconbutton"
          aria-label={t('options:compose.drop')}
          title={t('options:compose.drop')}
          onClick={() => onChange(null)}
        >
          <IconX size={16} stroke={1.6} aria-hidden="true" />
        </button>
      </div>
      <ol>
        {offer.options.map((one, at) => (
          <OptionRow
            key={one.key}
            one={one}
            at={at}
            missing={missing}
            onChange={part => change(at, part)}
            onDrop={
              offer.options.length > fewest
                ? () => onChange({ ...offer, options: offer.options.filter((_, ix) => ix !== at) })
                : null
            }
          />
        ))}
        <li className="small muted">{t('options:compose.none')}</li>
      </ol>
      {offer.options.length < most && (
        <Button
          kind="quiet"
          icon={<IconPlus size={16} stroke={1.6} aria-hidden="true" />}
          onClick={() => onChange({ ...offer, options: [...offer.options, emptyOption(offer.until)] })}
        >
          {t('options:compose.add')}
        </Button>
      )}
    </fieldset>
  )
}

type RowProps = {
  one: OptionDraft
  at: number
  missing: OfferMissing | null
  onChange: (part: Partial<OptionDraft>) => void
  onDrop: (() => void) | null
}

function OptionRow({ one, at, missing, onChange, onDrop }: RowProps) {
  const number = at + 1
  const lacks = (value: string) => (missing === 'options' && !value.trim() ? true : undefined)
  return (
    <li>
      <div className="optionline">
        <input
          className="wd words"
          dir="auto"
          maxLength={200}
          aria-label={t('options:compose.words', { number })}
          placeholder={t('options:compose.wordsPlaceholder')}
          data-missing={lacks(one.words)}
          aria-invalid={lacks(one.words)}
          value={one.words}
          onChange={event => onChange({ words: event.target.value })}
        />
        <input
          className="wd cost"
          dir="auto"
          maxLength={60}
          aria-label={t('options:compose.cost', { number })}
          placeholder={t('options:compose.costPlaceholder')}
          value={one.cost}
          onChange={event => onChange({ cost: event.target.value })}
        />
        {onDrop && (
          <button
            type="button"
            className="iconbutton"
            aria-label={t('options:compose.remove', { number })}
            title={t('options:compose.remove', { number })}
            onClick={onDrop}
          >
            <IconX size={15} stroke={1.6} aria-hidden="true" />
          </button>
        )}
      </div>
      <input
        className="wd"
        dir="auto"
        maxLength={500}
        aria-label={t('options:compose.consequence', { number })}
        placeholder={t('options:compose.consequencePlaceholder')}
        data-missing={lacks(one.consequence)}
        aria-invalid={lacks(one.consequence)}
        value={one.consequence}
        onChange={event => onChange({ consequence: event.target.value })}
      />
      <p className="optionpromise">
        <span className="small muted">{t('options:compose.promise')}</span>{' '}
        <input
          className="wd"
          dir="auto"
          maxLength={2000}
          aria-label={t('options:compose.promiseLabel', { number })}
          placeholder={t('options:compose.promisePlaceholder')}
          value={one.promise}
          onChange={event => onChange({ promise: event.target.value })}
        />
        {one.promise.trim() !== '' && (
          <>
            <span className="muted">{t('compose:by')}</span>{' '}
            <WhenField
              label={t('options:compose.promiseDue', { number })}
              value={one.dueAt}
              onChange={dueAt => onChange({ dueAt })}
            />
          </>
        )}
      </p>
    </li>
  )
}
