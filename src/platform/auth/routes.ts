import { z } from 'zod'
import type { App, Http } from '../app.ts'
import { audit } from '../audit.ts'
import { defineErrors } from '../errors.ts'
import { loginAttempts } from './attempts.ts'
import { permissionsOf, roles } from './permissions.ts'
import { closeSession, openSession } from './sessions.ts'
import { addUser, checkPassword, listUsers, setDisabled, setPassword } from './users.ts'

export const SESSION_COOKIE = 'huiyin_session'

const errors = defineErrors({
  'auth.wrong-password': { status: 401, en: 'The login or the password is wrong.', zh: '登录名或密码错误。' },
  'auth.too-many-attempts': {
    status: 429,
    en: 'Too many wrong passwords. Try again in {seconds} seconds.',
    zh: '密码错误次数过多，请在 {seconds} 秒后重试。',
  },
})

const sessionView = z.object({
  user: z.object({
    userId: z.number(),
    login: z.string(),
    name: z.string(),
    roles: z.array(z.string()),
    lang: z.string(),
    permissions: z.array(z.string()),
  }),
})

export function authRoutes(http: Http, app: App): void {
  const attempts = loginAttempts()

  http.post(
    '/session',
    {
      config: { permission: null },
      schema: {
        tags: ['session'],
        summary: 'Sign in',
        body: z.object({ login: z.string().max(64), password: z.string().max(256) }),
        response: { 200: sessionView },
      },
    },
    async (req, reply) => {
      const { login, password } = req.body
      const seconds = attempts.wait(login)
      if (seconds > 0) throw errors['auth.too-many-attempts']({ seconds })
      // Counted before it is looked at: tries side by side are tries as well.
      attempts.failed(login)
      const user = await checkPassword(app, login, password)
      if (!user) throw errors['auth.wrong-password']()
      attempts.succeeded(login)
      const { token, seconds: maxAge } = await openSession(app, user.userId)
      await audit(app, { userId: user.userId, action: 'session.open', object: `user/${user.userId}` })
      reply.setCookie(SESSION_COOKIE, token, {
        path: '/',
        httpOnly: true,
        sameSite: 'lax',
        secure: req.protocol === 'https',
        // Not a moment: the browser's clock may be a day off.
        maxAge,
      })
      return { user: { ...user, permissions: permissionsOf(user) } }
    },
  )

  http.get(
    '/session',
    {
      config: { permission: 'turn.read' },
      schema: { tags: ['session'], summary: 'Who is signed in', response: { 200: sessionView } },
    },
    async req => ({ user: { ...req.user, permissions: permissionsOf(req.user) } }),
  )

  http.delete(
    '/session',
    { config: { permission: null }, schema: { tags: ['session'], summary: 'Sign out', response: { 204: z.null() } } },
    async (req, reply) => {
      const token = req.cookies[SESSION_COOKIE]
      if (token) await closeSession(app, token)
      reply.clearCookie(SESSION_COOKIE, { path: '/' })
      return reply.code(204).send(null)
    },
  )

  const userView = z.object({
    userId: z.number(),
    login: z.string(),
    name: z.string(),
    roles: z.array(z.string()),
    lang: z.string(),
    disabled: z.boolean(),
  })
  http.get(
    '/users',
    {
      config: { permission: 'admin' },
      schema: { tags: ['users'], summary: 'All users', response: { 200: z.object({ rows: z.array(userView) }) } },
    },
    async () => ({
      rows: (await listUsers(app)).map(row => ({
        userId: row.id,
        login: row.login,
        name: row.name,
        roles: row.roles,
        lang: row.lang,
        disabled: row.disabled,
      })),
    }),
  )

  http.post(
    '/users',
    {
      config: { permission: 'admin' },
      schema: {
        tags: ['users'],
        summary: `Add a user; roles: ${roles.join(', ')}`,
        body: z.object({
          login: z.string(),
          name: z.string().max(200),
          roles: z.array(z.string()),
          password: z.string(),
          lang: z.enum(['en', 'zh-CN']).default('en'),
        }),
        response: { 201: z.object({ userId: z.number() }) },
      },
    },
    async (req, reply) => {
      const userId = await addUser(app, req.body)
      await audit(app, {
        userId: req.user.userId,
        action: 'user.add',
        object: `user/${userId}`,
        detail: { roles: req.body.roles },
      })
      return reply.code(201).send({ userId })
    },
  )

  http.patch(
    '/users/:login',
    {
      config: { permission: 'admin' },
      schema: {
        tags: ['users'],
        summary: 'Set a password, disable or enable',
        params: z.object({ login: z.string() }),
        body: z.object({ password: z.string().optional(), disabled: z.boolean().optional() }),
        response: { 204: z.null() },
      },
    },
    async (req, reply) => {
      const { password, disabled } = req.body
      if (password !== undefined) await setPassword(app, req.params.login, password)
      if (disabled !== undefined) await setDisabled(app, req.params.login, disabled)
      await audit(app, {
        userId: req.user.userId,
        action: 'user.change',
        object: `login/${req.params.login}`,
        detail: { password: password !== undefined, disabled },
      })
      return reply.code(204).send(null)
    },
  )
}
