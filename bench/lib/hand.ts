/** Hands mails to the SMTP listener as another mail server would: one that is not taken is tried again until it is. */
import nodemailer from 'nodemailer'

/** Resolves when all were taken, or once `give up` says so. */
export async function handIn(port: number, to: string, mails: AsyncIterable<Buffer>, giveUp: () => boolean) {
  const lanes = Array.from({ length: 4 }, async () => {
    for await (const mail of shared(mails)) {
      while (!giveUp() && !(await taken(port, to, mail))) await new Promise(resolve => setTimeout(resolve, 150))
    }
  })
  await Promise.all(lanes)
}

const iterators = new WeakMap<AsyncIterable<Buffer>, AsyncIterator<Buffer>>()

function shared(mails: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  const one = iterators.get(mails) ?? mails[Symbol.asyncIterator]()
  iterators.set(mails, one)
  // Each lane takes the next; none ends it for the others.
  return { [Symbol.asyncIterator]: () => ({ next: () => one.next() }) }
}

async function taken(port: number, to: string, raw: Buffer): Promise<boolean> {
  const transport = nodemailer.createTransport({
    host: '127.0.0.1',
    port,
    secure: false,
    ignoreTLS: true,
    connectionTimeout: 3000,
    greetingTimeout: 3000,
    socketTimeout: 10_000,
  })
  try {
    await transport.sendMail({ envelope: { from: 'sender@senders.example', to: [to] }, raw })
    return true
  } catch {
    return false
  } finally {
    transport.close()
  }
}
