import type { z } from 'zod'
import type { caseDetail, caseList, caseRow, caseSettingsView } from '../../../../src/interact/cases/api.ts'

export type CaseRow = z.output<typeof caseRow>
export type CaseList = z.output<typeof caseList>
export type CaseDetail = z.output<typeof caseDetail>
export type CaseSettings = z.output<typeof caseSettingsView>
