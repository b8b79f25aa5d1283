import type { z } from 'zod'
import type { proofResult, proofRun, proofsView, wordRuns } from '../../../../src/personalize/proofs/api.ts'

export type Proofs = z.infer<typeof proofsView>
export type ProofMember = Proofs['set'][number]
export type ProofRun = z.infer<typeof proofRun>
export type ProofResult = z.infer<typeof proofResult>
export type WordRuns = z.infer<typeof wordRuns>['runs']
