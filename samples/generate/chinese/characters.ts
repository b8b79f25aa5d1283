import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Surnames read otherwise than the character usually is. */
const surnameReadings: Record<string, string> = {
  曾: 'zeng',
  单: 'shan',
  仇: 'qiu',
  查: 'zha',
  解: 'xie',
  任: 'ren',
  华: 'hua',
  区: 'ou',
  尉: 'wei',
  乐: 'yue',
  朴: 'piao',
  盖: 'gai',
  缪: 'miao',
  翟: 'zhai',
  覃: 'qin',
  冼: 'xian',
  尹: 'yin',
  令: 'ling',
  万: 'wan',
  葛: 'ge',
  宁: 'ning',
  燕: 'yan',
  长: 'zhang',
  那: 'na',
  折: 'she',
  召: 'shao',
}
/** Places whose characters are read otherwise than usually, in the names of divisions used here. */
const placeReadings: [string, string][] = [
  ['重庆', 'chong qing'],
  ['厦门', 'xia men'],
  ['长沙', 'chang sha'],
  ['长春', 'chang chun'],
  ['长宁', 'chang ning'],
  ['长安', 'chang an'],
  ['长江', 'chang jiang'],
  ['长寿', 'chang shou'],
  ['成都', 'cheng du'],
  ['都', 'du'],
  ['朝阳', 'chao yang'],
  ['乐', 'le'],
  ['大', 'da'],
  ['埔', 'pu'],
  ['番禺', 'pan yu'],
  ['地', 'di'],
  ['石', 'shi'],
  ['和平', 'he ping'],
  ['行', 'xing'],
  ['会', 'hui'],
  ['洞', 'dong'],
  ['相', 'xiang'],
  ['六合', 'lu he'],
  ['校', 'xiao'],
  ['澄', 'cheng'],
  ['蚌', 'beng'],
  ['长', 'chang'],
  ['重', 'chong'],
  ['曲', 'qu'],
  ['车', 'che'],
  ['的', 'di'],
  ['中', 'zhong'],
  ['翠', 'cui'],
  ['弹', 'tan'],
  ['藏', 'zang'],
  ['广', 'guang'],
]

const plain = (syllable: string) =>
  syllable
    .normalize('NFD')
    .replace(/u\u0308/g, 'v')
    .replace(/[\u0300-\u036f]/g, '')

export type Characters = {
  /** Toneless pinyin of one character, ü as v. */
  readonly syllable: (character: string) => string
  readonly surname: (surname: string) => string
  /** Syllables of a place or street name. */
  readonly place: (name: string) => string[]
  /** Characters in common use that sound the same, tone aside. */
  readonly homophones: (character: string) => string[]
}

/** Readings of the 8,105 characters of the 2013 national table (mozillazg/pinyin-data, MIT). */
export function readCharacters(data: string): Characters {
  const readings = new Map<string, string>()
  const bySound = new Map<string, string[]>()
  for (const line of readFileSync(join(data, 'chinese/pinyin/kMandarin_8105.txt'), 'utf8').split('\n')) {
    const match = /^U\+([0-9A-F]+): *([^ ,#]+)/.exec(line)
    if (!match?.[1] || !match[2]) continue
    const character = String.fromCodePoint(Number.parseInt(match[1], 16))
    const sound = plain(match[2])
    readings.set(character, sound)
    bySound.set(sound, [...(bySound.get(sound) ?? []), character])
  }
  const syllable = (character: string) => readings.get(character) ?? character
  return {
    syllable,
    surname: surname =>
      [...surname].map((c, at) => (at === 0 ? surnameReadings[c] : undefined) ?? syllable(c)).join(''),
    place(name) {
      const syllables: string[] = []
      for (let at = 0; at < name.length; ) {
        const known = placeReadings.find(([characters]) => name.startsWith(characters, at))
        if (known) syllables.push(...known[1].split(' '))
        else syllables.push(syllable(name[at] ?? ''))
        at += known?.[0].length ?? 1
      }
      return syllables
    },
    homophones: character => (bySound.get(syllable(character)) ?? []).filter(other => other !== character),
  }
}

export const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)
