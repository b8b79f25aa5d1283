import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import type { Permission, Role } from '../../src/platform/auth/permissions.ts'
import type { Lang } from '../i18n/lang.ts'
import { ApiError, get, send } from './client.ts'
import { queryClient, sessionKey } from './queries.ts'

export type { Permission, Role }

export interface User {
  userId: number
  login: string
  name: string
  roles: Role[]
  lang: Lang
  permissions: Permission[]
}

/** null: nobody is signed in. */
export function useSession(): UseQueryResult<User | null, Error> {
  return useQuery({
    queryKey: sessionKey,
    staleTime: 5 * 60_000,
    queryFn: async () => {
      try {
        return (await get<{ user: User }>('/session')).user
      } catch (error) {
        if (error instanceof ApiError && error.status === 401) return null
        throw error
      }
    },
  })
}

/**
 * What one person saw is not the next one's to see. The session's own query stays: pages watch it. What was asked of it before must not come
 * back afterwards.
 */
async function become(user: User | null): Promise<void> {
  await queryClient.cancelQueries({ queryKey: sessionKey })
  queryClient.removeQueries({ predicate: query => query.queryKey[0] !== sessionKey[0] })
  queryClient.setQueryData(sessionKey, user)
}

export async function signIn(login: string, password: string): Promise<User> {
  const { user } = await send<{ user: User }>('POST', '/session', { login, password })
  await become(user)
  return user
}

export async function signOut(): Promise<void> {
  await send<unknown>('DELETE', '/session')
  await become(null)
}

export const may = (user: User | null | undefined, permission: Permission): boolean =>
  user?.permissions.includes(permission) ?? false

/** Asked of the signed-in person by any page. */
export function useMay(): (permission: Permission) => boolean {
  const { data } = useSession()
  return permission => may(data, permission)
}

/** Whoever is an agent and nothing else spends the day with customers: their place is the desk. */
export const worksAtDesk = (user: User): boolean => user.roles.length > 0 && user.roles.every(role => role === 'agent')
