/** What values a feature can take: the proof is about every customer these allow, not about those there are. */
export type Domain = NumberDomain | DateDomain | ChoiceDomain | ListDomain

export interface NumberDomain {
  kind: 'number'
  /** Whole numbers only: then `<= 2` and `>= 3` leave no gap. */
  whole: boolean
  /** Bounds the engine's own expression guarantees, inclusive unless said otherwise. */
  min?: number
  max?: number
  /** The bound itself is never taken: a share above 0, not of 0. */
  openMin?: boolean
  openMax?: boolean
  nullable: boolean
}

/** A day, written 2010-12-01: days are whole, so that `<= 2010-11-30` and `>= 2010-12-01` leave no gap. */
export interface DateDomain {
  kind: 'date'
  min?: string
  max?: string
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
  /** All codes there can be; absent: any. */
  values?: readonly string[]
}

export type FeatureValue = number | string | readonly string[] | null
export type Domains = ReadonlyMap<string, Domain>
