/** Shapes of templates, fragments, drafts, pictures and previews. */
import type { z } from 'zod'
import type * as assets from '../../src/personalize/assets/api.ts'
import type { describedField } from '../../src/personalize/fields/describe-fields.ts'
import type * as letters from '../../src/personalize/import-letter/api.ts'
import type * as kinds from '../../src/personalize/kinds/api.ts'
import type * as looks from '../../src/personalize/live-preview/api.ts'
import type * as content from '../../src/personalize/templates/api.ts'

export type Asset = z.infer<typeof assets.assetRow>
export type AssetList = z.infer<typeof assets.assetList>
export type AssetStored = z.infer<typeof assets.assetStored>
export type AssetUses = z.infer<typeof assets.assetUses>
export type Field = z.infer<typeof describedField>
export type FieldList = z.infer<typeof looks.fieldList>
export type ImportedLetter = z.infer<typeof letters.importedLetter>
export type PreviewBody = z.input<typeof looks.previewBody>
export type Preview = z.infer<typeof looks.previewAnswer>
export type Shown = Preview['shown'][number]
export type PlacedProblem = Preview['problems'][number]
export type Versions = z.infer<typeof content.versionList>
export type VersionRow = Versions['versions'][number]
export type VersionDetail = z.infer<typeof content.versionDetail>
export type DraftSummary = z.infer<typeof content.draftSummary>
export type DraftList = z.infer<typeof content.draftList>
export type DraftDetail = z.infer<typeof content.draftDetail>
export type DraftSaved = z.infer<typeof content.draftSaved>
export type Comments = z.infer<typeof content.commentList>
export type Difference = z.infer<typeof content.difference>
export type FragmentList = z.infer<typeof content.fragmentList>
export type WhereUsed = z.infer<typeof content.whereUsed>
export type KindList = z.infer<typeof kinds.kindList>
