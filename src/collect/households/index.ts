/** What stands above and beside customers: households, and who works for whom. */
import type { StepContext } from '../../platform/app.ts'
import { linkOrganisations } from './organisations.ts'
import { recordHouseholdMembers } from './record-households.ts'

export async function recordHouseholds(
  ctx: StepContext,
): Promise<{ households: number; inHouseholds: number; works: number }> {
  const { households, members } = await recordHouseholdMembers(ctx)
  return { households, inHouseholds: members, works: await linkOrganisations(ctx) }
}
