import type { Store } from './task-table.ts'

/** One row for each list that tasks are about to go into; what is there keeps its place. Returns the skill of each. */
export async function openLists(
  { workflow }: Store,
  lists: readonly { list: string; kind: string; offer: string; rank: number }[],
): Promise<Map<string, string>> {
  const fresh = [...new Map(lists.map(list => [list.list, list])).values()]
  if (fresh.length === 0) return new Map()
  await workflow.db
    .insertInto('desk_lists')
    .values(
      fresh.map(({ list, kind, offer, rank }) => ({
        list_id: list,
        kind,
        offer,
        rank,
        paused: false,
        skill: '',
        opened_at: new Date(),
      })),
    )
    .onConflict(conflict => conflict.column('list_id').doNothing())
    .execute()
  const rows = await workflow.db
    .selectFrom('desk_lists')
    .select(['list_id', 'skill'])
    .where(
      'list_id',
      'in',
      fresh.map(({ list }) => list),
    )
    .execute()
  return new Map(rows.map(row => [row.list_id, row.skill]))
}
