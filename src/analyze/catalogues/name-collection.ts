import type { Text } from '../../platform/text.ts'

export interface NamedProduct {
  code: string
  name: Text
  category: string
  categoryName: Text
}

/** Words that say nothing of a theme. */
const PLAIN = new Set(
  'and the with for set pack box assorted large small medium mini tall big new design designs colour color vintage style in of on by to a s p/c 套装 件套 个装 一套 大号 小号 中号 混款'.split(
    ' ',
  ),
)

const segmenter = new Intl.Segmenter('zh', { granularity: 'word' })

/** Words of a name: English by letters, Chinese by the segmenter, of two characters or more. */
export function wordsOf(name: string, lang: 'en' | 'zh'): string[] {
  const found =
    lang === 'en'
      ? (name.toLowerCase().match(/[a-z][a-z'-]{2,}/g) ?? [])
      : [...segmenter.segment(name)].flatMap(({ segment, isWordLike }) =>
          isWordLike && /^\p{Script=Han}{2,}$/u.test(segment) ? [segment] : [],
        )
  return [...new Set(found)].filter(word => !PLAIN.has(word))
}

/** In how many of all products' names each word stands. */
export function wordCounts(products: readonly NamedProduct[], lang: 'en' | 'zh'): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { name } of products)
    for (const word of wordsOf(name[lang], lang)) counts.set(word, (counts.get(word) ?? 0) + 1)
  return counts
}

const WORDS = 2

/** The category most of it comes from, and the words that stand in its names more often than in others'. */
export function nameCollection(
  own: readonly NamedProduct[],
  all: number,
  counts: Record<'en' | 'zh', ReadonlyMap<string, number>>,
): Text {
  const categories = Map.groupBy(own, product => product.category)
  const [main] = [...categories.values()].sort((a, b) => b.length - a.length)
  const themed = (lang: 'en' | 'zh'): string[] => {
    const here = wordCounts(own, lang)
    return [...here]
      .filter(([, n]) => n >= 2)
      .map(([word, n]) => ({ word, score: n * Math.log(all / counts[lang].get(word)!) }))
      .sort((a, b) => b.score - a.score || (a.word < b.word ? -1 : 1))
      .slice(0, WORDS)
      .map(({ word }) => word)
  }
  const category = main?.[0]?.categoryName ?? { en: '', zh: '' }
  return {
    en: [category.en, themed('en').join(', ')].filter(Boolean).join(': '),
    zh: [category.zh, themed('zh').join('、')].filter(Boolean).join('：'),
  }
}
