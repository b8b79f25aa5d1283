import { language } from '../i18n/lang.ts'
import { ApiError, apiPath, type Query, UNCLEAR, UNREACHABLE } from './client.ts'

export interface Upload<T> {
  done: Promise<T>
  cancel(): void
}

/** Sends a file as its bytes and tells how far it is, which `fetch` cannot. A cancelled one ends with an AbortError. */
export function upload<T>(
  method: 'PUT' | 'POST',
  path: string,
  file: Blob,
  {
    query,
    type = 'application/octet-stream',
    onShare,
  }: { query?: Query; type?: string; onShare?: (share: number) => void } = {},
): Upload<T> {
  const request = new XMLHttpRequest()
  const done = new Promise<T>((resolve, reject) => {
    request.open(method, apiPath(path, query))
    request.setRequestHeader('x-huiyin', '1')
    request.setRequestHeader('accept-language', language.get())
    request.setRequestHeader('content-type', type)
    request.upload.onprogress = event => onShare?.(event.total > 0 ? event.loaded / event.total : 0)
    request.onerror = () => reject(new ApiError(0, UNREACHABLE, ''))
    request.onabort = () => reject(new DOMException('cancelled', 'AbortError'))
    request.onload = () => {
      const body = parsed(request.responseText)
      if (request.status >= 200 && request.status < 300) resolve(body as T)
      else {
        const error = (body as { error?: { code?: string; message?: string } } | null)?.error
        reject(new ApiError(request.status, error?.code ?? UNCLEAR, error?.message ?? ''))
      }
    }
    request.send(file)
  })
  return { done, cancel: () => request.abort() }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
