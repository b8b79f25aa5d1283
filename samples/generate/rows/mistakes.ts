import { nicknames } from '../british/names.ts'
import { idCheck } from '../checksums.ts'
import type { Characters } from '../chinese/characters.ts'
import type { Random } from '../random.ts'
import type { Sighting } from './sighting.ts'

/** How often each mistake is made where it can be (a share of the rows that have the value); listed in samples/README.md. */
export const mistakeShares = {
  homophone: 0.03,
  traditional_character: 0.012,
  name_swapped: 0.02,
  letter_typo: 0.03,
  nickname: 0.05,
  pinyin_error: 0.04,
  digit_typo: 0.015,
  phone_malformed: 0.012,
  email_typo: 0.02,
  email_malformed: 0.01,
  phone_in_email: 0.006,
  day_month_swapped: 0.02,
  year_off: 0.008,
  bad_checksum: 0.015,
  postcode_wrong: 0.015,
}
type MistakeKind = keyof typeof mistakeShares

const traditional = new Map(
  '国國 华華 丽麗 兰蘭 刘劉 张張 陈陳 杨楊 赵趙 黄黃 吴吳 孙孫 马馬 郑鄭 谢謝 邓鄧 韩韓 冯馮 龙龍 伟偉 强強 军軍 红紅 凤鳳 云雲 宝寶 庆慶 东東 晓曉 罗羅 许許 苏蘇 萧蕭 钟鍾 叶葉 梁樑 振震 梦夢 颖穎 倩蒨'
    .split(' ')
    .map(pair => [pair.charAt(0), pair.charAt(1)]),
)

const replaceAt = (text: string, at: number, by: string) => text.slice(0, at) + by + text.slice(at + 1)

function changeLetter(random: Random, text: string): string {
  const at = random.int(1, Math.max(1, text.length - 1))
  const letter = () => 'abcdefghilmnoprstuwy'.charAt(random.int(0, 19))
  return random.weighted<() => string>([
    [() => text.slice(0, at) + text.slice(at + 1), 3],
    [() => text.slice(0, at) + text.charAt(at) + text.slice(at), 3],
    [() => replaceAt(text, at, letter()), 2],
    [
      () =>
        at + 1 < text.length
          ? text.slice(0, at) + text.charAt(at + 1) + text.charAt(at) + text.slice(at + 2)
          : `${text}e`,
      3,
    ],
  ])()
}

/** One digit wrong, or two neighbours in the wrong order, past the prefix. */
function changeDigit(random: Random, digits: string): string {
  const at = random.int(4, digits.length - 2)
  const here = digits.charAt(at)
  const next = digits.charAt(at + 1)
  if (here !== next && random.chance(0.5)) return digits.slice(0, at) + next + here + digits.slice(at + 2)
  return replaceAt(digits, at, String((Number(here) + random.int(1, 9)) % 10))
}

/** What the ear or a dialect confuses: zh/z, ch/c, sh/s, n/ng, l/n, f/h. */
const pinyinConfusions: [RegExp, string][] = [
  [/^Zh/, 'Z'],
  [/^Ch/, 'C'],
  [/^Sh/, 'S'],
  [/^Z(?!h)/, 'Zh'],
  [/^C(?!h)/, 'Ch'],
  [/^S(?!h)/, 'Sh'],
  [/ing$/, 'in'],
  [/in$/, 'ing'],
  [/eng$/, 'en'],
  [/en$/, 'eng'],
  [/ang$/, 'an'],
  [/an$/, 'ang'],
  [/^L/, 'N'],
  [/^N/, 'L'],
  [/^H(?=u)/, 'F'],
]

