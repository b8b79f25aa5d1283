import type { Person } from '../people/person.ts'
import type { Random } from '../random.ts'
import { observe } from './observe.ts'
import { type Sighting, type Source, sources } from './sighting.ts'

/** Rows no importer may take in, per source: a date that is none, a birth to come, a number too long, nobody to be found. */
export const badRowCounts: Record<
  Source,
  Record<'impossible_date' | 'future_birth' | 'number_overflow' | 'nobody', number>
> = {
  crm: { impossible_date: 7, future_birth: 4, number_overflow: 3, nobody: 4 },
  webshop: { impossible_date: 5, future_birth: 3, number_overflow: 3, nobody: 3 },
  callcentre: { impossible_date: 5, future_birth: 3, number_overflow: 2, nobody: 3 },
}

const impossible = ['2011-02-30', '1985-13-07', '1979-06-31', '1990-00-12', '1968-04-45', '1977-02-29']

export function drawBadRows(random: Random, people: Person[]): Sighting[] {
  const candidates = people.filter(person => person.kind === 'person' && !person.keep.length)
  return sources.flatMap(source =>
    Object.entries(badRowCounts[source]).flatMap(([error, count]) =>
      Array.from({ length: count }, (_, at): Sighting => {
        const row = { ...observe(random, random.pick(candidates), source), mistakes: [], quarantine: true }
        const truth = row.person.birth
        const spoilt = (
          change: Partial<Sighting>,
          field: Sighting['mistakes'][number]['field'],
          right: string,
        ): Sighting => ({ ...row, ...change, mistakes: [{ field, error, truth: right }] })
        if (error === 'impossible_date')
          return spoilt({ birth: impossible[at % impossible.length] ?? '' }, 'birth_date', truth)
        if (error === 'future_birth')
          return spoilt(
            { birth: `20${random.int(31, 78)}-0${random.int(1, 9)}-1${random.int(0, 9)}` },
            'birth_date',
            truth,
          )
        if (error === 'number_overflow') return spoilt({ points: `9${random.digits(24)}` }, 'points', row.points)
        return spoilt(
          {
            name: null,
            mobile: null,
            mobile2: null,
            landline: null,
            email: null,
            address: null,
            postcode: null,
            address2: null,
            idNumber: null,
          },
          'row',
          row.person.id,
        )
      }),
    ),
  )
}
