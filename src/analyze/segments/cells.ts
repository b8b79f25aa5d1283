import { cellExamples } from './cell-examples.ts'
import type { Domains, FeatureValue } from './domain.ts'
import { conditionHolds } from './holds.ts'
import { alternatives, type Condition, type Rule } from './rule.ts'

/**
 * The values of one feature, cut at every threshold the rules mention, so that each rule is constant on each cell. A cell is
 * never empty and `example` is one of its values: what holds for all examples holds for all customers.
 *
 * A list feature has one dimension per code mentioned (`has` / `has not`), since a list may hold any set of codes.
 */
export interface Dimension {
  feature: string
  /** For a list feature: the code. */
  item?: string
  examples: readonly FeatureValue[]
}

/** One region of customers: per dimension the set of cells, as bits. */
export type Box = readonly bigint[]

export interface Cells {
  dimensions: readonly Dimension[]
  /** All customers. */
  everything: Box
  /** The boxes of a rule, one per alternative; an alternative that cannot hold gives none. */
  boxesOf(rule: Rule): Box[]
}

export function cut(rules: readonly Rule[], domains: Domains): Cells {
  const byFeature = new Map<string, Condition[]>()
  for (const condition of rules.flatMap(rule => alternatives(rule).flat()))
    byFeature.set(condition.feature, [...(byFeature.get(condition.feature) ?? []), condition])

  const dimensions: Dimension[] = []
  for (const [feature, conditions] of byFeature) {
    const domain = domains.get(feature)
    if (!domain) throw new RangeError(`no domain for ${feature}`)
    if (domain.kind === 'list') {
      const items = new Set(conditions.flatMap(c => (c.op === 'includes' || c.op === 'excludes' ? [c.value] : [])))
      for (const item of items)
        dimensions.push({ feature, item, examples: domain.values?.includes(item) === false ? [[]] : [[item], []] })
    } else dimensions.push({ feature, examples: cellExamples(domain, conditions) })
  }
  const everything = dimensions.map(d => (1n << BigInt(d.examples.length)) - 1n)

  // Rules share conditions: each is looked at once.
  const known = new Map<string, bigint>()
  const cellsWhere = (d: Dimension, k: number, condition: Condition): bigint => {
    const key = `${k} ${JSON.stringify(condition)}`
    let bits = known.get(key)
    if (bits === undefined) {
      bits = 0n
      for (const [cell, example] of d.examples.entries())
        if (conditionHolds(condition, example)) bits |= 1n << BigInt(cell)
      known.set(key, bits)
    }
    return bits
  }
  const place = new Map(dimensions.map((d, k) => [keyOf(d.feature, d.item), k]))
  const boxOf = (all: readonly Condition[]): Box | undefined => {
    const box = [...everything]
    for (const condition of all) {
      const item = condition.op === 'includes' || condition.op === 'excludes' ? condition.value : undefined
      const k = place.get(keyOf(condition.feature, item))
      if (k === undefined) throw new RangeError(`rule with a condition that was not cut: ${condition.feature}`)
      box[k] = box[k]! & cellsWhere(dimensions[k]!, k, condition)
      if (box[k] === 0n) return undefined
    }
    return box
  }
  return {
    dimensions,
    everything,
    boxesOf: rule =>
      alternatives(rule)
        .map(boxOf)
        .filter(box => box !== undefined),
  }
}

const keyOf = (feature: string, item?: string): string => (item === undefined ? feature : `${feature} ∋ ${item}`)
