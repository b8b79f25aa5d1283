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
  /** Which rows of the file they are: those with a label. */
  rows: Uint32Array
  fileRows: number
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
  const warnings: Text[] = twiceIn(look.columns.filter(column => column.name !== label))
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
  const classes = distinctAnswers(answers.categories)
  if (look.rows > 0 && classes.length === 0) throw boostingErrors['analyze.train-no-label']({ file, label })
  const positive = positiveOf(file, label, classes, options.positive)
  const isYes = answers.categories.map(answer => answerKey(answer) === answerKey(positive))
  const known = Uint32Array.from(answers.codes.keys().filter(i => answers.codes[i]! >= 0))
  if (known.length < look.rows) warnings.push(notes.noLabel(look.rows - known.length))
  if (classes.length > 2) warnings.push(notes.severalAnswers(label, positive, classes))
  const features: Table = { rows: look.rows, columns: whole.columns.slice(0, -1) }
  return {
    table: known.length < look.rows ? takeTableRows(features, known) : features,
    readings: used.map(column => column.reading),
    labels: Uint8Array.from(known, i => (isYes[answers.codes[i]!] ? 1 : 0)),
    rows: known,
    fileRows: look.rows,
    positive,
    leftOut,
    warnings,
  }
}

/** Why a column can teach nothing. */
function uselessFor(column: ColumnLook, rows: number): Text | undefined {
  if (column.known === 0) return notes.blank
  if (column.distinct === 1 && column.known === rows) return notes.constant
  if (column.reading === 'category' && column.distinct > 100 && column.distinct > column.known / 2) {
    const { read, first } = column.grouped
    if (first && read > 0.8 * column.known) return notes.grouped(first.line, first.value)
    const odd = column.numbers.first
    if (odd && column.numbers.read > 0.5 * column.known)
      return notes.mixed(column.known - column.numbers.read, odd.line, odd.value)
    return notes.identifier
  }
  // Numbers that only number the rows: a name that says so, whole, and (nearly) no two alike.
  if (column.named && column.numbered && rows > 100 && column.distinct > 0.95 * column.known) return notes.identifier
  return undefined
}

/** Customers who stand in the file more than once, by a column that names (nearly) every row differently. */
const twiceIn = (columns: readonly ColumnLook[]): Text[] =>
  columns.flatMap(({ name, named, twice, distinct, known }) =>
    named && twice && distinct > 0.9 * known ? [notes.twice(name, twice)] : [],
  )

function positiveOf(file: string, label: string, answers: readonly string[], given: string | undefined): string {
  const list = `${answers.slice(0, 8).join(', ')}${answers.length > 8 ? ` … (${answers.length})` : ''}`
  if (answers.length < 2) throw boostingErrors['analyze.train-one-class']({ file, label, value: answers[0] ?? '' })
  if (given !== undefined) {
    const same = answers.find(answer => answerKey(answer) === answerKey(given))
    if (same === undefined)
      throw boostingErrors['analyze.train-no-positive']({ file, label, positive: given, values: list })
    return same
  }
  const guessed = answers.length === 2 ? answers.filter(answer => YES.includes(answer.toLowerCase())) : []
  if (guessed.length !== 1) throw boostingErrors['analyze.train-which-positive']({ file, label, values: list })
  return guessed[0]!
}

/** Each answer once, as it is first written: `Yes` and `yes` are one, and so are `1` and `1.0`. */
const distinctAnswers = (answers: readonly string[]): string[] =>
  [...new Map(answers.toReversed().map(answer => [answerKey(answer), answer])).values()].reverse()

export const answerKey = (answer: string): string => {
  const text = answer.trim().toLowerCase()
  return text !== '' && Number.isFinite(Number(text)) ? String(Number(text)) : text
}
