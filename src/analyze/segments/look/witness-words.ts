import type { Text } from '../../../platform/text.ts'
import type { FeatureValue } from '../domain.ts'
import type { Witness } from '../prove.ts'
import type { Catalogue } from '../rule-catalogue.ts'

export interface WitnessLine {
  feature: string
  name: Text
  value: Text
}

/** The customer who shows where the rules fail, feature by feature, as people would describe him. */
export const witnessInWords = (witness: Witness, { wordsOf }: Catalogue): WitnessLine[] =>
  Object.entries(witness).map(([feature, value]) => {
    const { name, write } = wordsOf(feature)
    return { feature, name, value: valueInWords(value, write) }
  })

function valueInWords(value: FeatureValue, write: (value: number | string) => Text): Text {
  if (value === null) return { en: 'not known', zh: '未知' }
  if (typeof value === 'number') return write(value)
  if (typeof value === 'string')
    return /^…+$/.test(value)
      ? { en: 'something else', zh: '其他' }
      : value === ''
        ? { en: 'empty', zh: '空' }
        : write(value)
  return value.length === 0
    ? { en: 'none of those named', zh: '不含所列任何一项' }
    : { en: value.join(', '), zh: value.join('、') }
}
