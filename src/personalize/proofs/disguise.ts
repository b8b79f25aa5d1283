import type { Data } from '../compose/check-data.ts'

/**
 * The same document for eyes that may not see whose it is: every letter of the name, the address and the account becomes another of
 * its kind and width, so that lines break where they broke. What a template tests for (missing, how many rows) stays.
 */
export const disguised = (data: Data): Data => ({
  ...data,
  ...('to' in data ? { to: inAll(data['to']) } : {}),
  ...('account' in data ? { account: inAll(data['account']) } : {}),
})

function inAll(value: unknown): unknown {
  if (typeof value === 'string') return masked(value)
  if (Array.isArray(value)) return value.map(inAll)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, inAll(part)]))
}

const masked = (text: string): string => {
  // An address of mail must stay one, or the message would be held.
  const [local, domain] = text.split('@')
  if (local !== undefined && domain !== undefined && /^[\w.-]+$/.test(domain)) return `${letters(local)}@example.com`
  return letters(text)
}

const letters = (text: string): string =>
  text
    .replace(/\p{Nd}/gu, '0')
    .replace(/\p{Script=Han}/gu, '某')
    .replace(/\p{Lu}/gu, 'X')
    .replace(/\p{Ll}/gu, 'x')
