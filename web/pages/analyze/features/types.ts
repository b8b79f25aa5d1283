import type { z } from 'zod'
import type * as view from '../../../../src/analyze/features/view/api.ts'
import type * as lineage from '../../../../src/analyze/lineage/api.ts'

export type FeatureList = z.infer<typeof view.featureList>
export type FeatureRow = z.infer<typeof view.featureRow>
export type FeatureDetail = z.infer<typeof view.featureDetail>
export type OwnPreview = z.infer<typeof view.ownPreview>
export type OwnChoices = z.infer<typeof view.ownChoices>
export type OwnBody = z.input<typeof view.ownBody>
export type OwnDefinition = z.input<typeof view.ownBody>['definition']
export type Lineage = z.infer<typeof lineage.lineage>
export type LineageRow = z.infer<typeof lineage.lineageRow>
export type FigureLineage = z.infer<typeof lineage.figureLineage>
