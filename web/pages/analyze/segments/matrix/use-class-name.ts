import type { MatrixView } from '../../../../api/segments.ts'
import { useCurrency } from '../../../../api/use-currency.ts'
import { useText } from '../../../../i18n/use-text.ts'

/** A class by its limits: below 30 %, 30 to 60 %, 60 % or more. */
export function useClassName(
  data: Pick<MatrixView, 'valueCuts' | 'churnCuts'>,
): (axis: 'value' | 'churn', at: number) => string {
  const { t, percent, money } = useText()
  const currency = useCurrency()
  return (axis, at) => {
    const cuts = axis === 'value' ? data.valueCuts : data.churnCuts
    const say = (cut: number) => (axis === 'value' ? money(cut, currency, { pennies: false }) : percent(cut, 0))
    const name = t(axis === 'value' ? 'matrix.value-axis' : 'matrix.churn-axis')
    if (at === 0) return t('matrix.below', { name, limit: say(cuts[0] ?? 0) })
    const low = say(cuts[at - 1] ?? 0)
    return at === cuts.length
      ? t('matrix.from', { name, limit: low })
      : t('matrix.between', { name, low, high: say(cuts[at] ?? 0) })
  }
}
