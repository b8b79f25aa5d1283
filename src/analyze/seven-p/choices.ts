import type { App } from '../../platform/app.ts'
import type { Text } from '../../platform/text.ts'
import type { Asked } from './asked.ts'
import { lastMonthOf } from './period.ts'

interface Cell {
  segment: string
  country: string
  province: string
  customers: number
}

/** What does not change with the filter: asked once a run. */
interface OfRun {
  run: number
  cells: Cell[]
  firstMonth: string
  /** Newest month that is whole, also after the date; '' when nothing was ever bought. */
  lastWholeMonth: string
  categories: Map<string, Text>
}

const kept = new WeakMap<object, { run: number; read: Promise<OfRun> }>()

export function ofRun({ app, runs: { segments, identity } }: Pick<Asked, 'app' | 'runs'>): Promise<OfRun> {
  const found = kept.get(app.facts)
  if (found?.run === segments) return found.read
  const read = readOfRun(app, segments, identity)
  kept.set(app.facts, { run: segments, read })
  read.catch(() => kept.delete(app.facts))
  return read
}

const categoriesSql = `
SELECT category, argMax(category_en, import_id) AS en, argMax(category_zh, import_id) AS zh
FROM products
WHERE import_id IN (SELECT import_id FROM import_commits)
GROUP BY category`

async function readOfRun(app: App, run: number, identityRun: number): Promise<OfRun> {
  const [cells, names, times, end] = await Promise.all([
    app.facts.query<Cell>(
      'SELECT segment, country, province, count() AS customers FROM seven_p_customers WHERE run_id = {run:UInt64} GROUP BY segment, country, province',
      { run },
    ),
    app.facts.query<{ category: string; en: string; zh: string }>(categoriesSql),
    app.facts.one<{ first: string; last: string; rows: number }>(
      'SELECT toString(min(month)) AS first, toString(max(month)) AS last, count() AS rows FROM seven_p_months WHERE run_id = {run:UInt64}',
      { run },
    ),
    app.facts.one<{ whole: boolean }>(
      `SELECT max(toDate(sold_at)) >= toLastDayOfMonth(max(toDate(sold_at))) - 2 AS whole FROM purchases WHERE run_id = {identityRun:UInt64}`,
      { identityRun },
    ),
  ])
  const last = times.last.slice(0, 7)
  return {
    run,
    cells,
    firstMonth: times.rows > 0 ? times.first.slice(0, 7) : '',
    lastWholeMonth: times.rows === 0 ? '' : end.whole ? last : lastMonthOf(`${last}-01`),
    categories: new Map(
      names.map(({ category, en, zh }) => [category, { en: en || category, zh: zh || en || category }]),
    ),
  }
}
