/** Shapes of the registry of models. */
import type { z } from 'zod'
import type * as registry from '../../src/analyze/registry/api.ts'

export type ModelDetail = z.infer<typeof registry.modelDetail>
export type ModelVersion = ModelDetail['versions'][number]
export type ModelBacktest = ModelDetail['backtests'][number]
export type ModelDrift = ModelDetail['drift'][number]
export type VerdictList = z.infer<typeof registry.verdictList>
export type ChurnSettings = z.infer<typeof registry.churnSettingsView>
export type CustomerOutlook = z.infer<typeof registry.customerOutlook>
