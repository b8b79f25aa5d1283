import { resolve } from 'node:path'
import type { Command } from '../../platform/app.ts'
import { type Asked, availableModels, parseOptions } from './options.ts'
import { checkCalibrationEnd, purchaseHistories } from './purchase-histories.ts'
import { readTransactions } from './read-transactions.ts'
import { report } from './report.ts'
import { valueOfFile } from './value-of-file.ts'
import { writeCustomers } from './write-customers.ts'

/** `huiyin value`: a file of purchases in, models and customers out; needs no data folder. */
export const valueCommand: Command = {
  name: 'value <transactions>',
  summary: {
    en: 'What customers are worth, from a file of purchases: purchase and spend models, tested on what followed',
    zh: '由购买记录文件估计客户价值：购买与金额模型，并以其后的购买检验',
  },
  options: [
    ['--customer <column>', 'column of the customer (heading, or number from 1)'],
    ['--date <column>', 'column of the date'],
    ['--amount <column>', 'column of the amount; returns are negative'],
    ['--currency <column>', 'column of the currency (default: one headed currency)'],
    ['--date-format <format>', 'YYYY-MM-DD, YYYYMMDD, DD/MM/YYYY, MM/DD/YYYY … (default: found out)'],
    ['--calibration-end <date>', 'fit on what was bought up to this day, test on the rest'],
    ['--unit <unit>', 'week or day (default: week)'],
    ['--models <list>', `of ${availableModels.join(', ')} (default: all but bg-bb)`],
    ['--horizon <units>', 'how far expected purchases and values reach (default: the holdout, else a year)'],
    ['--discount <rate>', 'yearly discount rate, e.g. 0.1 (default: 0)'],
    ['--hiatus <units>', 'silence after which the simple rule takes a customer for gone (default: learned)'],
    ['--prior', 'weak priors instead of maximum likelihood'],
    ['--drop-duplicates', 'leave out rows that stand twice'],
    ['--out <file>', 'where to write the customers as CSV'],
  ],
  needsApp: false,
  async run({ args, cwd, options, progress, lang }) {
    const asked: Asked = parseOptions(options)
    const file = resolve(cwd, args[0]!)
    const steps = asked.models.length + 3
    let done = 0
    const step = (what: string) => progress(done++, steps, what)
    step('read')
    const transactions = await readTransactions(file, asked.columns, lang)
    const histories = purchaseHistories(transactions, asked.dropDuplicates)
    const end = asked.calibrationEnd ?? histories.lastDay
    checkCalibrationEnd(histories, end, file, transactions.line[0] ?? 1)
    const holdoutEnd = Math.max(end, histories.lastDay)
    const daysPerUnit = asked.unit === 'week' ? 7 : 1
    const unitsPerYear = asked.unit === 'week' ? 365.25 / 7 : 365.25
    const year = asked.unit === 'week' ? 52 : 365
    const horizon = asked.horizon ?? (holdoutEnd > end ? (holdoutEnd - end) / daysPerUnit : year)
    const result = valueOfFile(
      histories,
      { ...asked, calibrationEnd: end, holdoutEnd, daysPerUnit, unitsPerYear, horizon },
      step,
    )
    if (asked.out !== undefined) {
      step('write')
      await writeCustomers(resolve(cwd, asked.out), result, key => transactions.customers.text(key))
    }
    progress(steps, steps)
    const { json, text } = report({
      file,
      asked,
      transactions,
      histories,
      end,
      holdoutEnd,
      horizon,
      daysPerUnit,
      result,
      lang,
    })
    return { json, text, ...(result.chosen === undefined ? { exit: 1 } : {}) }
  },
}
