import type { Text } from '../../platform/text.ts'
import { lookAtColumns } from '../boosting/look-at-columns.ts'
import { readTable } from '../boosting/read-table.ts'
import { readTrainingFile } from '../boosting/read-training-file.ts'
import { type CategoryColumn, takeTableRows } from '../boosting/table.ts'
import { upliftErrors } from './errors.ts'
import type { Experiment } from './experiment.ts'
import { upliftNotes } from './notes.ts'

export interface ExperimentOptions {
  treatment: string
  outcome: string
  treated?: string
  control?: string
  positive?: string
  exclude: readonly string[]
  id?: string
}

export interface ExperimentFile {
  experiment: Experiment
  /** Of each row used: its line among the data rows of the file (from 1), or its id. */
  ids: string[]
  arms: { treated: string; control: string }
  positive: string
  leftOut: { column: string; why: Text }[]
  warnings: Text[]
}

/** Answers that mean "not treated" where nobody said which does. */
const CONTROL = [
  '0',
  '0.0',
  'no',
  'n',
  'false',
  'f',
  'control',
  'holdout',
  'hold-out',
  'none',
  '否',
  '对照',
  '对照组',
  '无',
]

/** Reads the file of a trial: treatment and outcome as 0 and 1, all other columns as what was known before. */
export async function readExperiment(file: string, options: ExperimentOptions): Promise<ExperimentFile> {
  const { treatment, outcome, id } = options
  if (treatment === outcome) throw upliftErrors['analyze.uplift-same-column']({ column: outcome })
  const named = [treatment, ...(id === undefined ? [] : [id])]
  const read = await readTrainingFile(file, {
    label: outcome,
    ...(options.positive === undefined ? {} : { positive: options.positive }),
    exclude: [...new Set([...options.exclude, ...named])],
  })
  await lookAtColumns(file, new Set(named))
  const told = await readTable(
    file,
    read.fileRows,
    named.map(name => ({ name, reading: 'category', categories: [] })),
  )
  const arm = told.columns[0] as CategoryColumn
  const arms = armsOf(file, arm, options)
  const codes = { treated: arm.categories.indexOf(arms.treated), control: arm.categories.indexOf(arms.control) }
  const inTrial = (row: number) => arm.codes[row] === codes.treated || arm.codes[row] === codes.control
  const places = Uint32Array.from(read.rows.keys().filter(k => inTrial(read.rows[k]!)))
  const ids = told.columns[1] as CategoryColumn | undefined
  const warnings = [...read.warnings]
  if (places.length < read.rows.length) warnings.push(upliftNotes.leftOut(read.rows.length - places.length, treatment))
  return {
    experiment: {
      table: takeTableRows(read.table, places),
      treated: Uint8Array.from(places, k => (arm.codes[read.rows[k]!] === codes.treated ? 1 : 0)),
      outcome: Uint8Array.from(places, k => read.labels[k]!),
    },
    ids: Array.from(places, k => {
      const row = read.rows[k]!
      return ids ? (ids.categories[ids.codes[row]!] ?? '') : String(row + 1)
    }),
    arms,
    positive: read.positive,
    leftOut: read.leftOut.filter(({ column }) => !named.includes(column)),
    warnings,
  }
}

function armsOf(
  file: string,
  column: CategoryColumn,
  options: ExperimentOptions,
): { treated: string; control: string } {
  const all = column.categories
  const values = all.slice(0, 8).join(', ')
  if (all.length < 2)
    throw upliftErrors['analyze.uplift-one-arm']({ file, column: options.treatment, value: all[0] ?? '' })
  const find = (given: string | undefined): string | undefined => {
    if (given === undefined) return undefined
    const wanted = given.trim().toLowerCase()
    const same = all.find(
      value => value.toLowerCase() === wanted || (wanted !== '' && Number(value) === Number(wanted)),
    )
    if (same === undefined)
      throw upliftErrors['analyze.uplift-no-arm']({ file, column: options.treatment, value: given, values })
    return same
  }
  const guessed = all.filter(value => CONTROL.includes(value.toLowerCase()))
  const control = find(options.control) ?? (guessed.length === 1 ? guessed[0] : undefined)
  const others = all.filter(value => value !== control)
  const treated = find(options.treated) ?? (others.length === 1 ? others[0] : undefined)
  const rest = control ?? (all.length === 2 && treated ? all.find(value => value !== treated) : undefined)
  if (treated === undefined || rest === undefined || treated === rest)
    throw upliftErrors['analyze.uplift-arms']({ file, column: options.treatment, values })
  return { treated, control: rest }
}
