/**
 * How the columns of a file are read. A mapping is data: saved per source, with a version, edited in the app later.
 * `header` names a column of a CSV or Parquet file, or a path into a JSON line ("address.city").
 */
import { z } from 'zod'
import { ADDRESS_FIELDS, CONTACT_FIELDS, NAME_FIELDS, NUMBER_FIELDS } from './person-fields.ts'

export const CHANNELS = ['email', 'sms', 'call', 'letter'] as const
export type Channel = (typeof CHANNELS)[number]

/**
 * Fields of people files. `consent.<channel>` is yes/no; `consents` is a JSON list of {channel, granted, at, wording};
 * `number:<name>` is checked to be a whole number and kept in the raw row.
 */
export const PEOPLE_FIELDS = [
  'row_key',
  'account_no',
  'kind',
  ...NAME_FIELDS,
  'organisation',
  'gender',
  'birth_date',
  ...NUMBER_FIELDS,
  ...CONTACT_FIELDS,
  'address',
  ...ADDRESS_FIELDS,
  'language',
  'updated_at',
  'created_at',
  'consent.email',
  'consent.sms',
  'consent.call',
  'consent.letter',
  'consent.at',
  'consents',
] as const

export const SALE_FIELDS = [
  'invoice',
  'line',
  'product_code',
  'description',
  'quantity',
  'sold_at',
  'unit_price',
  'account_no',
  'country',
  'currency',
] as const

export const PRODUCT_FIELDS = [
  'product_code',
  'name_en',
  'name_zh',
  'category',
  'category_en',
  'category_zh',
  'product_kind',
  'list_price',
  'unit_cost',
  'currency',
] as const

/** Attribute files: keys that name the customer (or a region), and `attribute:<name>` for everything else. */
export const ATTRIBUTE_KEYS = [
  'row_key',
  'account_no',
  'email',
  'phone',
  'postcode',
  'province',
  'city',
  'district',
  'country',
  'at',
] as const

export const KINDS = ['people', 'sales', 'products', 'attributes'] as const
export type SourceKind = (typeof KINDS)[number]

const columnSchema = z.object({
  header: z.string().min(1),
  /** 'ignore' keeps the value in the raw row only. */
  field: z.string().min(1),
  /** A file without this column is refused; default: only the key columns are needed. */
  required: z.boolean().default(false),
  /** Attributes: the value must be a whole number between these. */
  min: z.number().optional(),
  max: z.number().optional(),
})

export const mappingSchema = z.object({
  source: z.string().regex(/^[a-z0-9][a-z0-9-]{0,40}$/, 'small letters, digits and hyphens'),
  /** File name inside the folder the source is registered with; `*` stands for any run of signs. */
  file: z.string().min(1),
  importer: z.string().min(1),
  kind: z.enum(KINDS),
  version: z.number().int().positive().default(1),
  encoding: z.string().optional(),
  delimiter: z.string().length(1).optional(),
  /** Sheet of a workbook; default: its first. */
  sheet: z.string().optional(),
  /** Header of a column that only grows: of a table, only rows from the last value seen on are read. */
  cursor: z.string().optional(),
  /**
   * What tells one row from another: the columns mapped to row_key (several are joined); or the account number where there is one;
   * or, in a file that has neither, what the row says. By what it says a changed row is a new record; who is who puts the two
   * together.
   */
  rowKey: z.enum(['column', 'account', 'content']).default('column'),
  /** Where the times in the file are meant; instants with a zone of their own keep it. */
  timeZone: z.string().default('UTC'),
  /** What 03/07/1985 means. */
  dateOrder: z.enum(['dmy', 'mdy']).default('dmy'),
  /** Where an address or a telephone number without a country is. */
  country: z.string().length(2).default('CN'),
  /** 0 to 1: how far the source is believed before age is counted. */
  trust: z.number().min(0).max(1).default(0.5),
  currency: z.string().length(3).default('CNY'),
  columns: z.array(columnSchema).min(1),
})

export type Mapping = z.infer<typeof mappingSchema>
export type MappedColumn = Mapping['columns'][number]

/** Fields without which a row of the kind means nothing. */
export const NEEDED: Record<SourceKind, readonly string[]> = {
  people: ['row_key'],
  sales: ['invoice', 'product_code', 'quantity', 'sold_at', 'unit_price'],
  products: ['product_code'],
  attributes: [],
}

/** Fields a mapping must have; a people file without a key column goes by what its rows say. */
export const neededFields = (mapping: Pick<Mapping, 'kind' | 'rowKey'>): readonly string[] =>
  mapping.kind === 'people' && mapping.rowKey !== 'column' ? [] : NEEDED[mapping.kind]

export const columnFor = (mapping: Mapping, field: string): number =>
  mapping.columns.findIndex(column => column.field === field)
