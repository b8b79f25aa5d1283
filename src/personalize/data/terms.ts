/** Days in which an offer or a statement's total holds. */
export const TERM_DAYS = 30

export const addDays = (iso: string, days: number): string =>
  new Date(Date.parse(`${iso}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
