import type { App } from '../../platform/app.ts'
import { audit } from '../../platform/audit.ts'
import { churnDefinitionSchema, sameDefinition } from '../churn/definition.ts'
import { registryErrors } from './errors.ts'
import { churnSettings } from './plan-training.ts'

export interface Person {
  userId: number
  name: string
}

/** A person puts a version into use, from the next turn on, or turns it down. Approving the one before takes it back. */
export async function decideVersion(
  app: Pick<App, 'workflow'>,
  model: string,
  version: number,
  action: 'approve' | 'reject',
  by: Person,
): Promise<void> {
  const row = await app.workflow.db
    .selectFrom('model_versions')
    .select(['id', 'role', 'about', 'definition'])
    .where('model', '=', model)
    .where('id', '=', version)
    .executeTakeFirst()
  if (!row) throw registryErrors['analyze.no-such-version']({ model, version })
  if (action === 'approve') {
    if (row.definition === null) throw registryErrors['analyze.version-forgotten']({ model, version })
    if (model === 'churn') {
      const { definition } = await churnSettings(app)
      if (!sameDefinition(churnDefinitionSchema.parse(row.about), definition))
        throw registryErrors['analyze.version-other-definition']({ version })
    }
  } else if (row.role === 'champion') throw registryErrors['analyze.version-in-use']({ version })
  const decided = { decided_by: by.userId, decided_name: by.name, decided_at: new Date() }
  await app.workflow.transaction(async tx => {
    if (action === 'approve')
      await tx
        .updateTable('model_versions')
        .set({ role: 'retired', ...decided })
        .where('model', '=', model)
        .where('role', '=', 'champion')
        .where('id', '!=', version)
        .execute()
    await tx
      .updateTable('model_versions')
      .set({ role: action === 'approve' ? 'champion' : 'rejected', ...decided })
      .where('id', '=', version)
      .execute()
  })
  await audit(app, { userId: by.userId, action: `models.${action}`, object: `model/${model}/${version}` })
}
