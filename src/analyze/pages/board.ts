import type { z } from 'zod'
import type { App } from '../../platform/app.ts'
import type { board as shape } from '../api.ts'
import { figures, thePs, titles } from '../board/figures.ts'
import { runsOfTurn } from '../runs-of-turn.ts'

/** The seven P of the newest turn; a figure that cannot be said of anybody is left out. */
export async function board(app: App): Promise<z.infer<typeof shape>> {
  const { asOf, segments } = await runsOfTurn(app)
  const rows = await app.facts.query<{ figure: string; segment: string; value: number; customers: number }>(
    'SELECT figure, segment, value, customers FROM board_figures WHERE run_id = {segments:UInt64} ORDER BY figure, segment',
    { segments },
  )
  const byFigure = Map.groupBy(rows, row => row.figure)
  return {
    asOf,
    currency: 'GBP',
    pages: thePs.map(p => ({
      p,
      title: titles[p],
      figures: figures.flatMap(({ id, name, formula, unit, p: own }) => {
        const values = byFigure.get(id) ?? []
        const all = values.find(row => row.segment === '')
        if (own !== p || !all) return []
        const bySegment = values
          .filter(row => row.segment !== '')
          .map(({ segment, value, customers }) => ({ segment, value, customers }))
        return [{ id, name, formula, unit, value: all.value, bySegment }]
      }),
    })),
  }
}
