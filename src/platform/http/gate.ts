import { timingSafeEqual } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import type { App } from '../app.ts'
import { type ApiKey, KEY_PREFIX, keyOf, type MachineScope } from '../auth/api-keys.ts'
import { type Permission, permits } from '../auth/permissions.ts'
import { SESSION_COOKIE } from '../auth/routes.ts'
import { sessionUser } from '../auth/sessions.ts'
import type { User } from '../auth/users.ts'
import { httpErrors } from './errors.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What the caller must be allowed; null: anybody, signed in or not. A route without it is refused at start. */
    permission?: Permission | null
    /** What a machine's key must be good for; a route without it is closed to machines. */
    machine?: MachineScope
  }
  interface FastifyRequest {
    user: User
    /** Set instead of `user` when the caller is a machine with a key. */
    machine?: ApiKey
  }
}

/** The data folder's owner at this machine's command line. */
export const LOCAL_USER_ID = 0

const localUser: User = {
  userId: LOCAL_USER_ID,
  login: 'local',
  name: 'Command line',
  roles: ['administrator'],
  lang: 'en',
}

/** The data folder's token names the folder's owner on this machine: a command given while the server holds the folder. */
function isLocal(req: FastifyRequest, token: string | undefined): boolean {
  const given = req.headers.authorization?.replace(/^Bearer /, '')
  if (!token || !given) return false
  const [a, b] = [Buffer.from(given), Buffer.from(token)]
  return a.length === b.length && timingSafeEqual(a, b)
}

/** No form and no script of another origin can send this header unasked, so a machine needs no other proof against forgery. */
async function admitMachine(app: App, req: FastifyRequest, token: string): Promise<void> {
  const { machine } = req.routeOptions.config
  const key = await keyOf(app, token)
  if (!key) throw httpErrors['auth.no-session']()
  if (machine === undefined || !key.scopes.includes(machine))
    throw httpErrors['auth.forbidden']({ permission: machine ?? 'session' })
  req.machine = key
}

/** Signs the caller in by a machine's key, cookie or local token, then checks the route's permission and, for changes, the CSRF header. */
export function gate(app: App, localToken?: string) {
  return async (req: FastifyRequest): Promise<void> => {
    const permission = req.routeOptions.config.permission
    if (permission === undefined && req.is404) return
    if (isLocal(req, localToken)) {
      req.user = localUser
      return
    }
    const bearer = req.headers.authorization?.replace(/^Bearer /i, '')
    if (bearer?.startsWith(KEY_PREFIX)) return admitMachine(app, req, bearer)
    if (req.method !== 'GET' && req.method !== 'HEAD' && req.headers['x-huiyin'] === undefined)
      throw httpErrors['auth.csrf']()
    if (permission === null) return
    const token = req.cookies[SESSION_COOKIE]
    const user = token ? await sessionUser(app, token) : null
    if (!user) throw httpErrors['auth.no-session']()
    if (permission !== undefined && !permits(user, permission)) throw httpErrors['auth.forbidden']({ permission })
    req.user = user
  }
}
