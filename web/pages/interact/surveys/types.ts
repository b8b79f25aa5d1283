import type { z } from 'zod'
import type { surveyBody, surveyDetail, surveyList, surveyRow, toAsk } from '../../../../src/interact/surveys/api.ts'

export type SurveyList = z.output<typeof surveyList>
export type SurveyRow = z.output<typeof surveyRow>
export type SurveyDetail = z.output<typeof surveyDetail>
export type ToAsk = z.output<typeof toAsk>
export type SurveyBody = z.output<typeof surveyBody>
export type QuestionBody = SurveyBody['questions'][number]
export type Measure = SurveyDetail['questions'][number]['all']
