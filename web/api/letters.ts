import type { z } from 'zod'
import type * as letters from '../../src/personalize/letters/api.ts'

export type LetterList = z.infer<typeof letters.letterList>
export type LetterRow = LetterList['rows'][number]
export type LetterDetail = z.infer<typeof letters.letterDetail>
export type LetterContent = z.infer<typeof letters.letterContent>
export type LetterForm = LetterDetail['form']
export type LetterEnclosure = LetterContent['enclosures'][number]
export type LetterTemplates = z.infer<typeof letters.letterTemplateList>
