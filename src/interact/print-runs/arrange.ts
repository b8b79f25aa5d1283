import { HAND_WORK, type PrintSettings } from './settings.ts'

/** One printed communication on its way into an envelope. */
export interface PrintItem {
  communicationId: string
  customerId: number
  /** 0: known of none. */
  household: number
  postcode: string
  address: string
  pages: number
  /** Of one envelope, what stands behind the window comes first: bills, then legal mail, then the rest. */
  rank: number
}

export interface ArrangedPiece {
  /** From 1, in the order of the job. */
  number: number
  items: PrintItem[]
  sheets: number
  envelope: string
  /** Number of its file, from 1. */
  file: number
}

const sheetsOf = ({ pages }: PrintItem, { duplex }: PrintSettings): number => (duplex ? Math.ceil(pages / 2) : pages)

/**
 * From documents to envelopes to files: put together what goes to one door, sort by postcode (what the post gives a discount for),
 * then cut by envelope and size. The same documents and settings give the same job, in whatever order they come.
 */
export function arrange(items: readonly PrintItem[], settings: PrintSettings, mostDocuments: number): ArrangedPiece[] {
  const groups = Map.groupBy(items, item => envelopeKey(item, settings))
  const pieces = [...groups.values()].map(group => {
    const sorted = group.toSorted(
      (a, b) => a.rank - b.rank || a.customerId - b.customerId || compare(a.communicationId, b.communicationId),
    )
    const sheets = sorted.reduce((sum, item) => sum + sheetsOf(item, settings), 0)
    return { items: sorted, sheets, envelope: envelopeFor(sheets, settings) }
  })
  const order = new Map([...settings.envelopes.map(({ code }) => code), HAND_WORK].map((code, index) => [code, index]))
  const first = (piece: { items: PrintItem[] }) => piece.items[0]!
  pieces.sort(
    (a, b) =>
      (order.get(a.envelope) ?? 0) - (order.get(b.envelope) ?? 0) ||
      compare(first(a).postcode, first(b).postcode) ||
      compare(written(first(a)), written(first(b))) ||
      compare(first(a).communicationId, first(b).communicationId),
  )
  return intoFiles(pieces, settings, mostDocuments)
}

function intoFiles(
  pieces: readonly Omit<ArrangedPiece, 'number' | 'file'>[],
  { mostSheetsAFile }: PrintSettings,
  mostDocuments: number,
): ArrangedPiece[] {
  let [file, sheets, documents, envelope] = [0, 0, 0, '']
  return pieces.map((piece, index) => {
    const full = sheets + piece.sheets > mostSheetsAFile || documents + piece.items.length > mostDocuments
    if (file === 0 || full || piece.envelope !== envelope) [file, sheets, documents] = [file + 1, 0, 0]
    sheets += piece.sheets
    documents += piece.items.length
    envelope = piece.envelope
    return { ...piece, number: index + 1, file }
  })
}

/** One door is one postcode and one address as written; two people of one household elsewhere get two envelopes. */
function envelopeKey(item: PrintItem, { consolidate }: PrintSettings): string {
  if (consolidate === 'none') return item.communicationId
  const door = `${item.postcode}\n${written(item)}`
  const shared = consolidate === 'household' && item.household !== 0
  return `${shared ? `h${item.household}` : `c${item.customerId}`}\n${door}`
}

/** An address as compared: spaces, commas and width do not tell doors apart. */
const written = ({ address }: PrintItem): string => address.normalize('NFKC').replace(/[\s,，]+/g, '')

const envelopeFor = (sheets: number, { envelopes }: PrintSettings): string =>
  envelopes.find(({ mostSheets }) => sheets <= mostSheets)?.code ?? HAND_WORK

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
