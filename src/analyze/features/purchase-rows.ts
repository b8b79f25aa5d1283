/** Which lines of `purchases` count, in the words all features share. */

/** Lines of goods bought; postage, adjustments and the like are not purchases, returns are counted apart. */
export const bought = 'is_service = 0 AND is_return = 0 AND amount_minor > 0'
export const goods = 'is_service = 0'
export const returned = 'is_service = 0 AND amount_minor < 0'
export const since = (days: number): string => `sold_at >= {asOf:Date} - ${days}`
/** From so many days before the date until so many. */
export const between = (from: number, until: number): string => `${since(from)} AND sold_at < {asOf:Date} - ${until}`

export const purchases = { source: 'purchases' } as const

/** Days with a purchase, each once, in order: written alike everywhere, so that the engine groups them once. */
export const daysBought = `arraySort(groupUniqArrayIf(toUInt16(toDate(sold_at)), ${bought}))`

export const inCategory = `${bought} AND category != ''`
/**
 * Categories of the lines bought by their hashes: grouping numbers takes a third of the time of grouping names. `categoryOf` finds
 * the name again in `category_names`, the pipeline's list of all there are.
 */
export const categoryCodes = `groupArrayIf(toUInt32(cityHash64(category)), ${inCategory})`
export const categoryOf = (code: string): string =>
  `category_names[indexOf(arrayMap(name -> toUInt32(cityHash64(name)), category_names), ${code})]`
