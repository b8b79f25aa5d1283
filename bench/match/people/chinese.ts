/**
 * Chinese people as customer lists hold them, with the person's number as the truth. Further records of a person carry the faults of
 * the trade: a character that sounds or looks alike, the name in pinyin (with or without a space, in either order, as a dialect says it),
 * traditional characters, a digit of the telephone or the birth date, day and month exchanged, a new telephone, a move, empty fields.
 */
import { Converter } from 'opencc-js'
import { residentCheckDigit } from '../../../src/collect/standardise/id-number.ts'
import { soundOf, surnameSound } from '../../../src/collect/standardise/pinyin.ts'
import { type District, districts, GIVEN, STREETS, surnames } from './lists.ts'
import { Dice } from './random.ts'

export const COLUMNS = ['编号', '姓名', '性别', '出生日期', '身份证号', '手机', '电子邮箱', '居住地址', '职业'] as const

export interface ChinesePeople {
  rows: string[][]
  /** Number of the person, by row. */
  person: number[]
}

interface Person {
  surname: string
  given: string
  male: boolean
  birth: string
  id: string
  phone: string
  email: string
  home: string
  job: string
}

const JOBS =
  '教师 医生 护士 司机 会计 工人 农民 律师 程序员 销售 公务员 学生 退休 厨师 设计师 记者 工程师 个体户'.split(' ')
const HOSTS = 'qq.com 163.com 126.com sina.com gmail.com foxmail.com outlook.com'.split(' ')
const PREFIXES =
  '130 131 133 135 136 137 138 139 150 151 152 155 158 159 166 177 178 180 181 185 186 187 188 189 199'.split(' ')
/** Characters that hands and eyes take for each other. */
const LOOK_ALIKE =
  '曰日 己已 未末 士土 人入 千干 天夫 大太 王玉 今令 刘刭 析折 晴睛 侯候 冶治 免兔 卢户 孙孔 陈阵 洋样 丽俪 杨扬 肖尚 苹萍 玲铃 静净 娜那 莉利 慧惠 晓晚 建健 国囯 华毕 军车 林森'.split(
    ' ',
  )
/** What the dialects of the south and the south-west do not tell apart. */
const DIALECT: [RegExp, string][] = [
  [/^zh/, 'z'],
  [/^ch/, 'c'],
  [/^sh/, 's'],
  [/^n/, 'l'],
  [/^l/, 'n'],
  [/^hu(?=[aei])/, 'f'],
  [/ing$/, 'in'],
  [/eng$/, 'en'],
  [/ang$/, 'an'],
  [/in$/, 'ing'],
  [/en$/, 'eng'],
]

const two = (n: number): string => String(n).padStart(2, '0')

class Maker {
  private readonly dice: Dice
  private readonly surnames = surnames()
  private readonly total = this.surnames.reduce((sum, [, weight]) => sum + weight, 0)
  private readonly districts = districts()
  private readonly given = [...GIVEN]
  private readonly alike = new Map<string, string[]>()
  private readonly traditional = Converter({ from: 'cn', to: 't' })

  constructor(seed: number) {
    this.dice = new Dice(seed)
    const bySound = new Map<string, string[]>()
    for (const char of new Set([
      ...this.given,
      ...this.surnames.map(([name]) => name).filter(name => name.length === 1),
    ])) {
      const sound = soundOf(char)
      bySound.set(sound, [...(bySound.get(sound) ?? []), char])
    }
    for (const same of bySound.values())
      for (const char of same)
        this.alike.set(
          char,
          same.filter(other => other !== char),
        )
  }

  private givenChar = (): string => this.given[Math.floor(this.given.length * this.dice.next() ** 1.6)]!

  private phone = (): string => this.dice.pick(PREFIXES) + String(this.dice.below(1e8)).padStart(8, '0')

  private home(): string {
    const { province, city, name } = this.dice.pick(this.districts) as District
    const road = this.dice.pick(STREETS) + (this.dice.chance(0.8) ? '路' : '街')
    const house = `${1 + this.dice.below(600)}号${1 + this.dice.below(30)}栋${1 + this.dice.below(4)}单元${1 + this.dice.below(24)}0${1 + this.dice.below(4)}室`
    return `${province === city ? '' : province}${city}${name}${road}${house}`
  }

  person(): Person {
    const { dice } = this
    const surname = dice.weighted(this.surnames, this.total)
    const given = this.givenChar() + (dice.chance(0.82) ? this.givenChar() : '')
    const male = dice.chance(0.5)
    const birth = `${1940 + dice.below(66)}-${two(1 + dice.below(12))}-${two(1 + dice.below(28))}`
    const seventeen =
      dice.pick(this.districts).code.slice(0, 6) +
      birth.replaceAll('-', '') +
      two(dice.below(100)) +
      String(dice.below(5) * 2 + (male ? 1 : 0))
    const local = dice.chance(0.4)
      ? String(10_000 + dice.below(2e9))
      : `${soundOf(surname)}${soundOf(given)}${dice.below(1000)}`
    return {
      surname,
      given,
      male,
      birth,
      id: seventeen + residentCheckDigit(seventeen),
      phone: this.phone(),
      email: `${local}@${dice.pick(HOSTS)}`,
      home: this.home(),
      job: dice.pick(JOBS),
    }
  }

