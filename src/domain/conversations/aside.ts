/** Words are made safe before the transaction, the long ones beside everybody else's requests. */
import { type Written, writtenAside } from '../../platform/mail/reading/writtenAside.ts'

export async function aside<I extends { body: string }, T>(
  input: I,
  act: (ready: Omit<I, 'body'> & { body: Written }) => Promise<T>,
  inside: { mentions?: boolean } = {},
): Promise<T> {
  return act({ ...input, body: await writtenAside(input.body, inside) })
}
