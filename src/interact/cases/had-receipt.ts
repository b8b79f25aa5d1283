import type { App } from '../../platform/app.ts'

/** Whether the customer was told that one of these cases is here, or is being told. */
export async function hadReceipt({ workflow }: Pick<App, 'workflow'>, caseIds: readonly number[]): Promise<boolean> {
  if (caseIds.length === 0) return false
  const found = await workflow.db
    .selectFrom('customer_notices')
    .select('notice_key')
    .where(
      'notice_key',
      'in',
      caseIds.map(id => `case-opened:${id}`),
    )
    .where('state', 'in', ['sending', 'sent', 'uncertain'])
    .execute()
  return found.length > 0
}
