import type { Random } from '../random.ts'

/**
 * Chinese mobiles: real network prefixes, but only seven-digit segments for which libphonenumber's geocoding knows no place (read
 * from its geocoding/zh/86.txt), so that they look right and validate, and no town's subscriber is meant.
 */
const chineseSegments =
  '1309010-1309023 1309030-1309041 1309070-1309099 1330020-1330029 1330040-1330049 1333400-1333429 1333440-1333469 1333480-1333499 1334420-1334429 1334446-1334459 1344710-1344753 1344797-1344853 1344900-1344953 1534100-1534199 1578000-1578999 1579300-1579399 1579500-1579699 1805470-1805479 1807680-1807689 1852580-1852599 1852740-1852799 1852970-1852999 1853610-1853649 1854040-1854299 1854400-1854499 1854833-1854869 1856400-1856499 1859005-1859069 1859960-1859989 1864470-1864479 1870840-1870849 1882130-1882159 1883600-1883699 1884820-1884849 1888420-1888489'
    .split(' ')
    .map(range => range.split('-').map(Number))
    .flatMap(([from = 0, to = 0]) => Array.from({ length: to - from + 1 }, (_, at) => String(from + at)))

/**
 * British mobiles: Ofcom keeps only a thousand for drama (07700 900000–900999) and validators refuse those, so they are drawn from
 * four blocks beside and like it that validators know as mobile. The sample's transports are local files: nothing is sent there.
 */
const britishBlocks = ['077000', '077001', '079112', '079118']

export class Phones {
  readonly #taken = new Set<string>()

  #once(draw: () => string): string {
    for (;;) {
      const number = draw()
      if (this.#taken.has(number)) continue
      this.#taken.add(number)
      return number
    }
  }

  /** National digits: 11 in China, 11 with the leading 0 in Britain. */
  mobile(random: Random, country: 'CN' | 'GB'): string {
    return this.#once(() =>
      country === 'CN'
        ? random.pick(chineseSegments) + random.digits(4)
        : random.pick(britishBlocks) + random.digits(5),
    )
  }

  /** With area code. China: 5550xxxx or 555xxxx/550xxxx of no exchange in particular; Britain: the block kept for drama. */
  landline(random: Random, country: 'CN' | 'GB', dial: string, digits: 7 | 8): string {
    if (country === 'CN')
      return this.#once(() => dial + (digits === 8 ? '5550' : random.pick(['222', '333'])) + random.digits(4))
    return this.#once(() => dial + random.digits(11 - dial.length))
  }
}
