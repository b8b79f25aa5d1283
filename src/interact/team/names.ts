import { offers } from '../../optimize/index.ts'
import type { App } from '../../platform/app.ts'
import type { Text } from '../../platform/text.ts'
import { kindOf } from '../tasks/kinds/index.ts'

export interface Names {
  list: (list: string) => Text
  offer: (offer: string) => Text
  user: (id: number) => string
}

/** What ids are called; one that nobody named is shown as it is. */
export async function namesOf(app: App): Promise<Names> {
  const [known, lists, users] = await Promise.all([
    offers(app).catch(() => []),
    app.workflow.db.selectFrom('desk_lists').select(['list_id', 'kind', 'offer']).execute(),
    app.workflow.db.selectFrom('users').select(['id', 'name']).execute(),
  ])
  const offerNames = new Map(known.map(one => [one.id, one.name]))
  const listNames = new Map(
    lists.map(row => [row.list_id, offerNames.get(row.offer) ?? (row.offer === '' ? kindOf(row.kind).name : null)]),
  )
  const userNames = new Map(users.map(user => [user.id, user.name]))
  const same = (code: string): Text => ({ en: code || '–', zh: code || '–' })
  return {
    list: list => listNames.get(list) ?? same(list),
    offer: offer => offerNames.get(offer) ?? same(offer),
    user: id => userNames.get(id) ?? String(id),
  }
}
