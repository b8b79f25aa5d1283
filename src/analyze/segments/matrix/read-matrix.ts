import type { App } from '../../../platform/app.ts'
import { runsOfTurn } from '../../runs-of-turn.ts'
import { segmentErrors } from '../errors.ts'
import { saveSegmentSettings, segmentSettings } from '../settings.ts'
import type { Axis, CellStrategy, Matrix } from './matrix.ts'

export interface MatrixCell extends CellStrategy {
  value: number
  churn: number
  customers: number
  valueMinor: number
  /** Value times the probability of leaving: what is expected to be lost. */
  atRiskMinor: number
}

export interface MatrixView {
  asOf: string
  /** Customers who ever bought: the others have neither value nor risk. */
  customers: number
  /** The limits as they stand among these customers. */
  valueCuts: number[]
  churnCuts: number[]
  cells: MatrixCell[]
  matrix: Matrix
}

const BUYERS = 's.run_id = {modelsRun:UInt64} AND s.r > 0'

/** Limits of an axis: its own, or the quantiles of those who bought. */
async function cutsOf(app: App, axis: Axis, column: 'value_minor' | 'churn_probability', modelsRun: number) {
  if (axis.by === 'thresholds') return axis.cuts
  const { cuts } = await app.facts.one<{ cuts: number[] }>(
    `SELECT arrayMap(q -> toFloat64(q), quantilesExact(${axis.cuts.map((_, k) => `{q${k}:Float64}`).join(', ')})(s.${column})) AS cuts
     FROM scores AS s WHERE ${BUYERS}`,
    { modelsRun, ...Object.fromEntries(axis.cuts.map((cut, k) => [`q${k}`, cut])) },
  )
  return cuts
}

/** The class of a value: how many limits it reaches. */
const classSql = (column: string, name: string) =>
  `toUInt8(arrayCount(cut -> s.${column} >= cut, {${name}:Array(Float64)}))`

export async function readMatrix(app: App): Promise<MatrixView> {
  const { asOf, models: modelsRun } = await runsOfTurn(app)
  const { matrix } = await segmentSettings(app)
  const [valueCuts, churnCuts] = await Promise.all([
    cutsOf(app, matrix.value, 'value_minor', modelsRun),
    cutsOf(app, matrix.churn, 'churn_probability', modelsRun),
  ])
  const rows = await app.facts.query<{ value: number; churn: number; customers: number; worth: number; risk: number }>(
    `SELECT ${classSql('value_minor', 'valueCuts')} AS value, ${classSql('churn_probability', 'churnCuts')} AS churn,
       count() AS customers, toFloat64(sum(s.value_minor)) AS worth, sum(s.value_minor * s.churn_probability) AS risk
     FROM scores AS s WHERE ${BUYERS}
     GROUP BY value, churn`,
    { modelsRun, valueCuts, churnCuts },
  )
  const cells = matrix.cells.flatMap((column, value) =>
    column.map((strategy, churn): MatrixCell => {
      const row = rows.find(found => found.value === value && found.churn === churn)
      return {
        ...strategy,
        value,
        churn,
        customers: row?.customers ?? 0,
        valueMinor: row?.worth ?? 0,
        atRiskMinor: row?.risk ?? 0,
      }
    }),
  )
  const customers = rows.reduce((sum, row) => sum + row.customers, 0)
  return { asOf, customers, valueCuts, churnCuts, cells, matrix }
}

export async function saveMatrix(app: App, matrix: Matrix): Promise<void> {
  for (const { cuts } of [matrix.value, matrix.churn])
    if (cuts.some((cut, k) => k > 0 && cut <= cuts[k - 1]!)) throw segmentErrors['analyze.matrix-cuts']()
  const wanted = (matrix.value.cuts.length + 1) * (matrix.churn.cuts.length + 1)
  const right =
    matrix.cells.length === matrix.value.cuts.length + 1 &&
    matrix.cells.every(column => column.length === matrix.churn.cuts.length + 1)
  if (!right) throw segmentErrors['analyze.matrix-cells']({ cells: wanted })
  await saveSegmentSettings(app, { matrix })
}

export interface CellMember {
  customerId: number
  name: string
  valueMinor: number
  churn: number
  segment: string
}

/** The customers of a cell, those with most to lose first. */
export async function cellMembers(
  app: App,
  { value, churn, offset, limit }: { value: number; churn: number; offset: number; limit: number },
): Promise<{ total: number; rows: CellMember[] }> {
  const turn = await runsOfTurn(app)
  const { cells, valueCuts, churnCuts } = await readMatrix(app)
  const rows = await app.facts.query<{ customerId: number; valueMinor: number; churn: number; segment: string }>(
    `SELECT s.customer_id AS customerId, s.value_minor AS valueMinor, s.churn_probability AS churn, toString(m.segment) AS segment
     FROM (SELECT customer_id, value_minor, churn_probability FROM scores AS s WHERE ${BUYERS}
        AND ${classSql('value_minor', 'valueCuts')} = {value:UInt8} AND ${classSql('churn_probability', 'churnCuts')} = {churn:UInt8}
        ORDER BY value_minor * churn_probability DESC, customer_id
        LIMIT {limit:UInt32} OFFSET {offset:UInt32}) AS s
     INNER JOIN (SELECT customer_id, segment FROM segment_members WHERE run_id = {segments:UInt64}) AS m ON m.customer_id = s.customer_id
     ORDER BY s.value_minor * s.churn_probability DESC, s.customer_id`,
    { modelsRun: turn.models, segments: turn.segments, valueCuts, churnCuts, value, churn, offset, limit },
  )
  const names = await namesOf(
    app,
    turn.identity,
    rows.map(row => row.customerId),
  )
  return {
    total: cells.find(cell => cell.value === value && cell.churn === churn)?.customers ?? 0,
    rows: rows.map(row => ({ ...row, name: names.get(row.customerId) ?? '' })),
  }
}

export async function namesOf(app: App, identity: number, ids: number[]): Promise<Map<number, string>> {
  const people = await app.facts.query<{ customer_id: number; name: string }>(
    'SELECT customer_id, name FROM golden_records WHERE run_id = {identity:UInt64} AND customer_id IN {ids:Array(UInt64)}',
    { identity, ids },
  )
  return new Map(people.map(person => [person.customer_id, person.name]))
}
