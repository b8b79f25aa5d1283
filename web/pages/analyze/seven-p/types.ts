/** Shapes of the seven pages, taken from the schemas the server checks them with. */
import type { z } from 'zod'
import type * as api from '../../../../src/analyze/seven-p/api.ts'

export type SevenPPage = z.infer<typeof api.sevenPPage>
export type Figure = z.infer<typeof api.figure>
export type Block = z.infer<typeof api.block>
export type BlockRow = z.infer<typeof api.blockRow>
export type CustomersBehind = z.infer<typeof api.customersBehind>
export type TargetList = z.infer<typeof api.targetList>
export type Target = z.infer<typeof api.target>
export type ContactCosts = z.infer<typeof api.contactCostList>
export type Unit = Figure['unit']
