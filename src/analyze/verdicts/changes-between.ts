import type { App } from '../../platform/app.ts'
import type { Text } from '../../platform/text.ts'
import type { ModelId } from '../models/model-record.ts'
import { titles } from '../pages/model-list.ts'

/** One thing people or rules changed of the customer model. */
export interface ModelChange {
  kind: 'segments' | 'model' | 'need' | 'correction'
  at: Date
  what: Text
  by: string
}

/** What was changed of segments, models and needs, the earliest first. */
export async function modelChanges(app: Pick<App, 'workflow'>): Promise<ModelChange[]> {
  const { db } = app.workflow
  const [segments, models, needs, corrections] = await Promise.all([
    db
      .selectFrom('segment_versions')
      .select(['id', 'name', 'note', 'decided_at', 'decided_by_name'])
      .where('state', '=', 'approved')
      .where('decided_at', 'is not', null)
      .execute(),
    db
      .selectFrom('model_versions')
      .select(['id', 'model', 'learner', 'decided_at', 'decided_name'])
      .where('role', 'in', ['champion', 'retired'])
      .execute(),
    db
      .selectFrom('need_versions')
      .select(['code', 'version', 'body', 'released_at', 'state'])
      .where('released_at', 'is not', null)
      .execute(),
    db.selectFrom('model_corrections').selectAll().where('state', '=', 'approved').execute(),
  ])
  const changes: ModelChange[] = [
    ...segments.map(
      (row): ModelChange => ({
        kind: 'segments',
        at: row.decided_at!,
        by: row.decided_by_name ?? '',
        what: {
          en: `Segment rules ${row.id}${row.name ? `: ${row.name}` : ''}`,
          zh: `类别规则第 ${row.id} 版${row.name ? `：${row.name}` : ''}`,
        },
      }),
    ),
    ...models.map((row): ModelChange => {
      const title = titles[row.model as ModelId]
      return {
        ...{ kind: 'model', at: row.decided_at, by: row.decided_name },
        what: {
          en: `${title?.en ?? row.model}: version ${row.id} (${row.learner}) in use`,
          zh: `${title?.zh ?? row.model}：启用第 ${row.id} 版（${row.learner}）`,
        },
      }
    }),
    ...needs.map(
      (row): ModelChange => ({
        ...{ kind: 'need', at: row.released_at!, by: '' },
        what: {
          en: `Need ${row.body.name.en}, version ${row.version}`,
          zh: `需求“${row.body.name.zh}”第 ${row.version} 版`,
        },
      }),
    ),
    ...corrections.map(
      (row): ModelChange => ({
        ...{ kind: 'correction', at: row.decided_at!, by: row.decided_by_name ?? '' },
        what: { en: `${row.target}: ${row.change.words.en}`, zh: `${row.target}：${row.change.words.zh}` },
      }),
    ),
  ]
  return changes.sort((a, b) => a.at.getTime() - b.at.getTime())
}
