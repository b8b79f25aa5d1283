import { useText } from '../../../i18n/use-text.ts'

/** Money of one currency, and the interval around it. */
export function useMoneyRange(currency: string) {
  const { t, money } = useText()
  const write = (minor: number): string => money(minor, currency || 'GBP')
  return {
    money: write,
    between: ({ lowMinor, highMinor }: { lowMinor: number; highMinor: number }): string =>
      t('worth.between', { low: write(lowMinor), high: write(highMinor) }),
  }
}
