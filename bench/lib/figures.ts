/** Figures and how they are told: on paper for people, and as the last line in JSON for programs. */

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}

/** Two digits behind the point: more would be noise. */
export const round = (value: number) => Math.round(value * 100) / 100

export type Figures = Record<string, number | string>

export function tell(figures: Figures, json: boolean) {
  if (!json) for (const [name, value] of Object.entries(figures)) console.log(`${name.padEnd(24)} ${value}`)
  console.log(JSON.stringify(figures))
}

/** What happens meanwhile; on the error stream, so that the output stays figures. */
export function progress(sentence: string) {
  console.error(`${new Date().toISOString().slice(11, 19)} ${sentence}`)
}
