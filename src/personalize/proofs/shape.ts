import type { Data } from '../compose/check-data.ts'
import { isMissing } from '../compose/paths.ts'

/**
 * What about data decides how a document comes out, field by field: there or missing, above or below zero, how many rows. Customers
 * of one shape are alike to a template; of each shape one is looked at.
 */
export function shapeOf(data: Data): string[] {
  const atoms: string[] = []
  const walk = (value: unknown, path: string, depth: number): void => {
    if (isMissing(value)) atoms.push(`${path}: –`)
    else if (Array.isArray(value)) atoms.push(`${path}: ${rows(value.length)}`)
    else if (typeof value === 'number') atoms.push(`${path}: ${value < 0 ? '< 0' : value > 0 ? '> 0' : '0'}`)
    else if (typeof value === 'boolean') atoms.push(`${path}: ${value}`)
    else if (typeof value === 'object' && value !== null && depth < 2)
      for (const [key, part] of Object.entries(value)) walk(part, path === '' ? key : `${path}.${key}`, depth + 1)
  }
  walk(data, '', 0)
  return atoms
}

const rows = (count: number): string => (count >= 60 ? '60+' : count >= 10 ? '10–59' : count >= 2 ? '2–9' : '1')
