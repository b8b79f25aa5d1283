import type { FeatureDetail, OwnBody, OwnDefinition } from './types.ts'

/** What is typed, whichever kind it will be; what does not belong to the kind is left out when it is sent. */
export interface Draft {
  nameEn: string
  nameZh: string
  meaning: string
  over: 'purchases' | 'events' | 'answers'
  figure: string
  rows: 'bought' | 'returned' | 'services'
  categories: string[]
  products: string[]
  months: number[]
  weekdays: number[]
  /** Of one line, in major units. */
  least: number | null
  most: number | null
  days: number | null
  until: number | null
  types: string[]
  channels: string[]
  attribute: string
  as: 'number' | 'text' | 'list'
}

const empty: Draft = {
  nameEn: '',
  nameZh: '',
  meaning: '',
  over: 'purchases',
  figure: 'money',
  rows: 'bought',
  categories: [],
  products: [],
  months: [],
  weekdays: [],
  least: null,
  most: null,
  days: 365,
  until: null,
  types: [],
  channels: [],
  attribute: '',
  as: 'number',
}

export function draftOf(feature?: Pick<FeatureDetail, 'name' | 'versions' | 'own'>): Draft {
  const newest = feature?.versions[0]
  const own = feature?.own?.definition
  if (!feature || !newest || !own) return empty
  const named = { ...empty, nameEn: newest.name.en, nameZh: newest.name.zh, meaning: newest.meaning.en }
  if (own.over === 'answers') return { ...named, over: 'answers', attribute: own.attribute, as: own.as }
  const window = { days: own.days ?? null, until: own.until ?? null }
  if (own.over === 'events')
    return { ...named, ...window, over: 'events', figure: own.figure, types: own.types, channels: own.channels ?? [] }
  return {
    ...named,
    ...window,
    over: 'purchases',
    figure: own.figure,
    rows: own.rows,
    categories: own.categories ?? [],
    products: own.products ?? [],
    months: own.months ?? [],
    weekdays: own.weekdays ?? [],
    least: own.least === undefined ? null : own.least / 100,
    most: own.most === undefined ? null : own.most / 100,
  }
}

export function bodyOf(draft: Draft): OwnBody {
  const meaning = draft.meaning.trim()
  return {
    name: { en: draft.nameEn.trim(), zh: draft.nameZh.trim() || draft.nameEn.trim() },
    meaning: { en: meaning, zh: meaning },
    definition: definitionOf(draft),
  }
}

function definitionOf(draft: Draft): OwnDefinition {
  const window = {
    ...(draft.days === null ? {} : { days: draft.days }),
    ...(draft.until === null ? {} : { until: draft.until }),
  }
  const some = <Name extends string, T>(name: Name, values: T[]) =>
    (values.length > 0 ? { [name]: values } : {}) as { [key in Name]?: T[] }
  if (draft.over === 'answers') return { over: 'answers', attribute: draft.attribute, as: draft.as }
  if (draft.over === 'events')
    return {
      over: 'events',
      figure: draft.figure === 'since' ? 'since' : 'count',
      types: draft.types,
      ...some('channels', draft.channels),
      ...window,
    }
  return {
    over: 'purchases',
    figure: draft.figure as Extract<OwnDefinition, { over: 'purchases' }>['figure'],
    rows: draft.rows,
    ...some('categories', draft.categories),
    ...some('products', draft.products),
    ...some('months', draft.months),
    ...some('weekdays', draft.weekdays),
    ...(draft.least === null ? {} : { least: Math.round(draft.least * 100) }),
    ...(draft.most === null ? {} : { most: Math.round(draft.most * 100) }),
    ...window,
  }
}
