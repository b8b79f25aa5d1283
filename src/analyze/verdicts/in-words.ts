import type { Text } from '../../platform/text.ts'
import type { JudgedEvidence } from './judge-segments.ts'
import type { NeedEvidence } from './need-outcomes.ts'
import type { Kind } from './segment-evidence.ts'

export const kindNames: Record<Kind, Text> = {
  response: { en: 'answers to offers', zh: '对优惠的答复' },
  leaving: { en: 'customers leaving', zh: '客户流失' },
  value: { en: 'margin of the year after', zh: '其后一年的毛利' },
}

export const whole = (value: number): string => Math.round(value).toLocaleString('en-GB')
const times = (value: number): string => value.toFixed(2)

/** Figures of one kind of prediction in a sentence; amounts in major units. */
export function evidenceInWords({ kind, asOf, expected, observed, low, high, adjusted }: JudgedEvidence): Text {
  const unit = kind === 'value' ? 100 : 1
  const [said, came] = [whole(expected / unit), whole(observed / unit)]
  const odds = Math.exp(Math.min(20, Math.max(-20, adjusted)))
  const strength = odds >= 1 ? `${odds >= 1000 ? '> 1000' : odds.toFixed(1)} : 1` : '–'
  const scale: Text =
    kind === 'response' ? { en: 'odds', zh: '赔率比' } : { en: 'what came over what was said', zh: '实际与预测之比' }
  return {
    en: `As of ${asOf}, ${kindNames[kind].en}: ${said} expected, ${came} came; ${scale.en} ${times(low)} to ${times(high)}; evidence against it ${strength} after all tests.`,
    zh: `截至 ${asOf}，${kindNames[kind].zh}：预期 ${said}，实际 ${came}；${scale.zh} ${times(low)} 至 ${times(high)}；计入全部检验后的反对证据 ${strength}。`,
  }
}

export function needInWords(need: NeedEvidence): Text {
  const { asOf, turns, proposed, bought, expected, times: ratio, low, high } = need
  const found = ratio === null ? '–' : times(ratio)
  const since: Text =
    turns === 1
      ? { en: `As of ${asOf}`, zh: `截至 ${asOf}` }
      : { en: `Over ${turns} quarters, the last as of ${asOf}`, zh: `共 ${turns} 个季度，最近截至 ${asOf}` }
  return {
    en: `${since.en}: proposed ${whole(proposed)} times, ${whole(bought)} bought it within 90 days, ${expected.toFixed(1)} would have by chance; ${found} times as likely as others (odds ${times(low)} to ${times(high)}).`,
    zh: `${since.zh}：推荐 ${whole(proposed)} 人次，90 天内 ${whole(bought)} 人购买，随机预期 ${expected.toFixed(1)}；为他人的 ${found} 倍（赔率比 ${times(low)} 至 ${times(high)}）。`,
  }
}
