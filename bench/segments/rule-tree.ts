import type { Domain } from '../../src/analyze/segments/domain.ts'
import type { Condition, Rule } from '../../src/analyze/segments/rule.ts'
import { mulberry } from '../../src/optimize/allocate/instance.ts'

export interface Attribute {
  id: string
  domain: Domain
  /** How a row gets its value, of `number`. */
  sql: string
}

/** Numbers, shares that may be missing, and choices, in turn. */
export function attributes(count: number): Attribute[] {
  return Array.from({ length: count }, (_, k) => {
    const id = `a${k}`
    const noise = `cityHash64(number, ${k})`
    if (k % 3 === 0)
      return { id, domain: { kind: 'number', whole: true, min: 0, nullable: false }, sql: `toInt32(${noise} % 1000)` }
    if (k % 3 === 1)
      return {
        id,
        domain: { kind: 'number', whole: false, nullable: true },
        sql: `if(${noise} % 20 = 0, NULL, (${noise} % 100000) / 1000)`,
      }
    const values = ['north', 'south', 'east', 'west', 'centre', 'abroad']
    return {
      id,
      domain: { kind: 'choice', values, nullable: false },
      sql: `arrayElement([${values.map(value => `'${value}'`).join(', ')}], ${noise} % ${values.length} + 1)`,
    }
  })
}

/**
 * So many rules that nobody is in two and none in none: a tree that splits the widest leaf by one attribute after the other, its
 * leaves written as flat lists of conditions, in random order.
 */
export function partition(of: readonly Attribute[], rules: number, seed: number): Rule[] {
  const random = mulberry(seed)
  const leaves: Condition[][] = [[]]
  while (leaves.length < rules) {
    leaves.sort((a, b) => a.length - b.length)
    const leaf = leaves.shift()!
    leaves.push(...split(leaf, of[Math.floor(random() * of.length)]!, random, rules - leaves.length))
  }
  for (let i = leaves.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1))
    ;[leaves[i], leaves[j]] = [leaves[j]!, leaves[i]!]
  }
  return leaves.map(all => ({ all }))
}

function split(leaf: Condition[], { id, domain }: Attribute, random: () => number, room: number): Condition[][] {
  if (domain.kind === 'choice') {
    const rest = leaf.find(condition => condition.feature === id)
    if (rest) return [leaf]
    const at = 1 + Math.floor(random() * (domain.values!.length - 1))
    const part = (value: readonly string[]): Condition[] => [...leaf, { feature: id, op: 'in', value: [...value] }]
    return [part(domain.values!.slice(0, at)), part(domain.values!.slice(at))]
  }
  const bounds = leaf.filter(condition => condition.feature === id)
  if (bounds.some(({ op }) => op === 'missing')) return [leaf]
  let low = 0
  let high = domain.kind === 'number' && domain.whole ? 1000 : 100
  for (const condition of bounds) {
    if (condition.op === '>=') low = Math.max(low, Number(condition.value))
    if (condition.op === '<') high = Math.min(high, Number(condition.value))
  }
  if (high - low < 4) return [leaf]
  const value = Math.round(low + (high - low) * (0.3 + 0.4 * random()))
  const halves: Condition[][] = [
    [...leaf, { feature: id, op: '<', value }],
    [...leaf, { feature: id, op: '>=', value }],
  ]
  const first = bounds.length === 0 && domain.kind === 'number' && domain.nullable
  if (first && room < 2) return [leaf]
  return first ? [...halves, [...leaf, { feature: id, op: 'missing' }]] : halves
}
