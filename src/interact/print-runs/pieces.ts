import { type MailPiece, type PrintDocument, printDocuments } from '../../personalize/index.ts'
import type { App } from '../../platform/app.ts'

export interface PieceRow {
  piece: number
  position: number
  communication_id: string
  customer_id: number
  envelope: string
  file: number
  pages: number
  sheets: number
  postcode: string
}

const COLUMNS = `piece, position, communication_id, customer_id, toString(envelope) AS envelope, file, pages, sheets, postcode`

export const piecesOfFile = (app: Pick<App, 'facts'>, run: number, file: number): Promise<PieceRow[]> =>
  app.facts.query(
    `SELECT ${COLUMNS} FROM print_pieces WHERE print_run = {run:UInt64} AND file = {file:UInt32}
     ORDER BY piece, position LIMIT 1 BY piece, position`,
    { run, file },
  )

/** Rows of the named pieces; all of them when none is named. */
export const piecesOf = (app: Pick<App, 'facts'>, run: number, pieces: readonly number[]): Promise<PieceRow[]> =>
  app.facts.query(
    `SELECT ${COLUMNS} FROM print_pieces
     WHERE print_run = {run:UInt64} AND (empty({pieces:Array(UInt32)}) OR piece IN {pieces:Array(UInt32)})
     ORDER BY piece, position LIMIT 1 BY piece, position`,
    { run, pieces: [...pieces] },
  )

/**
 * Rows of a file as envelopes. A document that was erased meanwhile is left out, and so is an envelope that has none left: its number
 * stays free, so that all others keep theirs.
 */
export async function mailPieces(app: App, rows: readonly PieceRow[]): Promise<MailPiece[]> {
  const documents = await printDocuments(
    app,
    rows.map(row => row.communication_id),
  )
  return [...Map.groupBy(rows, row => row.piece)].flatMap(([number, of]) => {
    const found = of
      .map(row => documents.get(row.communication_id))
      .filter((document): document is PrintDocument => document !== undefined)
    return found.length > 0 ? [{ number, documents: found, inserts: 0 }] : []
  })
}
