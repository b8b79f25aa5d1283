/** What is left of a Word document once a thread has read it: plain data that can be handed over. */
export interface WordText {
  type: 'text'
  text: string
  bold: boolean
  italic: boolean
  underline: boolean
  link: string
}
export interface WordPicture {
  type: 'picture'
  /** Index into the pictures of the document. */
  picture: number
  alt: string
}
export type WordInline = WordText | WordPicture | { type: 'break' }

export interface WordParagraph {
  type: 'paragraph'
  style: string
  align: string
  list: { ordered: boolean; level: number } | null
  content: WordInline[]
}
export interface WordTable {
  type: 'table'
  rows: { head: boolean; cells: WordParagraph[][] }[]
  /** Cells over several columns or rows, tables in cells. */
  uneven: boolean
}
export type WordBlock = WordParagraph | WordTable

export interface WordDocument {
  blocks: WordBlock[]
  pictures: { bytes: Uint8Array; mediaType: string }[]
}
