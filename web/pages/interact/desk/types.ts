import type { z } from 'zod'
import type * as calls from '../../../../src/interact/calls/api.ts'
import type * as desk from '../../../../src/interact/desk/api.ts'
import type * as tasks from '../../../../src/interact/tasks/api.ts'

export type Picture = z.infer<typeof desk.picture>
export type KeyFieldList = z.infer<typeof desk.keyFieldList>
export type KeyField = KeyFieldList['rows'][number]
export type DeskCapacity = z.infer<typeof desk.capacityView>
export type CallLimitsView = z.infer<typeof calls.callLimits>
export type CallView = z.infer<typeof calls.callView>
export type WhoBody = z.input<typeof calls.whoBody>
export type CallLists = z.infer<typeof tasks.listList>
export type CallListRow = CallLists['rows'][number]
export type AgentList = z.infer<typeof tasks.agentList>
export type AgentRow = z.infer<typeof tasks.agentRow>