  /** A member of the household: surname or not, the home, sometimes the telephone. */
  relative(of: Person): Person {
    const other = this.person()
    return {
      ...other,
      surname: this.dice.chance(0.7) ? of.surname : other.surname,
      home: of.home,
      phone: this.dice.chance(0.3) ? of.phone : other.phone,
    }
  }

  private misheard(char: string): string {
    const { dice } = this
    const looks = LOOK_ALIKE.find(pair => pair.includes(char))
    const sounds = this.alike.get(char) ?? []
    if (looks && (sounds.length === 0 || dice.chance(0.3))) return [...looks].find(other => other !== char) ?? char
    return sounds.length > 0 ? dice.pick(sounds) : this.givenChar()
  }

  private romanised({ surname, given }: Person): string {
    const { dice } = this
    const dialect = dice.chance(0.25)
    const say = (sound: string): string => {
      const turns = DIALECT.filter(([pattern]) => pattern.test(sound))
      if (!dialect || turns.length === 0) return sound
      const [pattern, by] = dice.pick(turns)
      return sound.replace(pattern, by)
    }
    const title = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)
    const family = say(surnameSound(surname))
    const syllables = [...given].map(char => say(soundOf(char)))
    const first = title(syllables.join(dice.pick(['', '', '-', ' '])))
    const order = dice.below(3)
    return order === 0
      ? `${first} ${title(family)}`
      : order === 1
        ? `${title(family)}, ${first}`
        : `${title(family)} ${first}`
  }

  private nameAgain(person: Person): string {
    const { dice } = this
    const { surname, given } = person
    const draw = dice.next()
    if (draw < 0.52) return surname + given
    if (draw < 0.7) return this.romanised(person)
    if (draw < 0.82) {
      const chars = [...given]
      const at = dice.below(chars.length)
      chars[at] = this.misheard(chars[at]!)
      return surname + chars.join('')
    }
    if (draw < 0.87) return this.misheard(surname[0]!) + surname.slice(1) + given
    if (draw < 0.92) return given + surname
    return this.traditional(surname + given)
  }

  private digitOff(text: string, from = 1): string {
    const at = from + this.dice.below(text.length - from)
    return text.slice(0, at) + String((Number(text[at]) + 1 + this.dice.below(9)) % 10) + text.slice(at + 1)
  }

  /** A record of a person; `again`: with the faults of a further one. */
  record(person: Person, again: boolean): string[] {
    const { dice } = this
    const faulty = (p: number): boolean => again && dice.chance(p)
    const birth = (): string => {
      if (faulty(0.05)) {
        const [y, m, d] = person.birth.split('-')
        if (Number(d) <= 12) return `${y}-${d}-${m}`
      }
      if (faulty(0.06)) return `${person.birth.slice(0, 8)}${two(1 + dice.below(28))}`
      return dice.pick([
        person.birth,
        person.birth,
        person.birth.replaceAll('-', '/'),
        person.birth.replaceAll('-', ''),
      ])
    }
    const phone = (): string => {
      if (faulty(0.12)) return this.phone()
      const number = faulty(0.08) ? this.digitOff(person.phone, 3) : person.phone
      return dice.pick([
        number,
        number,
        `+86 ${number}`,
        `${number.slice(0, 3)}-${number.slice(3, 7)}-${number.slice(7)}`,
      ])
    }
    const home = (): string => {
      if (faulty(0.15)) return this.home()
      const short = person.home.replace(/^.{2,8}?(省|自治区)/, '')
      return dice.pick([
        person.home,
        person.home,
        short,
        person.home.replace('栋', '-').replace('单元', '-').replace('室', ''),
      ])
    }
    const kept = (share: number, value: () => string): string => (dice.chance(share) ? value() : '')
    return [
      again ? this.nameAgain(person) : person.surname + person.given,
      kept(0.9, () => (person.male ? '男' : '女')),
      kept(0.75, birth),
      kept(0.35, () => (faulty(0.04) ? this.digitOff(person.id.slice(0, 17)) + person.id[17] : person.id)),
      kept(0.85, phone),
      kept(0.5, () => (faulty(0.15) ? `${dice.below(1e9)}@${dice.pick(HOSTS)}` : person.email)),
      kept(0.8, home),
      kept(0.6, () => (faulty(0.1) ? dice.pick(JOBS) : person.job)),
    ]
  }

  shuffle<T>(list: T[]): T[] {
    for (let i = list.length - 1; i > 0; i--) {
      const j = this.dice.below(i + 1)
      const swap = list[i]!
      list[i] = list[j]!
      list[j] = swap
    }
    return list
  }

  people(records: number): ChinesePeople {
    const { dice } = this
    const made: { row: string[]; person: number }[] = []
    let person: Person | undefined
    for (let number = 0; made.length < records; number++) {
      person = person && dice.chance(0.15) ? this.relative(person) : this.person()
      made.push({ row: this.record(person, false), person: number })
      const again = dice.chance(0.45) ? 1 + dice.below(dice.chance(0.3) ? 4 : 1) : 0
      for (let n = 0; n < again && made.length < records; n++)
        made.push({ row: this.record(person, true), person: number })
    }
    this.shuffle(made)
    return {
      rows: made.map(({ row }, i) => [`K${100_000 + i}`, ...row]),
      person: made.map(one => one.person),
    }
  }
}

export const chinesePeople = (seed: number, records: number): ChinesePeople => new Maker(seed).people(records)
