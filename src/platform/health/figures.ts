/** Figures of /metrics that are asked for when somebody looks: from the database, or from a part of this process. */
import { Gauge, type Registry } from 'prom-client'
import type { Pool } from '../db/index.ts'

type Named = { name: string; help: string }
/** `query` returns one row with a number `value`, or rows with `value` and `label` when `label` names what the label is. */
export type Asked = Named & { query: string; label?: string }
export type Known = Named & { value: () => number }
export type Figure = Asked | Known

export type Ask = (query: string) => Promise<{ value: number | string | null; label?: string }[]>

/** One after another: whoever looks at figures shall not hold up those who work. */
export function askInTurn(pool: Pool): Ask {
  let turn: Promise<unknown> = Promise.resolve()
  return query => {
    const mine = turn.then(async () => (await pool.query(query)).rows)
    turn = mine.catch(() => {})
    return mine
  }
}

/** A figure that cannot be had now is left out; the others stand. */
export function addFigure(registry: Registry, ask: Ask, figure: Figure) {
  const label = 'label' in figure ? figure.label : undefined
  new Gauge({
    name: `pond_${figure.name}`,
    help: figure.help,
    labelNames: label ? [label] : [],
    registers: [registry],
    async collect() {
      if ('value' in figure) return this.set(figure.value())
      this.reset()
      try {
        for (const row of await ask(figure.query)) {
          const value = Number(row.value ?? 0)
          if (label) this.set({ [label]: row.label ?? '' }, value)
          else this.set(value)
        }
      } catch {
        if (!label) this.set(Number.NaN)
      }
    },
  })
}

export function addPool(registry: Registry, pool: Pool) {
  new Gauge({
    name: 'pond_database_connections',
    help: 'Connections of this process: all, idle, and requests waiting for one',
    labelNames: ['what'],
    registers: [registry],
    collect() {
      this.set({ what: 'all' }, pool.totalCount)
      this.set({ what: 'idle' }, pool.idleCount)
      this.set({ what: 'waiting' }, pool.waitingCount)
    },
  })
  new Gauge({
    name: 'pond_database_wait_seconds',
    help: 'How long a connection had to be waited for just now',
    registers: [registry],
    async collect() {
      const from = performance.now()
      try {
        const client = await pool.connect()
        client.release()
        this.set((performance.now() - from) / 1000)
      } catch {
        this.set(Number.NaN)
      }
    },
  })
}
