import type { Text } from '../../platform/text.ts'
import { repeatModels } from '../value/repeat-models.ts'

/** Names and texts of the value pages. */

export const modelName = (id: string): string => models[id] ?? id

const models: Record<string, string> = {
  'bg-nbd': 'BG/NBD',
  'mbg-nbd': 'MBG/NBD',
  'pareto-nbd': 'Pareto/NBD',
  'bg-bb': 'BG/BB',
}

export const sourceOf = (id: string): string => repeatModels.find(model => model.id === id)?.source ?? ''

export const ruleNames: Record<string, Text> = {
  hiatus: { en: 'Silent too long is gone', zh: '沉默过久即流失' },
  'last-period-repeat': { en: 'The next period as the last', zh: '下期与上期相同' },
}

export const problemTexts: Record<string, Text> = {
  'too-few-customers': { en: 'fewer than 30 customers', zh: '客户不足 30 位' },
  'no-repeats': { en: 'nobody bought a second time', zh: '没有重复购买' },
  'no-optimum': { en: 'the fit did not converge and is not used', zh: '拟合未收敛，不予使用' },
}

export const problemText = (problem: string | null): Text | null =>
  problem === null ? null : (problemTexts[problem] ?? { en: problem, zh: problem })
