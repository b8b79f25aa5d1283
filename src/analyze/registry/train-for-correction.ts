import type { App } from '../../platform/app.ts'
import { asJson } from '../../platform/stores/workflow/index.ts'
import type { Text } from '../../platform/text.ts'

const NOTHING: Text = {
  en: 'Nothing could be fitted to what is known; the version in use goes on.',
  zh: '现有数据无法拟合出模型；沿用当前版本。',
}

/** Trains what a correction of the customer model asked for, unless it has been taken back meanwhile, and keeps with it what came of it. */
export async function trainForCorrection(
  app: Pick<App, 'workflow'>,
  correction: number,
  train: () => Promise<number | null>,
): Promise<void> {
  const { db } = app.workflow
  const asked = db.selectFrom('model_corrections').select('state').where('id', '=', correction)
  if ((await asked.executeTakeFirst())?.state !== 'approved') return
  const keep = (version: number | null, problem: Text | null) =>
    db
      .updateTable('model_corrections')
      .set({ outcome: asJson({ version, problem }) })
      .where('id', '=', correction)
      .execute()
  try {
    const version = await train()
    await keep(version, version === null ? NOTHING : null)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    await keep(null, { en: `The training broke off: ${why}`, zh: `训练中断：${why}` })
    throw error
  }
}
