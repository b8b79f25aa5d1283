import { randomBytes } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'
import type { App } from '../app.ts'
import { defineErrors } from '../errors.ts'
import { isRole, type Permission, permits, roles } from './permissions.ts'

export interface User {
  userId: number
  login: string
  name: string
  roles: string[]
  lang: string
}

export const userErrors = defineErrors({
  'auth.unknown-role': {
    status: 400,
    en: 'There is no role "{role}". Roles: {roles}.',
    zh: '没有角色“{role}”。可用角色：{roles}。',
  },
  'auth.no-user': { status: 404, en: 'There is no user "{login}".', zh: '没有用户“{login}”。' },
  'auth.login-taken': { status: 409, en: 'A user "{login}" exists already.', zh: '用户“{login}”已存在。' },
  'auth.bad-login': {
    status: 400,
    en: 'A login is 2 to 64 letters, digits or . _ - @, not "{login}".',
    zh: '登录名须为 2 至 64 个字母、数字或 . _ - @，不能是“{login}”。',
  },
  'auth.weak-password': { status: 400, en: 'A password needs at least 10 characters.', zh: '密码至少需要 10 个字符。' },
})

type Db = Pick<App, 'workflow'>

export const randomPassword = (): string => randomBytes(12).toString('base64url')

export interface NewUser {
  login: string
  name: string
  roles: string[]
  password: string
  lang?: string
}

export async function addUser({ workflow }: Db, user: NewUser): Promise<number> {
  if (!/^[\p{L}\p{N}._@-]{2,64}$/u.test(user.login)) throw userErrors['auth.bad-login']({ login: user.login })
  for (const role of user.roles)
    if (!isRole(role)) throw userErrors['auth.unknown-role']({ role, roles: roles.join(', ') })
  if (user.roles.length === 0) throw userErrors['auth.unknown-role']({ role: '', roles: roles.join(', ') })
  if (user.password.length < 10) throw userErrors['auth.weak-password']()
  const password = await hash(user.password)
  const row = await workflow.db
    .insertInto('users')
    .values({
      login: user.login,
      name: user.name,
      roles: user.roles,
      password,
      lang: user.lang ?? 'en',
      disabled: false,
      created_at: new Date(),
    })
    .onConflict(conflict => conflict.column('login').doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!row) throw userErrors['auth.login-taken']({ login: user.login })
  return row.id
}

export async function setPassword({ workflow }: Db, login: string, password: string): Promise<void> {
  if (password.length < 10) throw userErrors['auth.weak-password']()
  const row = await workflow.db
    .updateTable('users')
    .set({ password: await hash(password) })
    .where('login', '=', login)
    .returning('id')
    .executeTakeFirst()
  if (!row) throw userErrors['auth.no-user']({ login })
  // Whoever knew the old password is signed out with it.
  await workflow.db.deleteFrom('sessions').where('user_id', '=', row.id).execute()
}

export async function setDisabled({ workflow }: Db, login: string, disabled: boolean): Promise<void> {
  const row = await workflow.db
    .updateTable('users')
    .set({ disabled })
    .where('login', '=', login)
    .returning('id')
    .executeTakeFirst()
  if (!row) throw userErrors['auth.no-user']({ login })
  if (disabled) await workflow.db.deleteFrom('sessions').where('user_id', '=', row.id).execute()
}

export async function listUsers({ workflow }: Db) {
  return workflow.db
    .selectFrom('users')
    .select(['id', 'login', 'name', 'roles', 'lang', 'disabled', 'created_at'])
    .orderBy('login')
    .execute()
}

/** Who may do something and can sign in, by name: to hand work to. */
export async function peopleWho({ workflow }: Db, permission: Permission): Promise<{ userId: number; name: string }[]> {
  const users = await workflow.db
    .selectFrom('users')
    .select(['id', 'name', 'roles'])
    .where('disabled', '=', false)
    .orderBy('name')
    .execute()
  return users.filter(user => permits(user, permission)).map(({ id, name }) => ({ userId: id, name }))
}

/** The first login of an empty installation, printed once. HUIYIN_ADMIN_PASSWORD sets the password beforehand. */
export async function firstLogin(app: Db, env: NodeJS.ProcessEnv): Promise<{ login: string; password: string } | null> {
  const any = await app.workflow.db.selectFrom('users').select('id').limit(1).executeTakeFirst()
  if (any) return null
  const password = env['HUIYIN_ADMIN_PASSWORD'] || randomPassword()
  await addUser(app, { login: 'admin', name: 'Administrator 管理员', roles: ['administrator'], password })
  return { login: 'admin', password }
}

/** A hash nobody's password has, so that an unknown login takes as long to refuse as a wrong password. */
let decoy: Promise<string> | undefined

export async function checkPassword({ workflow }: Db, login: string, password: string): Promise<User | null> {
  const row = await workflow.db.selectFrom('users').selectAll().where('login', '=', login).executeTakeFirst()
  decoy ??= hash(randomPassword())
  const right = await verify(row?.password ?? (await decoy), password)
  if (!row || !right || row.disabled) return null
  return { userId: row.id, login: row.login, name: row.name, roles: row.roles, lang: row.lang }
}
