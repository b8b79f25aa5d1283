import { timingSafeEqual } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import type { App } from '../app.ts'
import { type Permission, permits } from '../auth/permissions.ts'
import { SESSION_COOKIE } from '../auth/routes.ts'
import { sessionUser } from '../auth/sessions.ts'
import type { User } from '../auth/users.ts'
import { httpErrors } from './errors.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What the caller must be allowed; null: anybody, signed in or not. A route without it is refused at start. */
    permission?: Permission | null
  }
  interface FastifyRequest {
    user: User
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

/** Signs the caller in by cookie or local token, then checks the route's permission and, for changes, the CSRF header. */
export function gate(app: App, localToken?: string) {
  return async (req: FastifyRequest): Promise<void> => {
    const permission = req.routeOptions.config.permission
    if (permission === undefined && req.is404) return
    if (isLocal(req, localToken)) {
      req.user = localUser
      return
    }
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
