export const asDate = (at: Date): string => at.toISOString().slice(0, 10)

export const daysAfter = (day: string, days: number): string =>
  asDate(new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000))
