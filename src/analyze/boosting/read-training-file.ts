import type { Text } from '../../platform/text.ts'
import type { Reading } from './cell-values.ts'
import { boostingErrors } from './errors.ts'
import { type ColumnLook, lookAtColumns, oddCells } from './look-at-columns.ts'
import { notes } from './notes.ts'
import { readTable } from './read-table.ts'
import { type Table, takeTableRows } from './table.ts'

export interface TrainingFile {
  table: Table
  readings: Reading[]
  labels: Uint8Array
  positive: string
  /** Columns that were not used, and why. */
  leftOut: { column: string; why: Text }[]
  warnings: Text[]
}

/** Answers that mean yes where nobody said which does. */
const YES = ['1', 'yes', 'y', 'true', 't', '是', '有', '流失', 'churn', 'churned', 'left', 'exited', 'positive', '1.0']

/** Reads a file to train on: the label as 0 and 1, every other column by the kind of its values. */
export async function readTrainingFile(
  file: string,
  options: { label: string; positive?: string; exclude: readonly string[] },
): Promise<TrainingFile> {
  const { label } = options
  const look = await lookAtColumns(file, new Set([label]))
  const names = look.columns.map(column => column.name)
  for (const column of [label, ...options.exclude])
    if (!names.includes(column))
      throw boostingErrors['analyze.train-no-column']({ file, column, columns: names.join(', ') })
  if (look.rows === 0) throw boostingErrors['analyze.train-empty']({ file })

  const leftOut: TrainingFile['leftOut'] = []
  const warnings: Text[] = []
  const used: ColumnLook[] = []
  for (const column of look.columns) {
    if (column.name === label) continue
    const why = options.exclude.includes(column.name) ? notes.excluded : uselessFor(column, look.rows)
    if (why) leftOut.push({ column: column.name, why })
    else used.push(column)
    const odd = oddCells(column, column.reading)
    if (!why && odd) warnings.push(notes.odd({ column: column.name, ...odd }, column.reading))
  }
  if (used.length === 0) throw boostingErrors['analyze.train-no-features']({ file })
  const wanted = [...used, look.columns[names.indexOf(label)]!]
  const whole = await readTable(file, look.rows, wanted)
  const answers = whole.columns.at(-1)!
  if (answers.kind !== 'category') throw new Error('the label is read as words')
  const positive = positiveOf(file, label, answers.categories, options.positive)
  const yes = answers.categories.indexOf(positive)
  const known = Uint32Array.from(answers.codes.keys().filter(i => answers.codes[i]! >= 0))
  if (known.length < look.rows) warnings.push(notes.noLabel(look.rows - known.length))
  if (answers.categories.length > 2) warnings.push(notes.severalAnswers(label, positive, answers.categories))
  const features: Table = { rows: look.rows, columns: whole.columns.slice(0, -1) }
  return {
    table: known.length < look.rows ? takeTableRows(features, known) : features,
    readings: used.map(column => column.reading),
    labels: Uint8Array.from(known, i => (answers.codes[i] === yes ? 1 : 0)),
    positive,
    leftOut,
    warnings,
  }
}

/** Why a column can teach nothing. */
function uselessFor(column: ColumnLook, rows: number): Text | undefined {
  if (column.known === 0) return notes.blank
  if (column.distinct === 1 && column.known === rows) return notes.constant
  if (column.reading === 'category' && column.distinct > 100 && column.distinct > column.known / 2)
    return notes.identifier
  // Numbers that only number the rows: a name that says so, whole, and no two alike.
  if (
    column.numbered &&
    rows > 100 &&
    /(^|[^a-z])(id|no|nr|index|row ?number)$|(?:id|number|编号|号)$/i.test(column.name)
  )
    return notes.identifier
  return undefined
}

function positiveOf(file: string, label: string, answers: readonly string[], given: string | undefined): string {
  const list = answers.slice(0, 8).join(', ')
  if (answers.length < 2) throw boostingErrors['analyze.train-one-class']({ file, label, value: answers[0] ?? '' })
  if (given !== undefined) {
    const same = answers.find(answer => answer === given.trim()) ?? answers.find(answer => alike(answer, given))
    if (same === undefined)
      throw boostingErrors['analyze.train-no-positive']({ file, label, positive: given, values: list })
    return same
  }
  const guessed = answers.length === 2 ? answers.filter(answer => YES.includes(answer.toLowerCase())) : []
  if (guessed.length !== 1) throw boostingErrors['analyze.train-which-positive']({ file, label, values: list })
  return guessed[0]!
}

/** `1` and `1.0`, `Yes` and `yes`. */
const alike = (a: string, b: string): boolean =>
  a.toLowerCase() === b.trim().toLowerCase() || (b.trim() !== '' && Number(a) === Number(b))
