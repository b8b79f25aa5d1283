/**
 * Where personal data lies. Each stage declares its own tables and files in its `personal-data.ts`, with how a person's rows are
 * found, exported and erased; the rights of people (export, erasure) are carried out from these declarations alone, and a test
 * fails when a table with a personal column is not declared.
 *
 * To declare a table, add one entry to your stage's list:
 *
 *     { store: 'facts', table: 'scores', title: { en: 'Scores', zh: '评分' }, where: k => `customer_id IN ${k('customer')}`, erase: 'delete' }
 */
import { type RawBuilder, sql } from 'kysely'
import type { App } from './app.ts'
import type { Text } from './text.ts'

/**
 * What a person is known by; gathered once, before anything is taken away. customer: numbers, former ones too · record:
 * `source` US `row_key` (see `RECORD`) · account · email · phone (E.164) · id (identity number) · communication: ids ·
 * row: `import/row` · file: names of imported files · value: addresses and numbers as they were written, to look for in texts.
 */
export const KEY_KINDS = [
  'customer',
  'record',
  'account',
  'email',
  'phone',
  'id',
  'communication',
  'row',
  'file',
  'value',
] as const
export type KeyKind = (typeof KEY_KINDS)[number]

/** A record's key as one text, in SQL of the facts. */
export const RECORD = "concat(source, '\\x1f', row_key)"
export const ROW = "concat(toString(import_id), '/', toString(row_no))"

/** `(SELECT …)` of the person's keys of one kind (numbers of customers as UInt64, everything else as text). */
export type FactKeys = (kind: KeyKind) => string
export type WorkflowKeys = (kind: KeyKind) => string[]

interface Common {
  table: string
  title: Text
  /** Left out of the export: copies, and what says nothing to the person. Default: exported. */
  exported?: boolean
  /** Kept while a legal hold is on the customer. Default: erased all the same. */
  keptOnHold?: boolean
}

export interface PersonalFacts extends Common {
  store: 'facts'
  where(key: FactKeys): string
  /** Condition of rows that a hold of their own keeps from being erased; `held` of the stage names them. */
  keptWhere?: string
  /**
   * delete: the rows go · set: columns outside the sorting key get these SQL values · copy: the rows are written again with
   * these values and the old ones go, for columns of the sorting key; `same` are the columns that tell rows apart, so that a
   * second try copies nothing twice · none: nothing to erase, `why` says so.
   */
  erase:
    | 'delete'
    | { set: Record<string, string> }
    | { copy: Record<string, string>; same: string[] }
    | { none: string }
}

export interface PersonalWorkflow extends Common {
  store: 'workflow'
  where(key: WorkflowKeys): RawBuilder<boolean>
  erase: 'delete' | { set: RawBuilder<unknown> } | { none: string }
}

export type PersonalTable = PersonalFacts | PersonalWorkflow

export interface Person {
  requestId: number
  keys(kind: KeyKind): string[]
  onHold: boolean
}

export interface PersonalFiles {
  /** As the certificate names it. */
  name: Text
  keptOnHold?: boolean
  /** Takes the person out of files in the data folder; run again, it finds nothing. */
  erase(app: App, person: Person): Promise<{ files: number; outside?: string[] }>
}

export interface PersonalDocument {
  name: string
  bytes: Uint8Array
}

export interface PersonalData {
  stage: string
  /** Further keys that this stage's own tables give: kind, and a SELECT of the facts whose column is `value`. */
  keys?(key: FactKeys): [KeyKind, string][]
  tables: readonly PersonalTable[]
  files?: readonly PersonalFiles[]
  /** What must be kept of somebody who is not under a hold as a whole: the certificate names it, and the request stays open. */
  held?(app: App, person: Person): Promise<{ what: string; reason: string; until: string | null }[]>
  /** What the person received, as received. */
  documents?(app: App, person: Person): AsyncIterable<PersonalDocument>
  /** What else has to forget: caches, indexes in memory. */
  forget?(app: App, person: Person): Promise<void>
}

const declared = new Map<string, PersonalData>()

export function declarePersonalData(data: PersonalData): PersonalData {
  declared.set(data.stage, data)
  return data
}

/** Of all stages that are loaded, those further right first: what was derived goes before what it came from. */
export const personalData = (): PersonalData[] => [...declared.values()].reverse()

/** `column IN (the person's keys)` for workflow tables. */
export const among = (column: string, values: readonly string[], type = 'text'): RawBuilder<boolean> =>
  sql<boolean>`${sql.ref(column)} = ANY(${sql.val([...values])}::${sql.raw(`${type}[]`)})`

/** Columns whose name says that a table holds personal data; the test reads the tables' definitions with it. */
export const PERSONAL_COLUMNS =
  /^(customer_id|customer|old_id|old_ids|new_ids|row_key|row_keys|left_key|right_key|account_no|full_name|family_name|given_name|contact_person|name_pinyin|mobile2?|landline|phone|email|address2?|address_hash|street|birth_date|id_number|org_code|raw|payload|data|before|after|examples|subject|identifier|key|value|notes|receipt|moves|fix|row)$/

declarePersonalData({
  stage: 'platform',
  tables: [
    {
      store: 'workflow',
      table: 'audit',
      title: { en: 'Who looked at your data', zh: '数据访问记录' },
      where: k =>
        among(
          'object',
          k('customer').map(id => `customer/${id}`),
        ),
      // That it was looked at stays, and by whom; what somebody wrote beside it goes.
      erase: { set: sql`detail = detail - 'reason' - 'note'` },
    },
  ],
})
