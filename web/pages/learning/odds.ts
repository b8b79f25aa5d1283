import type { Speech } from '../../i18n/use-text.ts'

/** Odds as people say them. */
export const oddsInWords = (odds: number, t: Speech['t'], number: Speech['number']): string =>
  odds >= 1000 ? t('learned.odds-strong') : t('learned.odds-note', { odds: number(odds, 1) })
