import type { App } from '../../platform/app.ts'
import { rightsErrors } from './errors.ts'

/** Throws `rights.erased` for a customer whose data were erased; an unknown number passes. */
export async function refuseErased(app: Pick<App, 'workflow'>, customerId: number): Promise<void> {
  const row = await app.workflow.db
    .selectFrom('rights_erased')
    .selectAll()
    .where('customer_id', '=', customerId)
    .executeTakeFirst()
  if (row)
    throw rightsErrors['rights.erased']({
      customer: customerId,
      day: row.at.toISOString().slice(0, 10),
      certificate: row.certificate_id,
    })
}
