import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readCharacters } from './chinese/characters.ts'
import { readDistricts } from './chinese/divisions.ts'
import { readSurnames } from './chinese/names.ts'
import { Emails } from './people/emails.ts'
import { Phones } from './people/phones.ts'
import { makePopulation } from './people/population.ts'
import type { World } from './people/world.ts'
import { makeProducts, writeProducts } from './products/products.ts'
import { Random } from './random.ts'
import { writeRegions } from './regions.ts'
import { drawBadRows } from './rows/bad-rows.ts'
import { drawRows } from './rows/draw-rows.ts'
import { writePeople } from './rows/write-people.ts'
import { makeSales } from './sales.ts'
import { writeSurvey } from './survey.ts'
import { writeTruth } from './truth.ts'

export const seed = 'huiyin sample 2010-12-01'

/** Writes data/ and truth/ of the sample company into `into`, from the public data in `data`. */
export function makeSample(data: string, into: string): void {
  for (const folder of ['data', 'truth']) mkdirSync(join(into, folder), { recursive: true })
  const random = (part: string) => new Random(`${seed}/${part}`)
  const facts = makeSales(data, join(into, 'data'))
  const characters = readCharacters(data)
  const world: World = {
    characters,
    surnames: readSurnames(data),
    districts: readDistricts(data),
    phones: new Phones(),
    emails: new Emails(),
  }
  const people = makePopulation(random('people'), world, facts.customers)
  const rowRandom = random('rows')
  const drawn = people.flatMap(person => drawRows(rowRandom, world, person))
  const { files, rows } = writePeople(random('files'), [...drawn, ...drawBadRows(random('bad rows'), people)])
  const products = makeProducts(facts)
  const all: Record<string, Buffer> = {
    ...files,
    ...writeTruth(rows),
    'data/products.csv': writeProducts(random('products'), products),
    'data/regions.csv': writeRegions(random('regions'), characters, world.districts),
    'data/survey.csv': writeSurvey(
      random('survey'),
      drawn.filter(row => !row.quarantine),
      facts,
      products,
    ),
  }
  for (const [name, bytes] of Object.entries(all)) writeFileSync(join(into, name), bytes)
}
