import { z } from 'zod'
import type { App } from '../../platform/app.ts'
import { asJson } from '../../platform/stores/workflow/index.ts'
import { textSchema } from '../../platform/text.ts'

/** What listeners score, 1 to 5. */
export const criterion = z.object({ id: z.string().regex(/^[a-z0-9-]{1,40}$/), name: textSchema })
export type Criterion = z.infer<typeof criterion>

const usual: Criterion[] = [
  { id: 'greeting', name: { en: 'Greeting and identification', zh: '问候与身份核实' } },
  { id: 'listened', name: { en: 'Listened', zh: '倾听' } },
  { id: 'script', name: { en: 'Script and legal wording', zh: '话术与法定用语' } },
  { id: 'answer', name: { en: 'The answer was right', zh: '答复正确' } },
  { id: 'next-step', name: { en: 'Next step agreed', zh: '约定下一步' } },
]

export async function criteriaOf({ workflow }: Pick<App, 'workflow'>): Promise<Criterion[]> {
  const row = await workflow.db
    .selectFrom('listening_settings')
    .select('criteria')
    .where('id', '=', 1)
    .executeTakeFirst()
  return row?.criteria ?? usual
}

export async function saveCriteria({ workflow }: Pick<App, 'workflow'>, criteria: Criterion[]): Promise<void> {
  await workflow.db
    .insertInto('listening_settings')
    .values({ id: 1, criteria: asJson(criteria) })
    .onConflict(conflict => conflict.column('id').doUpdateSet({ criteria: asJson(criteria) }))
    .execute()
}
