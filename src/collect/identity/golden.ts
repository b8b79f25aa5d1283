/** Golden records of a whole run. */
import type { App, StepContext } from '../../platform/app.ts'
import { createStaging, dropStaging } from '../import/stage-file.ts'
import { freeMemory } from './free-memory.ts'
import { GOLDEN_COLUMNS, goldenOfOne, goldenOfSaid, SAID_COLUMNS, SAID_TYPES, TOLD_ROWS } from './golden-sql.ts'
import { inLanes, ranges } from './in-lanes.ts'
import { SMALL_BLOCKS } from './number-records.ts'
import { linkTable } from './resolve.ts'
import { GOLDEN_UNITS, RECORD_FIELDS } from './survivorship.ts'

/**
 * Rows handled at a time: those of customers with several take about 2 kB each as arrays in the engine, single ones a tenth. To read and plan
 * the statement takes 0.1 s of processor time whatever it finds, and each one leaves a part: with three times as many statements the engine
 * merged them meanwhile, and golden records of 1 M records took 14–16 s of processor time instead of 11.
 */
const SEVERAL_A_PASS = 80_000
const SINGLE_A_PASS = 250_000

/** Fewer records leave nothing worth a collection behind. */
const MANY = 100_000
const GATHERED_A_PASS = 1_000_000

/** Trust is a column, so that it stands beside that of answers. */
const RECORDS = `kind, account_no, created_at, source, row_key, at, toFloat64({trust:Map(String, Float64)}[source]) AS trust,
  ${RECORD_FIELDS.map(field => `toString(${field}) AS ${field}`).join(', ')}`

const INSERT = `INSERT INTO golden_records (run_id, ${GOLDEN_COLUMNS})`

/** Customers of one record of whom nobody said anything else. */
const singles = (links: string, said: string): string => `
${INSERT}
SELECT {run_id:UInt64}, * FROM (${goldenOfOne(`
  SELECT links.customer_id AS customer_id, ${RECORDS}
  FROM (SELECT * FROM current_records WHERE run_id = {run_id:UInt64} AND record_no >= {from:UInt32} AND record_no < {to:UInt32}) AS current
  INNER JOIN (SELECT record_no, customer_id FROM ${links} WHERE size = 1 AND record_no >= {from:UInt32} AND record_no < {to:UInt32}
                AND customer_id NOT IN (SELECT customer_id FROM ${said})) AS links USING (record_no)`)})`

/** Records of the others, in the order of their customers, so that a pass reads its own alone; `of`: which links. */
const gather = (links: string, said: string, of: string): string => `
INSERT INTO ${said} (${SAID_COLUMNS.join(', ')})
SELECT links.customer_id AS customer_id, ${RECORDS}
FROM (SELECT * FROM current_records WHERE run_id = {run_id:UInt64} AND record_no >= {from:UInt32} AND record_no < {to:UInt32}) AS current
INNER JOIN (SELECT record_no, customer_id FROM ${links}
            WHERE ${of} AND record_no >= {from:UInt32} AND record_no < {to:UInt32}) AS links USING (record_no)`

export async function buildGoldenRecords({ app, runId, turn, progress }: StepContext, records: number): Promise<void> {
  const links = linkTable(runId)
  const said = `staging_links_${runId}_said`
  if (records > MANY) freeMemory()
  progress(6, 10, 'golden records')
  await createStaging(app, said, SAID_TYPES, 'customer_id')
  const trust = await sourceTrust(app)
  const params = { run_id: runId, trust }
  // The few of whom something was said are looked for among all, not all kept in memory to look for the few.
  await app.facts.exec(
    `INSERT INTO ${said} (${SAID_COLUMNS.join(', ')}) SELECT * FROM (${TOLD_ROWS})
     WHERE customer_id IN (SELECT customer_id FROM ${links} WHERE customer_id IN (SELECT customer_id FROM (${TOLD_ROWS})))`,
    params,
  )
  const lanes = Math.max(1, Math.min(4, app.config.threads))
  const alone = { settings: { max_threads: 1 } }
  await inLanes(lanes, ranges(records, SINGLE_A_PASS), async range => {
    await app.facts.exec(singles(links, said), { ...params, ...range }, alone)
    progress(6 + Math.min(1, range.to / records), 10, 'golden records')
  })
  const { told } = await app.facts.one<{ told: number }>(`SELECT count() AS told FROM ${said}`)
  if (told > 0)
    await app.facts.exec(gather(links, said, `size = 1 AND customer_id IN (SELECT customer_id FROM ${said})`), {
      ...params,
      from: 0,
      to: records,
    })
  // Joined all at once, 5 M records are more than the embedded engine's memory holds.
  for (const range of ranges(records, GATHERED_A_PASS))
    await app.facts.exec(gather(links, said, 'size > 1'), { ...params, ...range }, { settings: SMALL_BLOCKS })
  const { rows, last, known } = await app.facts.one<{ rows: number; last: number; known: string[] }>(
    `SELECT count() AS rows, max(customer_id) AS last,
            arrayFilter(unit -> unit != '', [${GOLDEN_UNITS.map(({ unit, fields }) => `if(max(${fields[0]}) != '', '${unit}', '')`).join(', ')}]) AS known
     FROM ${said}`,
  )
  // Sources that never give a telephone are common; a unit that nobody has takes as long to rank as one that all have.
  const units = GOLDEN_UNITS.filter(({ unit }) => unit === 'name' || known.includes(unit))
  const passes = Math.max(1, Math.ceil(rows / SEVERAL_A_PASS))
  const step = Math.ceil((last + 1) / passes)
  const now = new Date(`${turn.asOf}T00:00:00Z`)
  const several = `${INSERT}
SELECT {run_id:UInt64}, * FROM (${goldenOfSaid(`SELECT ${SAID_COLUMNS.join(', ')} FROM ${said} WHERE customer_id >= {from:UInt64} AND customer_id < {to:UInt64}`, units)})`
  await inLanes(lanes, ranges(rows > 0 ? last + 1 : 0, step), async range => {
    await app.facts.exec(several, { run_id: runId, ...range, now }, alone)
    progress(7 + Math.min(1, range.to / (last + 1)), 10, 'golden records')
  })
  await dropStaging(app, said)
}

export async function sourceTrust(app: App): Promise<Record<string, number>> {
  const sources = await app.workflow.db.selectFrom('collect_sources').select(['source', 'mapping']).execute()
  return Object.fromEntries(sources.map(({ source, mapping }) => [source, mapping.trust]))
}
