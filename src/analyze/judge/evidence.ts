import type { Text } from '../../platform/text.ts'
import type { ModelId } from '../models/model-record.ts'
import type { Findings } from './verdict.ts'

const whole = (value: number): string => Math.round(value).toLocaleString('en-GB')
const money = (minor: number): string => whole(minor / 100)
const percent = (share: number): string => `${share >= 0 ? '+' : '−'}${(Math.abs(share) * 100).toFixed(1)}%`
const rate = (share: number): string => `${(share * 100).toFixed(1)}%`

/** How the order compares with the simple rule's, said plainly. */
function against({ ranking, ruleRanking, rankingError }: Findings): Text {
  if (ranking > ruleRanking + 2 * rankingError) return { en: 'better than the rule', zh: '优于简单规则' }
  if (ranking < ruleRanking - 2 * rankingError) return { en: 'worse than the rule', zh: '不如简单规则' }
  return { en: 'the simple rule is as good', zh: '与简单规则相当' }
}

export function aboutAmounts(model: ModelId, findings: Findings): Text {
  const { expected, actual, ranking, ruleRanking } = findings
  const write = model === 'value' ? money : whole
  const what: Text =
    model === 'value' ? { en: 'margin (GBP)', zh: '毛利（英镑）' } : { en: 'purchase days', zh: '个购买日' }
  const compared = against(findings)
  const off = percent(actual / expected - 1)
  return {
    en: `12 months: expected ${write(expected)} ${what.en}, ${write(actual)} came (${off}). Correlation ${ranking.toFixed(2)}, last year repeated ${ruleRanking.toFixed(2)}: ${compared.en}.`,
    zh: `12 个月：预期 ${write(expected)} ${what.zh}，实际 ${write(actual)}（${off}）。相关系数 ${ranking.toFixed(2)}，“照去年”规则 ${ruleRanking.toFixed(2)}：${compared.zh}。`,
  }
}

export function aboutProbability(days: number, findings: Findings): Text {
  const { expected, actual, ranking, ruleRanking, calibrationError = 0 } = findings
  const compared = against(findings)
  return {
    en: `${days} days: expected ${whole(expected)} to leave, ${whole(actual)} did (${percent(actual / expected - 1)}). AUC ${ranking.toFixed(3)}, days since the last purchase alone ${ruleRanking.toFixed(3)}: ${compared.en}. Calibration error ${rate(calibrationError)}.`,
    zh: `${days} 天：预期流失 ${whole(expected)} 人，实际 ${whole(actual)} 人（${percent(actual / expected - 1)}）。AUC ${ranking.toFixed(3)}，仅按最近购买天数 ${ruleRanking.toFixed(3)}：${compared.zh}。校准误差 ${rate(calibrationError)}。`,
  }
}

export const aboutProposals = (customers: number, hit: number, best: number): Text => ({
  en: `Of the new products proposed to ${whole(customers)} customers ${rate(hit)} were bought within 12 months; of best-sellers they had not bought, ${rate(best)}.`,
  zh: `向 ${whole(customers)} 位客户推荐的新商品中，12 个月内购买了 ${rate(hit)}；若推荐其未买过的畅销品，则为 ${rate(best)}。`,
})

export const notYet = (lastDay: string, days: number): Text => ({
  en: `Not judged: its ${days} days have not passed; purchases are known up to ${lastDay}.`,
  zh: `尚未评判：${days} 天的期限未到；购买数据截至 ${lastDay}。`,
})
