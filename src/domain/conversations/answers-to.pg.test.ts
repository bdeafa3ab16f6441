/** Where answers go when the customer asks for another address (Reply-To), from the mail to what the composer is told. */
import { expect, test } from 'vitest'
import { aDesk as aMailDesk, mail } from '../../../test/desk.ts'
import { open } from './queries/open.ts'

test('answers go where the customer asks for them, and the composer is told', async () => {
  const mailDesk = await aMailDesk()
  try {
    const [taken] = await mailDesk.take(mail({ more: ['Reply-To: Office <office@elsewhere.example>'] }))
    const { db, world, clock } = mailDesk
    const member = {
      ...{ is: 'member' as const, personId: world.ana, name: 'Ana', administrator: false, sessionId: '' },
      roles: new Map([[world.team, 'lead' as const]]),
    }
    const view = () => open(db, member, taken!.conversationId!, clock.now)
    expect((await view()).reply).toMatchObject({
      to: [{ address: 'office@elsewhere.example' }],
      replyTo: { address: 'office@elsewhere.example', insteadOf: 'ines@saudade.example', otherDomain: true },
    })
    // What asks for us, or for where it came from, asks for nothing.
    for (const address of ['service@lindqvist.example', 'INES@saudade.example']) {
      const [next] = await mailDesk.take(mail({ more: [`Reply-To: ${address}`] }))
      const shown = await open(db, member, next!.conversationId!, clock.now)
      expect(shown.reply.replyTo, address).toBeNull()
      expect(shown.reply.to[0]?.address).toBe('ines@saudade.example')
    }
  } finally {
    await mailDesk.close()
  }
})
