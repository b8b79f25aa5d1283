/**
 * Western people in lists with all sorts of columns: whoever reads them has to find out by himself what is what. Half of a person's records are
 * copies with slips, moves, initials, exchanged names and empty cells; a tenth of the people lives in the household of the one before.
 */
import { Dice } from './random.ts'

const words = (text: string): string[] => text.split(' ')
const HEADS = words(
  'ash black brad bur cal car chad clay cor cran dal den dun ed el fair far fen gar glen gold gran hal ham har hart hol hun kel ken kir lang lin lock mal man mar mid nor oak or pem pres rad rams red row rus sal shel stan stock strat sut tal thorn tre wal war wes whit win wood',
)
const TAILS = words(
  'bridge brook burn bury by cliff combe cot croft dale den don ell field ford gate ham hill house hurst ing land ley lock man mere more mouth ney port ridge sey shaw son stead stone ter thorpe ton tree vale well wick wood worth',
)
const COMMON = words('smith jones taylor brown williams wilson johnson davies robinson wright')
const GIVEN = words(
  'olivia amelia isla ava ivy freya lily florence mia rosie sophia isabella grace daisy evie poppy emily ella charlotte alice sarah emma laura claire hannah rachel rebecca susan karen julie helen margaret dorothy joan patricia noah oliver george arthur leo harry oscar henry theo freddie jack charlie thomas james william alexander edward joseph samuel daniel matthew david andrew paul mark stephen peter john michael robert richard christopher anthony kevin brian alan keith graham simon martin philip ian neil gary stuart colin derek',
)
const TRADES = words(
  'farmer clerk teacher nurse miner weaver carpenter lawyer doctor driver cook smith mason sailor soldier priest politician writer painter musician actor footballer engineer chemist',
)
const STREETS = words(
  'high church station victoria park mill green london kings queens windsor north south west springfield albert chapel grove york manor',
)
const TOWNS = words(
  'london birmingham leeds glasgow sheffield bradford liverpool edinburgh manchester bristol wakefield cardiff coventry nottingham leicester sunderland belfast newcastle brighton hull plymouth stoke derby swansea southampton aberdeen dundee york exeter',
)

export interface Western {
  given: string
  middle: string
  surname: string
  year: number
  month: number
  day: number
  trade: string
  born: string
  town: string
  street: string
  house: number
  postcode: string
  phone: string
  number: string
  male: boolean
}

/** Header and what the cell says; `row` numbers the records. A key has a value in every row. */
export type Columns = [header: string, write: (person: Western, row: number) => string | number, key?: 'key'][]

export interface List {
  header: string[]
  rows: string[][]
  /** Number of the person, by row. */
  person: number[]
}

const early = <T>(dice: Dice, list: readonly T[]): T => list[Math.floor(list.length * dice.next() ** 1.8)]!

function personOf(dice: Dice): Western {
  return {
    given: early(dice, GIVEN),
    middle: early(dice, GIVEN),
    surname: dice.chance(0.4) ? early(dice, COMMON) : dice.pick(HEADS) + dice.pick(TAILS),
    year: 1890 + dice.below(110),
    month: 1 + dice.below(12),
    day: 1 + dice.below(28),
    trade: early(dice, TRADES),
    born: early(dice, TOWNS),
    town: early(dice, TOWNS),
    street: early(dice, STREETS),
    house: 1 + dice.below(200),
    postcode: `${dice.pick(words('SW LS G B M BS'))}${1 + dice.below(30)} ${dice.below(10)}AB`,
    phone: `919${String(dice.below(1e7)).padStart(7, '0')}`,
    number: String(100_000_000 + dice.below(8e8)),
    male: dice.chance(0.5),
  }
}

function slip(dice: Dice, text: string): string {
  if (text.length < 2) return text
  const at = dice.below(text.length)
  const sign = String.fromCharCode(97 + dice.below(26))
  const [before, after] = [text.slice(0, at), text.slice(at + 1)]
  return dice.pick([
    before + after,
    before + sign + text[at] + after,
    before + sign + after,
    before + (after[0] ?? '') + text[at] + after.slice(1),
  ])
}

const SLIPPING = [
  'given',
  'middle',
  'surname',
  'trade',
  'born',
  'town',
  'street',
  'phone',
  'number',
  'postcode',
] as const

/** `faults`: 1 = about one slip, 0.6 other faults a copy. */
function copyOf(dice: Dice, person: Western, faults: number): Western {
  const copy = { ...person }
  const happens = (p: number): boolean => dice.chance(p * faults)
  for (const field of SLIPPING) if (happens(0.12)) copy[field] = slip(dice, copy[field])
  if (happens(0.1)) copy.trade = early(dice, TRADES)
  if (happens(0.1))
    Object.assign(copy, { town: early(dice, TOWNS), street: early(dice, STREETS), house: 1 + dice.below(200) })
  if (happens(0.08)) copy.day = 1 + dice.below(28)
  if (happens(0.05) && copy.day <= 12) Object.assign(copy, { day: copy.month, month: copy.day })
  if (happens(0.06)) copy.given = copy.given[0]!
  if (happens(0.05)) Object.assign(copy, { given: copy.surname, surname: copy.given })
  if (dice.chance(0.2)) copy.middle = copy.middle[0]!
  return copy
}

export function westernList(seed: number, records: number, most: number, faults: number, columns: Columns): List {
  const dice = new Dice(seed)
  const made: { cells: string[]; person: number }[] = []
  let person: Western | undefined
  for (let number = 0; made.length < records; number++) {
    const next = personOf(dice)
    const { surname, street, house, postcode, phone, town } = person ?? next
    person = dice.chance(0.1) ? { ...next, surname, street, house, postcode, phone, town } : next
    const copies = 1 + dice.below(most)
    for (let n = 0; n < copies && made.length < records; n++) {
      const copy = n === 0 ? person : copyOf(dice, person, faults)
      const row = made.length
      const cells = columns.map(([, write, key]) => (!key && dice.chance(0.1 * faults) ? '' : String(write(copy, row))))
      made.push({ cells, person: number })
    }
  }
  for (let i = made.length - 1; i > 0; i--) {
    const j = dice.below(i + 1)
    const swap = made[i]!
    made[i] = made[j]!
    made[j] = swap
  }
  return {
    header: columns.map(([header]) => header),
    rows: made.map(one => one.cells),
    person: made.map(one => one.person),
  }
}
