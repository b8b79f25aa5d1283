/**
 * A person's name split into surname and given name, in characters and in sound.
 *   王小明            → surname 王 / wang, given 小明 / xiaoming
 *   Wang Xiao-ming    → wang / xiaoming          Xiaoming WANG → the same
 *   Dr. Ann-Marie O'Neil, Smith, John            → oneil / annmarie, smith / john
 */
import { soundOf, surnameSound, syllable } from './pinyin.ts'
import { COMPOUND_SURNAMES, isSurname, surnameRank } from './surnames.ts'
import { foldText, hasHan, simplify } from './text.ts'

export interface PersonName {
  /** Simplified characters, '' for a name in Latin letters. */
  surnameHan: string
  givenHan: string
  /** Toneless pinyin or lower-case Latin letters. */
  surname: string
  given: string
}

const EMPTY: PersonName = { surnameHan: '', givenHan: '', surname: '', given: '' }
const TITLES = /^(mr|mrs|ms|miss|dr|prof|sir|mx|rev)\.?\s+/
const TITLES_AFTER = /[\s,]+(jr|sr|ii|iii|phd|md|esq)\.?$/
const HAN_TITLES = /(先生|女士|小姐|太太|老师|经理|总经理|总|老板|同志)$/
const SYLLABLE =
  /^(?:[bpmfdtnlgkhjqxrzcsyw]|zh|ch|sh)?(?:a|ai|an|ang|ao|e|ei|en|eng|er|o|ong|ou|i|ia|ian|iang|iao|ie|in|ing|iong|iu|u|ua|uai|uan|uang|ue|ui|un|uo|v|ve|van|vn)$/

const letters = (text: string): string => text.replace(/[^\p{L}]/gu, '')

/** Whether the letters can be read as one to three pinyin syllables. */
export function isPinyin(word: string, left = 3): boolean {
  if (word === '') return true
  if (left === 0) return false
  for (let end = Math.min(6, word.length); end > 0; end--) {
    if (SYLLABLE.test(word.slice(0, end)) && isPinyin(word.slice(end), left - 1)) return true
  }
  return false
}

function splitHan(raw: string): PersonName {
  let han = simplify(raw).replace(/[^\p{Script=Han}·]/gu, '')
  if (han.length > 2) han = han.replace(HAN_TITLES, '')
  if (han.includes('·')) {
    // 买买提·艾力: given name first, no inherited surname.
    const parts = han.split('·')
    const given = parts[0] ?? ''
    const rest = parts.slice(1).join('')
    return { surnameHan: rest, givenHan: given, surname: soundOf(rest), given: soundOf(given) }
  }
  const chars = [...han]
  const two = chars.slice(0, 2).join('')
  const length = chars.length > 2 && COMPOUND_SURNAMES.has(two) ? 2 : 1
  // 志强潘: the last character is a surname and the first is none, so the name was written given name first.
  const turned = chars.length > 1 && length === 1 && !isSurname(chars[0]!) && isSurname(chars.at(-1)!)
  const surnameHan = turned ? chars.at(-1)! : chars.slice(0, length).join('')
  const givenHan = (turned ? chars.slice(0, -1) : chars.slice(length)).join('')
  return { surnameHan, givenHan, surname: surnameSound(surnameHan), given: soundOf(givenHan) }
}

function splitLatin(folded: string): PersonName {
  const text = folded.replace(TITLES, '').replace(TITLES_AFTER, '')
  const comma = text.indexOf(',')
  if (comma > 0) {
    return { ...EMPTY, surname: letters(text.slice(0, comma)), given: letters(text.slice(comma + 1)) }
  }
  const words = text.split(' ').map(letters).filter(Boolean)
  const first = words[0] ?? ''
  const last = words.at(-1) ?? ''
  if (words.length < 2) return { ...EMPTY, surname: first }
  // Chinese order only if the whole reads as pinyin; of two ends that could both be it, the commoner surname is taken.
  if (isPinyin(words.join(''), 5) && words.every(word => isPinyin(word))) {
    const ofFirst = surnameRank(first)
    const ofLast = surnameRank(last)
    if (ofFirst <= ofLast) return { ...EMPTY, surname: first, given: words.slice(1).join('') }
  }
  return { ...EMPTY, surname: last, given: words.slice(0, -1).join('') }
}

/** Reads a full name. An empty or letterless value gives empty parts. */
export function readFullName(raw: string): PersonName {
  if (raw.trim() === '') return EMPTY
  return hasHan(raw) ? splitHan(raw.normalize('NFKC')) : splitLatin(foldText(raw))
}

/** Reads one half of a name given in its own column. */
export function readNamePart(raw: string, part: 'surname' | 'given'): { han: string; sound: string } {
  if (raw === '') return { han: '', sound: '' }
  if (hasHan(raw)) {
    const han = simplify(raw.normalize('NFKC')).replace(/[^\p{Script=Han}]/gu, '')
    return { han, sound: part === 'surname' ? surnameSound(han) : soundOf(han) }
  }
  return { han: '', sound: letters(foldText(raw).replace(part === 'given' ? TITLES : /^$/, '')) }
}

/** For search, of the name as `readFullName` read it: 王小明 → "wang xiaoming" and "wxm"; a Latin name is its own lower case and first letters. */
export function namePinyin(name: string, kind: string, read?: PersonName): { pinyin: string; initials: string } {
  if (!hasHan(name)) {
    const pinyin = foldText(name)
    return {
      pinyin,
      initials: pinyin
        .split(/[\s'-]+/)
        .map(word => word[0] ?? '')
        .join(''),
    }
  }
  if (kind === 'organisation') {
    const syllables = [...simplify(name)].map(char => syllable(char) || char.toLowerCase())
    return { pinyin: syllables.join(''), initials: syllables.map(sound => sound[0] ?? '').join('') }
  }
  const { surnameHan, givenHan, surname, given } = read ?? readFullName(name)
  const initials = [...surnameHan, ...givenHan].map(char => syllable(char)[0] ?? '').join('')
  return { pinyin: `${surname} ${given}`.trim(), initials }
}

/** Surname and given name of a Latin full name as they are written, for a greeting: "Smith, John" → Smith and John. */
export function writtenParts(name: string): { family: string; given: string } {
  const { surname } = readFullName(name)
  const words = name
    .replace(/,/g, ' ')
    .split(/\s+/)
    .filter(word => !TITLES.test(`${word.toLowerCase()} `) && !TITLES_AFTER.test(` ${word}`))
  const at = words.findIndex(word => letters(foldText(word)) === surname)
  if (at < 0 || words.length < 2) return { family: '', given: '' }
  return { family: words[at] ?? '', given: words.filter((_, w) => w !== at).join(' ') }
}
