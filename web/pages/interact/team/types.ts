import type { z } from 'zod'
import type * as api from '../../../../src/interact/team/api.ts'

export type Live = z.output<typeof api.live>
export type LiveAgent = Live['agents'][number]
export type Queue = Live['queues'][number]
export type TeamFigures = z.output<typeof api.figures>
export type FigureRow = TeamFigures['rows'][number]
export type Share = FigureRow['contact']
export type SampleList = z.output<typeof api.sampleList>
export type SampleRow = SampleList['rows'][number]
export type MeanRow = SampleList['means'][number]
export type SampleDetail = z.output<typeof api.sampleDetail>
export type Objections = z.output<typeof api.objections>
export type ObjectionRow = Objections['rows'][number]
export type TrialList = z.output<typeof api.trialList>
export type TrialRow = TrialList['rows'][number]
export type TrialMeasure = TrialRow['measures'][number]
export type CircleList = z.output<typeof api.circleList>
export type CircleRow = CircleList['rows'][number]
export type CircleDetail = z.output<typeof api.circleDetail>
export type CircleBody = CircleRow['body']
