import type { RepeatModel } from '../value/repeat-model.ts'
import { repeatModels } from '../value/repeat-models.ts'
import { isoDay } from './date-format.ts'
import { commandErrors } from './errors.ts'
import type { TransactionColumns } from './read-transactions.ts'

export const availableModels: readonly string[] = [...repeatModels.map(model => model.id), 'gamma-gamma']

export interface Asked {
  columns: TransactionColumns
  models: RepeatModel[]
  /** The spend model was asked for, and there are amounts to fit it on. */
  spend: boolean
  /** Asked for by name without an amount column. */
  spendWithoutAmounts: boolean
  calibrationEnd: number | undefined
  unit: 'week' | 'day'
  horizon: number | undefined
  discountRate: number
  hiatus: number | undefined
  prior: boolean
  dropDuplicates: boolean
  out: string | undefined
}

type Options = Record<string, string | boolean | string[] | undefined>

export function parseOptions(options: Options): Asked {
  const text = (name: string): string | undefined => {
    const value = options[camel(name)]
    return typeof value === 'string' ? value : undefined
  }
  const needed = (name: string): string => {
    const value = text(name)
    if (value === undefined) throw commandErrors['value.no-option']({ option: name })
    return value
  }
  const number = (name: string, least: number): number | undefined => {
    const value = text(name)
    if (value === undefined) return undefined
    const n = Number(value)
    if (value.trim() === '' || !Number.isFinite(n) || n < least)
      throw commandErrors['value.bad-option']({ option: name, value, expected: `a number from ${least}` })
    return n
  }
  const unit = text('unit') ?? 'week'
  if (unit !== 'week' && unit !== 'day')
    throw commandErrors['value.bad-option']({ option: 'unit', value: unit, expected: 'week, day' })
  const columns = {
    customer: needed('customer'),
    date: needed('date'),
    amount: text('amount'),
    currency: text('currency'),
    dateFormat: text('date-format'),
  }
  const named = text('models')
    ?.split(',')
    .map(name => name.trim().toLowerCase())
    .filter(name => name !== '')
  for (const name of named ?? [])
    if (!availableModels.includes(name))
      throw commandErrors['value.bad-option']({ option: 'models', value: name, expected: availableModels.join(', ') })
  // Periods with and without a purchase are another question than purchases: the discrete model is asked for by name.
  const models = repeatModels.filter(model => (named ? named.includes(model.id) : !model.discrete))
  if (models.length === 0)
    throw commandErrors['value.bad-option']({
      option: 'models',
      value: named?.join(',') ?? '',
      expected: `at least one of ${repeatModels.map(model => model.id).join(', ')}`,
    })
  const wantsSpend = named ? named.includes('gamma-gamma') : true
  const end = text('calibration-end')
  const horizon = number('horizon', 0)
  return {
    columns,
    models,
    spend: wantsSpend && columns.amount !== undefined,
    spendWithoutAmounts: named !== undefined && wantsSpend && columns.amount === undefined,
    calibrationEnd: end === undefined ? undefined : isoDay('calibration-end', end),
    unit,
    horizon: horizon === 0 ? undefined : horizon,
    discountRate: number('discount', 0) ?? 0,
    hiatus: number('hiatus', 0),
    prior: options['prior'] === true,
    dropDuplicates: options['dropDuplicates'] === true,
    out: text('out'),
  }
}

const camel = (name: string): string => name.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
