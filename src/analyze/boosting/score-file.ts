import { open, rename } from 'node:fs/promises'
import type { Text } from '../../platform/text.ts'
import { auc, calibrationError, topDecileLift } from '../churn/metrics.ts'
import { logLossOf } from './combine.ts'
import { boostingErrors } from './errors.ts'
import { type FileLook, lookAtColumns, oddCells } from './look-at-columns.ts'
import type { Model } from './model.ts'
import { notes } from './notes.ts'
import { type Predictor, predictorOf } from './predict.ts'
import { readTable, type WantedColumn } from './read-table.ts'
import { answerKey } from './read-training-file.ts'
import { reasonsOf } from './reasons.ts'
import type { CategoryColumn, Table } from './table.ts'

export interface ScoredFile {
  rows: number
  meanProbability: number
  /** Where the file has the label too: how good the scores are on it. */
  judged: { rows: number; auc: number; logLoss: number; calibrationError: number; topDecileLift: number } | null
  warnings: Text[]
}

/** Rows explained and written at a time. */
const BLOCK = 5_000

/** Scores a file by a model: one line per row with its id, its probability and, if wanted, its reasons. */
export async function scoreFile(
  model: Model,
  file: string,
  out: string,
  options: { id: string; reasons: boolean; progress(done: number, total: number): void },
): Promise<ScoredFile> {
  const words = new Set([
    options.id,
    model.label.column,
    ...model.columns.filter(c => c.kind === 'category').map(c => c.name),
  ])
  const look = await lookAtColumns(file, words)
  if (look.rows === 0) throw boostingErrors['analyze.train-empty']({ file })
  const hasLabel = look.columns.some(column => column.name === model.label.column)
  const asWords = (name: string): WantedColumn => ({ name, reading: 'category', categories: [] })
  const wanted = model.columns.map(({ name }, c): WantedColumn => ({ ...asWords(name), reading: model.readings[c]! }))
  const whole = await readTable(file, look.rows, [
    ...wanted,
    asWords(options.id),
    ...(hasLabel ? [asWords(model.label.column)] : []),
  ])
  const table: Table = { rows: look.rows, columns: whole.columns.slice(0, wanted.length) }
  const warnings = [...oddIn(file, model, look), ...unseenIn(model, table), ...aboutIds(options.id, look)]
  const ids = whole.columns[wanted.length] as CategoryColumn
  const predictor = predictorOf(model)
  const margins = predictor.margins(table)
  const probabilities = predictor.probabilities(margins)
  await writeScores(out, predictor, model, table, ids, probabilities, options)
  const answers = hasLabel ? (whole.columns.at(-1) as CategoryColumn) : undefined
  return {
    rows: table.rows,
    meanProbability: probabilities.reduce((sum, p) => sum + p, 0) / Math.max(1, table.rows),
    judged: answers ? judge(model, answers, probabilities) : null,
    warnings,
  }
}

/** Single cells that are no numbers count as missing, with a warning; a column that has no number at all is another column. */
function oddIn(file: string, model: Model, look: FileLook): Text[] {
  return model.columns.flatMap(({ name }, c) => {
    const column = look.columns.find(candidate => candidate.name === name)
    const reading = model.readings[c]!
    const odd = column && oddCells(column, reading)
    if (!odd) return []
    if (odd.count === column.known) {
      const { line, value } = odd
      throw boostingErrors[reading === 'date' ? 'analyze.train-no-date' : 'analyze.train-no-number']({
        file,
        line,
        column: name,
        value,
      })
    }
    return [notes.odd({ column: name, ...odd }, reading)]
  })
}

/** Words that training did not know: a regression takes them as average, trees as the rest. */
function unseenIn(model: Model, table: Table): Text[] {
  return model.columns.flatMap((known, c) => {
    const column = table.columns[c]!
    if (known.kind !== 'category' || column.kind !== 'category') return []
    const kept = new Set(known.categories)
    const isNew = column.categories.map(word => !kept.has(word))
    let rows = 0
    let first = -1
    for (const code of column.codes)
      if (code >= 0 && isNew[code]) {
        rows++
        if (first < 0) first = code
      }
    return rows > 0 ? [notes.unseen(known.name, rows, column.categories[first]!)] : []
  })
}

function aboutIds(id: string, look: FileLook): Text[] {
  const column = look.columns.find(candidate => candidate.name === id)
  if (!column) return []
  const { twice, blanks } = column
  return [
    ...(twice ? [notes.idTwice(id, twice)] : []),
    ...(blanks ? [notes.idBlank(id, blanks.rows, blanks.line)] : []),
  ]
}

async function writeScores(
  out: string,
  predictor: Predictor,
  model: Model,
  table: Table,
  ids: CategoryColumn,
  probabilities: Float64Array,
  { reasons, progress }: { reasons: boolean; progress(done: number, total: number): void },
): Promise<void> {
  try {
    const target = await open(`${out}.part`, 'w')
    try {
      await target.writeFile(reasons ? 'id,probability,reasons\n' : 'id,probability\n')
      const width = model.columns.length
      for (let from = 0; from < table.rows; from += BLOCK) {
        const to = Math.min(table.rows, from + BLOCK)
        const parts = reasons ? predictor.explain(table, from, to) : undefined
        let text = ''
        for (let row = from; row < to; row++) {
          text += `${quoted(ids.categories[ids.codes[row]!] ?? '')},${probabilities[row]!.toFixed(6)}`
          if (parts) {
            const own = parts.subarray((row - from) * width, (row - from + 1) * width)
            text += `,${quoted(reasonsOf(own, table.columns, model.readings, row))}`
          }
          text += '\n'
        }
        await target.writeFile(text)
        progress(to, table.rows)
      }
    } finally {
      await target.close()
    }
    await rename(`${out}.part`, out)
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    throw code ? boostingErrors['analyze.train-cannot-write']({ file: out, code }, error) : error
  }
}

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

function judge({ label }: Model, answers: CategoryColumn, all: Float64Array): ScoredFile['judged'] {
  const yes = answers.categories.map(answer => answerKey(answer) === answerKey(label.positive))
  const known = Uint32Array.from(answers.codes.keys().filter(i => answers.codes[i]! >= 0))
  const labels = Uint8Array.from(known, i => (yes[answers.codes[i]!] ? 1 : 0))
  if (!labels.includes(0) || !labels.includes(1)) return null
  const p = Float64Array.from(known, i => all[i]!)
  return {
    rows: known.length,
    auc: auc(p, labels),
    logLoss: logLossOf(
      p.map(v => Math.log(v / (1 - v))),
      labels,
    ),
    calibrationError: calibrationError(p, labels),
    topDecileLift: topDecileLift(p, labels),
  }
}
