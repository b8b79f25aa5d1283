/** Shapes of segments: rules, versions, trials, suggestions, the matrix, the manager's page. */
import type { z } from 'zod'
import type * as api from '../../src/analyze/segments/api.ts'

export type SegmentSet = z.infer<typeof api.segmentSetSchema>
export type Segment = SegmentSet['segments'][number]
export type Rule = Segment['rule']
export type Condition = Extract<Rule, { all: unknown }>['all'][number]
export type Service = NonNullable<Segment['service']>
export type Criterion = z.infer<typeof api.criterion>
export type CriteriaList = z.infer<typeof api.criteriaList>
export type Look = z.infer<typeof api.lookView>
export type LookTree = NonNullable<Look['tree']>
export type VersionList = z.infer<typeof api.versionList>
export type Version = VersionList['rows'][number]
export type VersionDetail = z.infer<typeof api.versionDetail>
export type Change = VersionDetail['changes'][number]
export type Made = z.infer<typeof api.made>
export type Trial = z.infer<typeof api.trial>
export type TrialList = z.infer<typeof api.trialList>
export type TrialResult = NonNullable<Trial['result']>
export type Capacity = z.infer<typeof api.capacitySchema>
export type Suggestion = z.infer<typeof api.suggestion>
export type SuggestionResult = NonNullable<Suggestion['result']>
export type MatrixView = z.infer<typeof api.matrixView>
export type MatrixCell = MatrixView['cells'][number]
export type Matrix = z.infer<typeof api.matrixSchema>
export type CellMembers = z.infer<typeof api.cellMembers>
export type Management = z.infer<typeof api.management>
export type Owners = z.infer<typeof api.owners>
