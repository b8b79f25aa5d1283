import type { Selectable } from 'kysely'
import type { App } from '../../platform/app.ts'
import { asJson, type WorkflowSchema } from '../../platform/stores/workflow/index.ts'
import { surveyErrors } from './errors.ts'
import type { Survey } from './survey.ts'

export type StoredSurvey = Selectable<WorkflowSchema['surveys']>
type Store = Pick<App, 'workflow'>

export const listSurveys = ({ workflow }: Store): Promise<StoredSurvey[]> =>
  workflow.db.selectFrom('surveys').selectAll().orderBy('survey_id', 'desc').limit(500).execute()

export async function surveyOf({ workflow }: Store, id: number): Promise<StoredSurvey> {
  const row = await workflow.db.selectFrom('surveys').selectAll().where('survey_id', '=', id).executeTakeFirst()
  if (!row) throw surveyErrors['survey.missing']({ id })
  return row
}

export async function addSurvey({ workflow }: Store, body: Survey, userId: number): Promise<number> {
  const { survey_id } = await workflow.db
    .insertInto('surveys')
    .values({
      body: asJson(body),
      state: 'draft',
      created_by: userId,
      created_at: new Date(),
      live_at: null,
      closed_at: null,
    })
    .returning('survey_id')
    .executeTakeFirstOrThrow()
  return survey_id
}

export async function changeSurvey(app: Store, id: number, body: Survey): Promise<void> {
  const { numUpdatedRows } = await app.workflow.db
    .updateTable('surveys')
    .set({ body: asJson(body) })
    .where('survey_id', '=', id)
    .where('state', '=', 'draft')
    .executeTakeFirst()
  if (numUpdatedRows === 0n) throw surveyErrors['survey.not-draft']({ id, state: (await surveyOf(app, id)).state })
}

export async function setSurveyState(app: Store, id: number, state: 'live' | 'closed'): Promise<void> {
  const now = new Date()
  await surveyOf(app, id)
  await app.workflow.db
    .updateTable('surveys')
    .set(state === 'live' ? { state, live_at: now, closed_at: null } : { state, closed_at: now })
    .where('survey_id', '=', id)
    .execute()
}
