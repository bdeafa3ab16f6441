/** A refusal is what a person may read; everything else that is thrown is a bug and is told as one without detail. */

/** `code` is stable and names the sentence `refusal.CODE` of the catalogue; `facts` fill its gaps and go out with it. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly code: string
  readonly status: number
  readonly facts: Record<string, unknown>
  readonly fields: { path: string; says: string }[]

  constructor(
    code: string,
    status: number,
    more: { facts?: Record<string, unknown>; fields?: { path: string; says: string }[] } = {},
  ) {
    super(code)
    this.code = code
    this.status = status
    this.facts = more.facts ?? {}
    this.fields = more.fields ?? []
  }
}

/** What you may not see does not exist: the same answer for a wrong id and for somebody else's. */
export function absent(): Refusal {
  return new Refusal('absent', 404)
}
