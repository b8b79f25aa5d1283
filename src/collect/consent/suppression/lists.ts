/** The suppression lists themselves: what each is for and what it closes. */
import type { App } from '../../../platform/app.ts'
import { asJson } from '../../../platform/stores/workflow/index.ts'
import type { Text } from '../../../platform/text.ts'
import { consentErrors } from '../errors.ts'

export interface SuppressionList {
  code: string
  name: Text
  about: string
  channels: string[]
  /** Closes service mail too: the dead get no bills. */
  service: boolean
  active: boolean
}

type Store = Pick<App, 'workflow' | 'facts'>

const everywhere = ['email', 'sms', 'call', 'letter']

/** Those every company needs; a new installation starts with them, empty. */
const USUAL: SuppressionList[] = [
  {
    code: 'do-not-mail',
    name: { en: 'Do not mail', zh: '拒收邮寄' },
    about: '',
    channels: ['letter'],
    service: false,
    active: true,
  },
  {
    code: 'do-not-call',
    name: { en: 'Do not call', zh: '拒接来电' },
    about: '',
    channels: ['call', 'sms'],
    service: false,
    active: true,
  },
  {
    code: 'deceased',
    name: { en: 'Deceased', zh: '已故' },
    about: '',
    channels: everywhere,
    service: true,
    active: true,
  },
  { code: 'fraud', name: { en: 'Fraud', zh: '欺诈' }, about: '', channels: everywhere, service: false, active: true },
  {
    code: 'employees',
    name: { en: 'Employees', zh: '员工' },
    about: '',
    channels: everywhere,
    service: false,
    active: true,
  },
]

export async function suppressionLists(app: Store): Promise<SuppressionList[]> {
  const read = () => app.workflow.db.selectFrom('suppression_lists').selectAll().orderBy('code').execute()
  let rows = await read()
  if (rows.length === 0) {
    for (const list of USUAL) await addList(app, list, 0)
    rows = await read()
  }
  return rows.map(({ code, name, about, channels, service, active }) => ({
    code,
    name,
    about,
    channels,
    service,
    active,
  }))
}

export async function listNamed(app: Store, code: string): Promise<SuppressionList> {
  const lists = await suppressionLists(app)
  const found = lists.find(list => list.code === code)
  if (!found) throw consentErrors['consent.no-list']({ list: code, known: lists.map(list => list.code).join(', ') })
  return found
}

export async function addList(app: Store, list: SuppressionList, userId: number): Promise<void> {
  const row = await app.workflow.db
    .insertInto('suppression_lists')
    .values({ ...list, name: asJson(list.name), created_by: userId, created_at: new Date() })
    .onConflict(conflict => conflict.column('code').doNothing())
    .returning('code')
    .executeTakeFirst()
  if (!row) throw consentErrors['consent.list-exists']({ list: list.code })
  await writeRule(app, list)
}

export async function changeList(
  app: Store,
  code: string,
  change: Partial<Pick<SuppressionList, 'name' | 'about' | 'channels' | 'service' | 'active'>>,
): Promise<SuppressionList> {
  const list = { ...(await listNamed(app, code)), ...change }
  const { name, about, channels, service, active } = list
  await app.workflow.db
    .updateTable('suppression_lists')
    .set({ name: asJson(name), about, channels, service, active })
    .where('code', '=', code)
    .execute()
  await writeRule(app, list)
  return list
}

const writeRule = (app: Store, { code, channels, service, active }: SuppressionList): Promise<void> =>
  app.facts.insert('suppression_rules', [
    { list: code, channels, service: service ? 1 : 0, active: active ? 1 : 0, version: nextVersion() },
  ])

let last = 0
/** Milliseconds since 1970, times a thousand: grows also within one millisecond. */
export const nextVersion = (): number => (last = Math.max(last + 1, Date.now() * 1000))
