import type { UseQueryResult } from '@tanstack/react-query'
import type { StepId } from '../../src/platform/app.ts'
import { useGet } from './queries.ts'
import type { Text } from './types.ts'

export type StageId = 'collect' | 'analyze' | 'optimize' | 'campaign' | 'personalize' | 'interact'
export type StepState = 'waiting' | 'running' | 'done' | 'failed'
export type Figures = Record<string, number | string | Record<string, number>>

export interface LoopStep {
  id: StepId
  stage: StageId
  title: Text
  state: StepState
  seconds: number | null
  figures: Figures
  runId: number | null
}

export interface LoopTurn {
  id: number
  asOf: string
  state: 'running' | 'done' | 'failed'
  error?: string | null
  startedAt: string
  finishedAt: string | null
}

export interface Loop {
  turn: LoopTurn | null
  running: { step: StepId; done: number; total: number; note: string } | null
  steps: LoopStep[]
  counts: Figures
}

/** A turn asked for is a job that begins a moment later; until then the loop is looked at as if it ran. */
let expectedUntil = 0
export const expectTurn = (): void => {
  expectedUntil = Date.now() + 30_000
}

/** Looked at every second while a turn runs, else every twenty. */
export const useLoop = (): UseQueryResult<Loop, Error> =>
  useGet<Loop>('/loop', {
    every: loop => (loop?.turn?.state === 'running' || Date.now() < expectedUntil ? 1000 : 20_000),
  })
