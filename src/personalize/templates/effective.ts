import type { App } from '../../platform/app.ts'

/** Before everything: what comes with the company's own files holds for every turn there can be. */
export const FROM_THE_BEGINNING = '1970-01-01'

export const today = (): string => new Date().toISOString().slice(0, 10)

export interface Dates {
  effective_from: string
  effective_to: string | null
  approved_at: Date | null
  withdrawn_at: Date | null
}

/** Whether a version is approved and valid on a business date. */
export const holdsOn = ({ effective_from, effective_to, approved_at, withdrawn_at }: Dates, day: string): boolean =>
  approved_at !== null &&
  withdrawn_at === null &&
  effective_from <= day &&
  (effective_to === null || effective_to >= day)

/** Of the versions valid on a day the one that holds from the latest date, the newest of several: `a` before `b`. */
export const byPrecedence = (a: Dates & { version: number }, b: Dates & { version: number }): number =>
  a.effective_from === b.effective_from ? b.version - a.version : a.effective_from < b.effective_from ? 1 : -1

export const versionStates = ['live', 'scheduled', 'past', 'withdrawn', 'asked'] as const
export type VersionState = (typeof versionStates)[number]

/** What a list says of each version of one template or fragment on a day. */
export function statesOn<T extends Dates & { version: number }>(
  versions: readonly T[],
  day: string,
): Map<number, VersionState> {
  const live = versions.filter(each => holdsOn(each, day)).sort(byPrecedence)[0]
  return new Map(versions.map(each => [each.version, each === live ? 'live' : stateOf(each, day)]))
}

function stateOf({ approved_at, withdrawn_at, effective_from }: Dates, day: string): VersionState {
  if (withdrawn_at) return 'withdrawn'
  if (!approved_at) return 'asked'
  return effective_from > day ? 'scheduled' : 'past'
}

/** The date that is proposed: of the newest turn, so that a version holds at once; today before the first turn. */
export async function proposedDate(app: App): Promise<string> {
  const run = await app.runs.latest('compose')
  return run === null ? today() : (await app.runs.turnOf(run)).asOf
}
