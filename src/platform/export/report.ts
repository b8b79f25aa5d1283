import type { Lang } from '../errors.ts'

/** How a cell is written. Money is in minor units, shares are of 1; 'text' cells are strings. */
export type ReportUnit =
  | 'text'
  | 'month'
  | 'count'
  | 'number'
  | 'money'
  | 'share'
  | 'days'
  | 'months'
  | 'years'
  | 'index'
  | 'times'

export interface ReportColumn {
  name: string
  unit: ReportUnit
}

/** One table of figures: what it is, how it was reckoned, and its rows. */
export interface ReportSection {
  title: string
  /** How the figures were reckoned, in words. */
  note: string
  columns: readonly ReportColumn[]
  rows: readonly (readonly (string | number | null)[])[]
  /** Place of the column whose values are drawn as bars in print. */
  bars?: number
}

/** What a page of figures hands over to be written as CSV, XLSX or PDF; every text is in the reader's language already. */
export interface Report {
  title: string
  /** What was asked for: as of when, which filters, when it was taken and by which login. */
  lead: readonly string[]
  lang: Lang
  currency: string
  sections: readonly ReportSection[]
}

export const reportFormats = ['csv', 'xlsx', 'pdf'] as const
export type ReportFormat = (typeof reportFormats)[number]

export interface ReportFile {
  bytes: Uint8Array
  mediaType: string
  extension: ReportFormat
}
