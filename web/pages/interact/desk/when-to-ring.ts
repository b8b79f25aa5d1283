/** As `datetime-local` writes it, in the zone of who looks. */
export function localTime(at: Date): string {
  const two = (n: number): string => String(n).padStart(2, '0')
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}`
}

const MORNING = 10
const MONDAY = 1

/** The times customers ask for most: in an hour, tomorrow morning, Monday morning. */
export function whenToRing(now: Date): { name: 'hour' | 'tomorrow' | 'monday'; at: Date }[] {
  const morning = (days: number): Date => {
    const at = new Date(now)
    at.setDate(at.getDate() + days)
    at.setHours(MORNING, 0, 0, 0)
    return at
  }
  const toMonday = (MONDAY - now.getDay() + 7) % 7 || 7
  return [
    { name: 'hour', at: new Date(now.getTime() + 3_600_000) },
    { name: 'tomorrow', at: morning(1) },
    ...(toMonday > 1 ? [{ name: 'monday' as const, at: morning(toMonday) }] : []),
  ]
}
