import type { App } from '../../platform/app.ts'

export interface Place {
  communication_id: string
  run_id: number
  customer_id: number
}

/** Where rows of the ledger lie; an id may have several, of turns that held it back. */
export const placesOf = (app: Pick<App, 'facts'>, ids: readonly string[]): Promise<Place[]> =>
  app.facts.query(
    `SELECT DISTINCT communication_id, run_id, customer_id FROM communication_places
     WHERE communication_id IN {ids:Array(FixedString(32))}`,
    { ids: [...ids] },
  )
