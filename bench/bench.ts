/** What every benchmark prints with `--json`: its figures, the baseline measured in the same run, and their ratio. */
export interface BenchResult {
  name: string
  figures: Record<string, unknown>
  baseline: Record<string, unknown>
  ratio: Record<string, number> | number
}

export interface Bench {
  name: string
  summary: string
  run(options: BenchOptions): Promise<BenchResult>
}

export interface BenchOptions {
  /** `--customers 1000000` → 1000000 */
  number(name: string, fallback: number): number
  text(name: string, fallback: string): string
  /** Progress and tables go to stderr. */
  say(line: string): void
}

export async function timed<T>(work: () => Promise<T>): Promise<{ seconds: number; value: T }> {
  const started = performance.now()
  const value = await work()
  return { seconds: (performance.now() - started) / 1000, value }
}

/** The p-th percentile (0–1) of unsorted values, nearest rank. */
export function percentile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(p * sorted.length) - 1))] ?? Number.NaN
}
