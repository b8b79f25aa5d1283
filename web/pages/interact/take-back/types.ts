import type { z } from 'zod'
import type * as api from '../../../../src/interact/outcomes/api.ts'

export type OutcomeList = z.infer<typeof api.outcomeList>
export type OutcomeRow = OutcomeList['rows'][number]
export type OutcomeParts = z.infer<typeof api.outcomeParts>
export type TakenBack = z.infer<typeof api.takenBack>

/** Of the agent's own desk, or of the whole team. */
export type Root = '/desk' | '/team'
