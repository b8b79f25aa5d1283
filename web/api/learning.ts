/** Shapes of what the loop learned. */
import type { z } from 'zod'
import type * as verdict from '../../src/analyze/verdicts/api.ts'
import type * as learning from '../../src/campaign/learning/api.ts'
import type * as shrinkage from '../../src/optimize/shrinkage/api.ts'

export type ModelVerdictPage = z.infer<typeof verdict.modelVerdict>
export type JudgedSegment = ModelVerdictPage['segments'][number]
export type SegmentEvidence = JudgedSegment['evidence'][number]
export type JudgedNeed = ModelVerdictPage['needs'][number]
export type CustomersBehind = z.infer<typeof verdict.behindList>
export type CorrectionList = z.infer<typeof verdict.correctionList>
export type Correction = CorrectionList['rows'][number]
export type LoopPage = z.infer<typeof learning.loopPage>
export type LearnedTurn = LoopPage['turns'][number]
export type ResponsePage = z.infer<typeof learning.responsePage>
export type ResponseCell = ResponsePage['cells'][number]
export type CalibrationPage = z.infer<typeof shrinkage.calibrationPage>
export type PlanCalibration = CalibrationPage['next']