/** Puts mistakes into a row, each with its share, and notes them with what would have been right. */
export function spoil(random: Random, characters: Characters, row: Sighting, factor = 1): Sighting {
  const made: Sighting = { ...row, mistakes: [...row.mistakes] }
  const { name, person } = made
  const happens = (kind: MistakeKind) => random.chance(mistakeShares[kind] * factor)
  const note = (field: Sighting['mistakes'][number]['field'], error: MistakeKind, truth: string) =>
    made.mistakes.push({ field, error, truth })
  const fullName =
    person.name.script === 'chinese'
      ? person.name.family + person.name.given
      : `${person.name.given} ${person.name.family}`

  if (name && !made.company) {
    const change = (part: 'family' | 'given', by: string, error: MistakeKind) => {
      if (by === made.name?.[part] || !by) return
      made.name = { ...name, ...made.name, [part]: by }
      note('name', error, fullName)
    }
    if (name.script === 'chinese') {
      if (happens('homophone')) {
        const at = random.int(0, name.given.length - 1)
        const others = characters.homophones(name.given.charAt(at)).slice(0, 12)
        if (others.length) change('given', replaceAt(name.given, at, random.pick(others)), 'homophone')
      } else if (happens('traditional_character')) {
        const to = (text: string) => [...text].map(c => traditional.get(c) ?? c).join('')
        change('given', to(name.given), 'traditional_character')
        change('family', to(name.family), 'traditional_character')
      }
    } else if (name.script === 'pinyin') {
      if (happens('pinyin_error')) {
        const fitting = pinyinConfusions.filter(([from]) => from.test(name.given))
        if (fitting.length) {
          const [from, to] = random.pick(fitting)
          change('given', name.given.replace(from, to), 'pinyin_error')
        }
      }
    } else if (happens('nickname')) change('given', nicknames[name.given] ?? '', 'nickname')
    else if (happens('letter_typo')) {
      const part = random.pick(['family', 'given'] as const)
      change(part, changeLetter(random, name[part]), 'letter_typo')
    }
    if (happens('name_swapped') && made.name) {
      made.name = { ...made.name, family: made.name.given, given: made.name.family }
      note('name', 'name_swapped', fullName)
    }
  }
  if (made.mobile) {
    if (happens('digit_typo')) {
      note('mobile', 'digit_typo', made.mobile)
      made.mobile = changeDigit(random, made.mobile)
    } else if (happens('phone_malformed')) {
      note('mobile', 'phone_malformed', made.mobile)
      made.mobile = random.chance(0.7) ? made.mobile.slice(0, -1) : `${made.mobile}${random.int(0, 9)}`
    } else if (made.source !== 'webshop' && happens('phone_in_email')) {
      note('email', 'phone_in_email', person.email)
      note('mobile', 'phone_in_email', made.mobile)
      made.email = made.mobile
      made.mobile = null
    }
  }
  if (made.email?.includes('@')) {
    if (happens('email_typo')) {
      note('email', 'email_typo', made.email)
      const [local = '', domain = ''] = made.email.split('@')
      made.email = random.chance(0.6)
        ? `${changeLetter(random, local)}@${domain}`
        : `${local}@${domain.replace('example', random.pick(['exmaple', 'exampel', 'examle']))}`
    } else if (happens('email_malformed')) {
      note('email', 'email_malformed', made.email)
      made.email = random.weighted([
        [made.email.replace('@', ''), 2],
        [made.email.replace('@', '@@'), 1],
        [made.email.replace('.', ' .'), 1],
        [`${made.email.split('@')[0]}@`, 2],
        [made.email.replace('@', '，'), 1],
      ])
    }
  }
  if (made.birth && !person.keep.length) {
    const [year = '', month = '', day = ''] = made.birth.split('-')
    if (Number(day) <= 12 && day !== month && happens('day_month_swapped')) {
      note('birth_date', 'day_month_swapped', made.birth)
      made.birth = `${year}-${day}-${month}`
    } else if (happens('year_off')) {
      note('birth_date', 'year_off', made.birth)
      made.birth = `${Number(year) + random.pick([-10, -1, 1])}-${month}-${month === '02' && day === '29' ? '28' : day}`
    }
  }
  if (made.idNumber && !person.keep.includes('idNumber') && happens('bad_checksum')) {
    note('id_number', 'bad_checksum', made.idNumber)
    const wrong = '0123456789X'.replace(idCheck(made.idNumber.slice(0, 17)), '')
    made.idNumber = random.chance(0.6)
      ? made.idNumber.slice(0, 17) + wrong.charAt(random.int(0, 9))
      : replaceAt(made.idNumber, 9, String((Number(made.idNumber[9]) + 1) % 10))
  }
  if (made.postcode && happens('postcode_wrong')) {
    note('postcode', 'postcode_wrong', made.postcode)
    made.postcode =
      made.address?.country === 'CN'
        ? random.pick(
            ['000000', '999999', made.postcode.slice(0, 5), `${random.int(1, 8)}${made.postcode.slice(1)}`].filter(
              code => code !== made.postcode,
            ),
          )
        : made.postcode.replace(' ', '').slice(0, -1)
  }
  return made
}
