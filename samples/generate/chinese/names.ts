import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Name } from '../people/person.ts'
import type { Random } from '../random.ts'
import { type Characters, capital } from './characters.ts'
import { nameEras } from './given-names.ts'

export type Sex = 'M' | 'F'

/** Surnames with how many of a hundred thousand people bear them (shares below 1 in 20,000 left out). */
export function readSurnames(data: string): (readonly [string, number])[] {
  const lines = readFileSync(join(data, 'chinese/names/family_names.csv'), 'utf8').trim().split('\n').slice(1)
  return lines
    .map(line => line.split(','))
    .map(([surname, frequency]) => [surname ?? '', Number(frequency)] as const)
    .filter(([, frequency]) => frequency >= 5)
}

export function givenName(random: Random, sex: Sex, birthYear: number): string {
  const era = nameEras.find(each => birthYear <= each.until) ?? nameEras[0]
  if (!era) throw new Error('no era of names')
  const whole = era.whole[sex].split(' ')
  if (random.chance(0.35)) return random.pick(whole)
  if (random.chance(era.singleShare)) {
    const single = whole.filter(name => name.length === 1)
    return single.length ? random.pick(single) : random.pick(era.second[sex].split(' '))
  }
  return random.pick(era.first[sex].split(' ')) + random.pick(era.second[sex].split(' '))
}

export function chineseName(characters: Characters, family: string, given: string): Name {
  const familyLatin = capital(characters.surname(family))
  const givenLatin = capital([...given].map(characters.syllable).join(''))
  return { script: 'chinese', family, given, familyLatin, givenLatin }
}
