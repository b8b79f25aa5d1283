import type { App } from '../../platform/app.ts'
import type { PrintItem } from './arrange.ts'
import { WAITING_SQL } from './waiting-sql.ts'

/** The runs a print run is made of: what was composed and delivered in the newest turn. */
export interface PrintBasis {
  deliverRun: number
  composeRun: number
  identityRun: number
  asOf: string
}

/** Undefined before the first turn has delivered. Households are those known now. */
export async function printBasis(app: App): Promise<PrintBasis | undefined> {
  const [deliverRun, identityRun] = await Promise.all([app.runs.latest('deliver'), app.runs.latest('identity')])
  if (deliverRun === null || identityRun === null) return undefined
  const composed = await app.workflow.db
    .selectFrom('runs as delivered')
    .innerJoin('runs as composed', 'composed.turn_id', 'delivered.turn_id')
    .innerJoin('turns', 'turns.id', 'delivered.turn_id')
    .select(['composed.id as id', 'turns.as_of as asOf'])
    .where('delivered.id', '=', deliverRun)
    .where('composed.step', '=', 'compose')
    .where('composed.state', '=', 'committed')
    .executeTakeFirst()
  return composed && { deliverRun, identityRun, composeRun: composed.id, asOf: composed.asOf }
}

/** Columns, not rows: a large company prints hundreds of thousands of documents. */
export async function waitingItems(
  app: App,
  { deliverRun, composeRun, identityRun }: PrintBasis,
): Promise<PrintItem[]> {
  const columns = await app.facts.columns(WAITING_SQL, { deliverRun, composeRun, identityRun })
  const [ids, postcodes, addresses] = [columns.str('communication_id'), columns.str('postcode'), columns.str('address')]
  const [customers, households] = [columns.f64('customer_id'), columns.f64('household')]
  const [pages, ranks] = [columns.f64('pages'), columns.f64('rank')]
  return Array.from({ length: columns.rows }, (_, i) => ({
    communicationId: ids[i]!,
    customerId: customers[i]!,
    household: households[i]!,
    postcode: postcodes[i]!,
    address: addresses[i]!,
    pages: pages[i]!,
    rank: ranks[i]!,
  }))
}

/** How many they are, cheaply: the page asks. */
export async function waitingCount(app: App, { deliverRun, composeRun, identityRun }: PrintBasis): Promise<number> {
  const { waiting } = await app.facts.one<{ waiting: number }>(`SELECT count() AS waiting FROM (${WAITING_SQL})`, {
    deliverRun,
    composeRun,
    identityRun,
  })
  return waiting
}
