/** What the editor works on, as the server knows it. */
import type { MessageChannel as Channel } from '../../../../src/personalize/compose/template.ts'
import type { Block, BlockOf, ScriptField, TableColumn } from '../../../../src/personalize/design/blocks.ts'
import type { Design } from '../../../../src/personalize/design/design.ts'
import type { Language } from '../../../../src/personalize/design/languages.ts'
import type { Line, Paragraph, Phrase, RichText } from '../../../../src/personalize/design/rich-text.ts'
import type { Comparison, When } from '../../../../src/personalize/design/when.ts'
import type { TemplateDraftSource } from '../../../../src/personalize/templates/source.ts'

export type {
  Block,
  BlockOf,
  Comparison,
  Design,
  Language,
  Line,
  Paragraph,
  Phrase,
  RichText,
  ScriptField,
  TableColumn,
  TemplateDraftSource,
  When,
}
export type DesignChannel = Channel
export type BlockType = Block['type']
