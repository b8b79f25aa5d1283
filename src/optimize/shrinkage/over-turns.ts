import type { PastCell } from './calibration.ts'

/** Turns put together; an offer entered anew counts by what it was entered with last. */
export function overTurns(cells: readonly (PastCell & { asOf: string })[]): PastCell[] {
  const priors = new Map(cells.map(cell => [`${cell.offer}/${cell.channel}`, cell.prior]))
  return [...Map.groupBy(cells, cellKey).values()].map(its => {
    const { segment, offer, channel } = its[0]!
    const sum = (pick: (cell: PastCell) => number): number => its.reduce((total, cell) => total + pick(cell), 0)
    return {
      ...{ segment, offer, channel, prior: priors.get(`${offer}/${channel}`)! },
      ...{ contacts: sum(cell => cell.contacts), expected: sum(cell => cell.expected) },
      ...{ taken: sum(cell => cell.taken), exposure: sum(cell => cell.exposure) },
    }
  })
}

export const cellKey = ({ segment, offer, channel }: Pick<PastCell, 'segment' | 'offer' | 'channel'>): string =>
  `${segment}/${offer}/${channel}`
