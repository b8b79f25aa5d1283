import type { App } from '../../platform/app.ts'
import { dropRun, type Facts } from '../../platform/stores/facts/index.ts'
import { type Calibration, calibrationOf, type PredictionBin } from './calibration.ts'
import { type Evidence, evidenceOf, factorSequence } from './evidence.ts'
import { factors, type Trials } from './odds-grid.ts'
import { type Interval, wilson } from './proportions.ts'
import { fillOutcomes, responseBins, responseByTurn, responseCells, takenByOffer } from './response-sql.ts'
import { responseOutcomes } from './tables.ts'
import { isReplay, type PastTurn, responseParams } from './turns.ts'

export type ResponseAxis = 'turn' | 'segment' | 'offer' | 'channel'

/** What one turn said of answers, and what came. */
export interface TurnResponse {
  asOf: string
  planned: number
  promised: number
  contacted: number
  expected: number
  taken: number
  ripe: number
  ripeExpected: number
  ripeTaken: number
}

export interface ResponseCell {
  /** The day of its turn, where turns are told apart. */
  turn: string
  segment: string
  offer: string
  channel: string
  planned: number
  soFar: Trials
  ripe: Trials
}

/** Which turns are asked about, and who was to be contacted in them. */
export interface ResponseAsk {
  /** A query of as_of, customer_id, offer, channel, p. */
  members: string
  /** Its parameters. */
  params?: Record<string, string | number | readonly (string | number)[]>
  turns: readonly PastTurn[]
  today: string
}

export interface Heard {
  turns: TurnResponse[]
  /** Replayed turns (or ways of them) that reached nobody: `day/channel`. They count nowhere. */
  unheard: string[]
}

/** What came of contacts, read once: figures are drawn from it. */
export interface Outcomes {
  heard: Heard
  /** By none of the axes: everything together. */
  cells(by: readonly ResponseAxis[]): Promise<ResponseCell[]>
  calibration(): Promise<Calibration>
  takenOffers(): Promise<{ asOf: string; offer: string; taken: number }[]>
}

/** Joins contacts and answers once (1.3 s for half a million) and lets `read` draw its figures from them. */
export async function withOutcomes<T>(
  app: Pick<App, 'facts' | 'runs'>,
  ask: ResponseAsk,
  read: (outcomes: Outcomes) => Promise<T>,
): Promise<T> {
  if (ask.turns.length === 0) return read(nothing)
  const outcomesRun = await app.runs.nextId('response-outcomes')
  try {
    await app.facts.exec(fillOutcomes(ask.members), {
      ...ask.params,
      ...responseParams(ask.turns, ask.today),
      outcomesRun,
    })
    return await read(await outcomesOf(app.facts, outcomesRun, ask.turns))
  } finally {
    await dropRun(app.facts, responseOutcomes, outcomesRun)
  }
}

const nothing: Outcomes = {
  heard: { turns: [], unheard: [] },
  cells: async () => [],
  calibration: async () => calibrationOf([]),
  takenOffers: async () => [],
}

async function outcomesOf(facts: Facts, outcomesRun: number, turns: readonly PastTurn[]): Promise<Outcomes> {
  const heard = await heardOf(facts, outcomesRun, turns)
  const params = { outcomesRun, unheard: heard.unheard, factors: [...factors] }
  return {
    heard,
    cells: async by => (await facts.query<CellRow>(responseCells(by), params)).map(cellOf),
    calibration: async () => calibrationOf(await facts.query<PredictionBin>(responseBins, params)),
    takenOffers: () => facts.query(takenByOffer, params),
  }
}

type TurnRow = TurnResponse & { way: string }

/** What each turn promised and what came; ways of replayed turns that reached nobody are named. */
async function heardOf(facts: Facts, outcomesRun: number, turns: readonly PastTurn[]): Promise<Heard> {
  const rows = await facts.query<TurnRow>(responseByTurn, { outcomesRun, unheard: [] })
  const replays = new Set(turns.filter(isReplay).map(turn => turn.asOf))
  const silent = (row: TurnRow): boolean => replays.has(row.asOf) && row.taken === 0
  const heard = Map.groupBy(
    rows.filter(row => !silent(row)),
    row => row.asOf,
  )
  const sums = (its: readonly TurnRow[], name: Exclude<keyof TurnResponse, 'asOf'>): number =>
    its.reduce((total, row) => total + row[name], 0)
  return {
    turns: [...heard].map(([asOf, its]) => ({
      ...{ asOf, planned: sums(its, 'planned'), promised: sums(its, 'promised'), contacted: sums(its, 'contacted') },
      ...{ expected: sums(its, 'expected'), taken: sums(its, 'taken'), ripe: sums(its, 'ripe') },
      ...{ ripeExpected: sums(its, 'ripeExpected'), ripeTaken: sums(its, 'ripeTaken') },
    })),
    unheard: rows.filter(silent).map(row => `${row.asOf}/${row.way}`),
  }
}

interface CellRow {
  turn?: string
  segment?: string
  offer?: string
  channel?: string
  planned: number
  contacted: number
  expected: number
  taken: number
  logs: number[]
  ripe: number
  ripeExpected: number
  ripeTaken: number
  ripeLogs: number[]
}

const cellOf = (row: CellRow): ResponseCell => ({
  ...{ turn: row.turn ?? '', segment: row.segment ?? '', offer: row.offer ?? '', channel: row.channel ?? '' },
  planned: row.planned,
  soFar: { trials: row.contacted, expected: row.expected, taken: row.taken, logs: row.logs },
  ripe: { trials: row.ripe, expected: row.ripeExpected, taken: row.ripeTaken, logs: row.ripeLogs },
})

/** What a cell's own figures say, before the number of cells looked at is paid for. */
export interface CellFigures {
  evidence: Evidence
  /** Factor of the odds: the range not ruled out at any time so far. */
  factor: Interval
  rate: Interval & { share: number }
}

export const figuresOf = ({ soFar, ripe }: ResponseCell, tolerance = 0): CellFigures => ({
  evidence: evidenceOf(soFar, ripe, tolerance),
  factor: factorSequence(ripe),
  rate: { share: ripe.trials > 0 ? ripe.taken / ripe.trials : 0, ...wilson(ripe.taken, ripe.trials) },
})
