import { expect, test } from 'vitest'
import { isAudited } from '../../contract/audit.ts'
import { EventKinds } from '../../contract/events.ts'
import { catalogue } from '../../words/catalogue.ts'
import '../../words/keeping.ts'

test('whatever stands in the audit is said in a sentence', () => {
  const silent = EventKinds.filter(isAudited).filter(kind => !catalogue.exists(`audit:says.${kind}.any`))
  // Each of these says in a sentence of its own what it was.
  const by = { 'member.factor-added': 'passkey', 'member.factor-removed': 'passkey' } as Record<string, string>
  expect(silent.filter(kind => !catalogue.exists(`audit:says.${kind}.${by[kind]}`))).toEqual([])
})
