const DAY = 86_400_000

/** ISO dates: the one so many days before (after, when negative). */
export const daysBefore = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) - days * DAY).toISOString().slice(0, 10)
