/** Does the domain let us send? What its records say, as lines of a check. */
import { t } from '../words.ts'
import { type Gaps, type Step, skipped } from './check-steps.ts'
import { type Ask, type DomainRecords, domainRecords } from './domain-records.ts'
import { presetFor } from './presets.ts'
import type { ServerSettings } from './tables.ts'

export async function checkRecords(asked: {
  address: string
  smtp: ServerSettings | null
  dns?: Ask
}): Promise<Step[]> {
  const domain = asked.address.slice(asked.address.lastIndexOf('@') + 1)
  if (!asked.smtp) return skipped(['spf', 'dkim', 'dmarc'], 'check.noSending')
  // The domain of a large provider is not ours to set up.
  const preset = presetFor(asked.address)
  if (preset.provider !== null && preset.smtp.host === asked.smtp.host)
    return skipped(['spf', 'dkim', 'dmarc'], 'check.ours')
  const since = Date.now()
  const records = await domainRecords(domain, asked.smtp.host, asked.dns)
  const took = Date.now() - since
  const gaps = { domain, host: asked.smtp.host, address: asked.address, record: records.wanted }
  return [spfStep(records.spf, gaps), dkimStep(records.dkim, gaps), dmarcStep(records.dmarc, gaps)].map(step => ({
    ...step,
    took,
  }))
}

function spfStep(spf: DomainRecords['spf'], gaps: Gaps): Step {
  if (spf.is === 'unasked') return unasked('spf', gaps)
  if (spf.is === 'good') return record('spf', 'good', 'spfGood', null, gaps)
  if (spf.is === 'unknown') return record('spf', 'good', 'spfUnknown', null, gaps)
  if (spf.is === 'two') return record('spf', 'warning', 'spfTwo', 'spfTwoRemedy', gaps)
  if (spf.is === 'missing') return record('spf', 'warning', 'spfMissing', 'spfMissingRemedy', gaps)
  const include = spf.is === 'other' ? spf.include : ''
  return record('spf', 'warning', 'spfOther', 'spfOtherRemedy', { ...gaps, include })
}
function dkimStep(dkim: DomainRecords['dkim'], gaps: Gaps): Step {
  if (dkim.is === 'unasked') return unasked('dkim', gaps)
  if (dkim.is === 'good') return record('dkim', 'good', 'dkimGood', null, { ...gaps, selector: dkim.selector })
  return record('dkim', 'warning', 'dkimUnknown', 'dkimRemedy', gaps)
}
function dmarcStep(dmarc: DomainRecords['dmarc'], gaps: Gaps): Step {
  if (dmarc.is === 'unasked') return unasked('dmarc', gaps)
  if (dmarc.is === 'good') return record('dmarc', 'good', 'dmarcGood', null, { ...gaps, policy: dmarc.policy })
  return record('dmarc', 'warning', 'dmarcMissing', 'dmarcRemedy', gaps)
}
function record(step: Step['step'], outcome: Step['outcome'], says: string, remedy: string | null, gaps: Gaps): Step {
  return {
    step,
    outcome,
    says: t(`channels:check.${says}`, gaps),
    remedy: remedy && t(`channels:check.${remedy}`, gaps),
    took: 0,
  }
}
function unasked(step: Step['step'], gaps: Gaps): Step {
  return record(step, 'skipped', 'noDns', null, gaps)
}
