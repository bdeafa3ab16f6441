/** One entry of the audit as a sentence, and what else is worth knowing of it. Pure but for the catalogue. */
import type { AuditEntry } from '../../contract/audit.ts'
import { catalogue, t } from '../../words/catalogue.ts'

type Facts = Record<string, unknown>

/** Which of the sentences of its kind an entry is. */
function variantOf({ kind, facts, actor, subject }: AuditEntry): string {
  const own = actor !== null && actor.id === subject?.id
  switch (kind) {
    case 'member.signed-in':
      return signedIn(facts)
    case 'member.changed':
      return changed(facts, own)
    case 'member.session-ended':
      return own ? 'own' : 'any'
    case 'member.invited':
      return facts.first ? 'first' : 'any'
    case 'member.factor-added':
    case 'member.factor-removed':
      return String(facts.is)
    case 'team.changed':
      return ['made', 'joined', 'left', 'role', 'dutyEnded', 'duty'].find(fact => facts[fact] !== undefined) ?? 'any'
    case 'membership.changed':
      return facts.seesAll === true ? 'seesAll' : (['joined', 'left'].find(fact => facts[fact] !== undefined) ?? 'any')
    case 'permission.changed':
      return facts.on === true ? 'on' : 'off'
    case 'installation.changed':
      return String(facts.setting)
    case 'backup.verified':
      return facts.good === false ? 'bad' : 'any'
    case 'export.made':
      return String(facts.of)
    default:
      return 'any'
  }
}

function signedIn({ by, second }: Facts): string {
  if (by === 'passkey') return 'passkeyAnd'
  const first = by === 'password' ? 'password' : 'link'
  return second === undefined ? first : `${first}And`
}

function changed(facts: Facts, own: boolean): string {
  if (facts.password) return 'password'
  if (facts.passkey) return 'passkey'
  if (facts.link) return 'link'
  if (typeof facts.administrator === 'boolean') return facts.administrator ? 'administrator' : 'notAdministrator'
  if (typeof facts.disabled === 'boolean') return facts.disabled ? 'disabled' : 'enabled'
  if (facts.expiresAt !== undefined) return 'expires'
  return own ? 'own' : 'any'
}

export function sentenceOf(entry: AuditEntry): string {
  const { kind, facts, names, actor, subject } = entry
  const gone = t('audit:somebody')
  const named = ['memberId', 'joined', 'left', 'personId', 'organisationId', 'intoId', 'fromId']
    .map(fact => names[String(facts[fact])])
    .find(Boolean)
  const gaps = {
    who: actor === null ? t('audit:pond') : actor.name || gone,
    whom: subject?.name || gone,
    name: named ?? gone,
    kind,
    role: typeof facts.role === 'string' ? t(`settings:role.${facts.role}.name`) : '',
    grant: typeof facts.grant === 'string' ? t(`audit:rights.lines.${facts.grant}`) : '',
  }
  const key = [variantOf(entry), 'any']
    .map(variant => `audit:says.${kind}.${variant}`)
    .find(one => catalogue.exists(one))
  return t(key ?? 'audit:says.any', gaps)
}

const figures = ['spam', 'trash', 'closed', 'raw', 'audit']
const texts = ['network', 'folder', 'trouble']

export function detailsOf({ facts }: AuditEntry): string[] {
  const values = (fact: unknown) => [fact].flat().join(', ')
  return [
    ...texts.flatMap(fact => (typeof facts[fact] === 'string' ? [t(`audit:detail.${fact}`, facts)] : [])),
    ...figures.flatMap(fact =>
      typeof facts[fact] === 'number' && facts[fact] > 0 ? [t(`audit:detail.${fact}`, { count: facts[fact] })] : [],
    ),
    ...(['from', 'to'] as const).flatMap(fact =>
      typeof facts[fact] === 'string' && facts.setting === 'second-factor'
        ? [t(`audit:detail.${fact}`, { value: t(`security:protection.${facts[fact]}`) })]
        : [],
    ),
    ...(Array.isArray(facts.changed) && facts.days === undefined
      ? [t('audit:detail.changed', { value: values(facts.changed) })]
      : []),
    ...(Array.isArray(facts.days) ? [t('audit:detail.days', { value: values(facts.days) })] : []),
  ]
}
