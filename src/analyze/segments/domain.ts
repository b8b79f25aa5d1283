/** What values a feature can take: the proof is about every customer these allow, not about those there are. */
export type Domain = NumberDomain | ChoiceDomain | ListDomain

export interface NumberDomain {
  kind: 'number'
  /** Whole numbers only: then `<= 2` and `>= 3` leave no gap. */
  whole: boolean
  /** Bounds the engine's own expression guarantees, inclusive. */
  min?: number
  max?: number
  nullable: boolean
}

export interface ChoiceDomain {
  kind: 'choice'
  /** All values there can be; absent: any text. */
  values?: readonly string[]
  nullable: boolean
}

/** A set of codes; never null, perhaps empty. */
export interface ListDomain {
  kind: 'list'
}

export type FeatureValue = number | string | readonly string[] | null
export type Domains = ReadonlyMap<string, Domain>
