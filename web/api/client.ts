import { language } from '../i18n/lang.ts'

/** An answer of the API that is not what was asked for; `message` is already in the reader's language. */
export class ApiError extends Error {
  readonly status: number
  readonly code: string
  constructor(status: number, code: string, message: string) {
    super(message)
    this.name = 'ApiError'
    this.status = status
    this.code = code
  }
}

/** The server could not be reached, or did not speak our language: the page words these itself. */
export const UNREACHABLE = 'web.unreachable'
export const UNCLEAR = 'web.unclear'

export type Query = Record<string, string | number | boolean | undefined | null>

export const apiPath = (path: string, query: Query = {}): string => {
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries(query))
    if (value !== undefined && value !== null && value !== '') search.set(key, String(value))
  const text = search.toString()
  return `/api/v1${path}${text ? `?${text}` : ''}`
}

interface Ask {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  query?: Query
  body?: unknown
  signal?: AbortSignal
}

/** The raw answer; throws ApiError for anything that is not 2xx. */
export async function ask(path: string, { method = 'GET', query, body, signal }: Ask = {}): Promise<Response> {
  let answer: Response
  try {
    answer = await fetch(apiPath(path, query), {
      method,
      credentials: 'same-origin',
      headers: {
        'accept-language': language.get(),
        // A page of another origin cannot send this header without asking first: the guard against forged requests.
        'x-huiyin': '1',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    })
  } catch (cause) {
    if (signal?.aborted) throw cause
    throw new ApiError(0, UNREACHABLE, '')
  }
  if (!answer.ok) throw await problem(answer)
  return answer
}

async function problem(answer: Response): Promise<ApiError> {
  const body: unknown = await answer.json().catch(() => null)
  const error =
    typeof body === 'object' && body !== null && 'error' in body
      ? (body.error as { code?: unknown; message?: unknown })
      : null
  const message = typeof error?.message === 'string' ? error.message : ''
  return new ApiError(answer.status, typeof error?.code === 'string' ? error.code : UNCLEAR, message)
}

export async function get<T>(path: string, query?: Query, signal?: AbortSignal): Promise<T> {
  const answer = await ask(path, { ...(query ? { query } : {}), ...(signal ? { signal } : {}) })
  return (await answer.json()) as T
}

/** 204 is `null`. */
export async function send<T>(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<T> {
  const answer = await ask(path, { method, ...(body === undefined ? {} : { body }) })
  const text = await answer.text()
  return (text === '' ? null : JSON.parse(text)) as T
}
