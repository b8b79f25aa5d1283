import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The sample's files as records, for the tests. */
export type Row = Record<string, string>

/** RFC 4180: quoted cells may hold commas, quotes and line ends. */
export function parseCsv(text: string): Row[] {
  const lines: string[][] = [[]]
  let cell = ''
  let quoted = false
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? ''
    if (quoted && character === '"' && text[at + 1] === '"') cell += text[++at]
    else if (character === '"') quoted = !quoted
    else if (!quoted && (character === ',' || character === '\n')) {
      lines.at(-1)?.push(cell)
      cell = ''
      if (character === '\n') lines.push([])
    } else cell += character
  }
  const [header = [], ...rows] = lines.filter(line => line.length > 0)
  return rows.map(row => {
    if (row.length !== header.length) throw new Error(`${row.length} cells, ${header.length} headers: ${row.join()}`)
    return Object.fromEntries(header.map((name, at) => [name, row[at] ?? '']))
  })
}

export const samples = join(import.meta.dirname, '..')
const text = (name: string, encoding = 'utf-8') =>
  new TextDecoder(encoding, { fatal: true }).decode(readFileSync(join(samples, name)))

export const readCsv = (name: string): Row[] => parseCsv(text(name))
export const readCrm = (): Row[] => parseCsv(text('data/crm.csv', 'gb18030'))
export type Account = {
  accountId: string
  customerNo?: string
  birthday?: string
  createdAt: string
  updatedAt: string
  consents: { at: string }[]
}
export const readAccounts = (): Account[] =>
  text('data/webshop.jsonl')
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as Account)
