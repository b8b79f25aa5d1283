import { featureById } from '../features/catalogue.ts'
import type { FeatureProfile } from '../features/profile.ts'
import type { InputCounts } from './check-input.ts'
import type { InputNote } from './note.ts'

/** Fewer buyers than this and no model has anything to learn from (the fits ask for 20, the classifiers for 100). */
export const FEW_BUYERS = 100

/** Counts in the words of the person who reads them; in the order of what matters most. */
export function notesOf(counts: InputCounts, profile: readonly FeatureProfile[]): InputNote[] {
  const { lines } = counts
  const [main, ...others] = counts.currencies
  const foreign = others.reduce((sum, other) => sum + other.lines, 0)
  const constant = profile.filter(
    ({ id, number, known, rows }) =>
      known > 0 && rows > 1 && number && number.min === number.max && featureById.get(id)?.predictor,
  )
  const notes: (InputNote | false)[] = [
    foreign > 0 && {
      id: 'currencies',
      tone: 'bad',
      rows: foreign,
      title: {
        en: `${foreign} sale lines are not in ${main!.currency}`,
        zh: `有 ${foreign} 行销售不是以 ${main!.currency} 计价`,
      },
      handled: {
        en: `Amounts of several currencies cannot be added. Only lines in ${main!.currency}, the currency of most, count as purchases. Convert the others before importing them.`,
        zh: `不同币种的金额不能相加。只有占多数的 ${main!.currency} 的行计为购买；其余请换算后再导入。`,
      },
      examples: others.map(({ currency, lines: count, file }) => `${currency || '?'}: ${count} (${file})`),
    },
    lines === 0 && {
      id: 'no-purchases',
      tone: 'bad',
      rows: 0,
      title: { en: 'No sale line belongs to a known customer', zh: '没有任何销售行属于已知客户' },
      handled: {
        en: 'Value, churn and next products need purchases and were not computed. Check that sales name accounts that the people files name too.',
        zh: '价值、流失与推荐产品需要购买记录，因而未计算。请检查销售文件中的账号是否也出现在客户文件中。',
      },
      examples: [],
    },
    counts.buyers > 0 &&
      counts.buyers < FEW_BUYERS && {
        id: 'few-buyers',
        tone: 'warn',
        rows: counts.buyers,
        title: { en: `Only ${counts.buyers} customers have bought`, zh: `只有 ${counts.buyers} 位客户购买过` },
        handled: {
          en: `Models learn little from fewer than ${FEW_BUYERS}. Where a model could not be fitted it says so on the models page, and the simple rule is used.`,
          zh: `少于 ${FEW_BUYERS} 位时模型学不到什么。无法拟合的模型会在“模型”页说明，并改用简单规则。`,
        },
        examples: [],
      },
    counts.future > 0 && {
      id: 'future',
      tone: 'warn',
      rows: counts.future,
      title: {
        en: `${counts.future} sale lines are dated in the future`,
        zh: `有 ${counts.future} 行销售的日期在未来`,
      },
      handled: {
        en: 'They count from the turn of their day on, not now. Correct the date in the source if it is wrong.',
        zh: '到其日期的那一轮才会计入，现在不计。若日期有误，请在来源中更正。',
      },
      examples: counts.odd.future,
    },
    counts.negative > 0 && {
      id: 'negative',
      tone: 'warn',
      rows: counts.negative,
      title: {
        en: `${counts.negative} lines have a negative amount and are no returns`,
        zh: `有 ${counts.negative} 行金额为负但不是退货`,
      },
      handled: {
        en: 'They lower the net amount and the margin, and count neither as purchases nor as returned invoices.',
        zh: '计入净额与毛利的减项，既不计为购买，也不计为退货单据。',
      },
      examples: counts.odd.negative,
    },
    counts.returnsAbove > 0 && {
      id: 'returns-above',
      tone: 'warn',
      rows: counts.returnsAbove,
      title: {
        en: `${counts.returnsAbove} returned lines have a positive amount`,
        zh: `有 ${counts.returnsAbove} 行退货的金额为正`,
      },
      handled: {
        en: 'They raise the net amount and count as no purchase. Check the signs in the source.',
        zh: '会增加净额，但不计为购买。请检查来源中的正负号。',
      },
      examples: counts.odd.returnsAbove,
    },
    counts.returnedMore > 0 && {
      id: 'returned-more',
      tone: 'warn',
      rows: counts.returnedMore,
      title: {
        en: `${counts.returnedMore} customers returned more than they bought`,
        zh: `有 ${counts.returnedMore} 位客户的退货额大于购买额`,
      },
      handled: {
        en: 'Their net amount is below nought, their return rate is held at 100 %. Often the purchase lies before the first day imported.',
        zh: '其净额为负，退货率按 100% 计。通常是因为购买发生在导入的最早日期之前。',
      },
      examples: counts.returnedMoreExamples,
    },
    counts.zero > 0 && {
      id: 'zero',
      tone: 'info',
      rows: counts.zero,
      title: { en: `${counts.zero} lines of goods cost nothing`, zh: `有 ${counts.zero} 行商品金额为零` },
      handled: { en: 'Gifts and corrections: they count as no purchase.', zh: '视为赠品或更正，不计为购买。' },
      examples: counts.odd.zero,
    },
    counts.duplicates > 0 && {
      id: 'duplicates',
      tone: 'info',
      rows: counts.duplicates,
      title: {
        en: `${counts.duplicates} lines repeat another of the same invoice in everything but the line number`,
        zh: `有 ${counts.duplicates} 行与同一发票的另一行除行号外完全相同`,
      },
      handled: {
        en: 'They are counted as the invoice has them: the same article may be rung up twice. Lines imported twice were left out before.',
        zh: '按发票原样计入：同一商品可能分两次录入。重复导入的行此前已剔除。',
      },
      examples: [...new Set(counts.duplicateExamples)],
    },
    counts.neverBought > 0 && {
      id: 'never-bought',
      tone: 'info',
      rows: counts.neverBought,
      title: { en: `${counts.neverBought} customers have never bought`, zh: `有 ${counts.neverBought} 位客户从未购买` },
      handled: {
        en: 'They stand in the features and the segments with noughts; value and churn are not stated for them.',
        zh: '以零值计入特征与类别；不给出其价值与流失概率。',
      },
      examples: [],
    },
    constant.length > 0 && {
      id: 'constant',
      tone: 'info',
      rows: constant.length,
      title: {
        en: `${constant.length} features are the same for everybody`,
        zh: `有 ${constant.length} 个特征对所有客户都相同`,
      },
      handled: {
        en: 'They tell no customers apart; models give them no weight.',
        zh: '无法区分客户；模型不赋予其权重。',
      },
      examples: constant.map(({ id }) => id),
    },
  ]
  return notes.filter(note => note !== false)
}
