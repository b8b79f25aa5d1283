import type { Text } from '../../platform/text.ts'
import type { MonthAmount } from '../charts/months.ts'
import type { Data } from '../compose/check-data.ts'
import { type Basis, statementMonth } from '../plan/planned.ts'
import type { StatementLine } from './statements.ts'
import { addDays, TERM_DAYS } from './terms.ts'

/** A month's statement: its documents, what they come to, and the year up to it. */
export function billData(
  basis: Basis,
  lines: readonly StatementLine[],
  months: MonthAmount[] | null,
  say: (text: Text) => string,
): Data {
  const line = ({ invoice, date, pieces, amount, articles, nameEn, nameZh }: StatementLine) => ({
    date,
    number: invoice,
    text: say(goods({ en: nameEn || nameZh, zh: nameZh || nameEn }, articles)),
    pieces,
    amount,
  })
  return {
    due: addDays(basis.asOf, TERM_DAYS),
    period: { month: statementMonth(basis.asOf).month },
    invoices: lines.filter(({ isReturn }) => !isReturn).map(line),
    returns: lines.filter(({ isReturn }) => isReturn).map(line),
    total: lines.reduce((sum, { amount }) => sum + amount, 0),
    months,
  }
}

function goods({ en, zh }: Text, articles: number): Text {
  const short = { en: en.slice(0, 60), zh: zh.slice(0, 60) }
  if (articles < 2) return short
  return { en: `${short.en} and ${articles - 1} more`, zh: `${short.zh}等 ${articles} 种` }
}
