import { createHash } from 'node:crypto'
import type { Mapping } from '../mapping.ts'

/** What tells a row from the others: its key columns, joined, or its account number, or what it says, as the mapping has decided. */
export function rowKeyReader(mapping: Mapping): (cell: (place: number) => string) => string {
  const keys = mapping.columns.flatMap((column, place) => (column.field === 'row_key' ? [place] : []))
  const [only] = keys
  if (keys.length === 1 && only !== undefined) return cell => cell(only)
  if (keys.length > 1)
    return cell => {
      const parts = keys.map(place => cell(place).trim())
      // A key of several columns of which one is empty is no key.
      return parts.includes('') ? '' : parts.join('/')
    }
  if (mapping.rowKey === 'column') return () => ''
  const account = mapping.rowKey === 'account' ? mapping.columns.findIndex(column => column.field === 'account_no') : -1
  const said = mapping.columns.flatMap((column, place) => (column.field === 'ignore' ? [] : [place]))
  return cell => {
    const number = account < 0 ? '' : cell(account).trim().replace(/\.0$/, '')
    if (number !== '') return number
    const values = said.map(place => cell(place).trim())
    if (values.every(value => value === '')) return ''
    return createHash('sha256').update(values.join('\u001f')).digest('hex').slice(0, 24)
  }
}
