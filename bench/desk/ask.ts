/** HTTP as a browser speaks it: connections kept, an answer read whole, and never waited for without end. */
import { Agent, request } from 'node:http'

/** A page that needs longer is broken, not slow; the message says which. */
const PATIENCE_MS = 60_000

export interface Answer {
  status: number
  headers: Record<string, string | string[] | undefined>
  bytes: Buffer
  ms: number
}

/** `who`: a cookie, or `Bearer …`. */
export type Ask = (method: string, path: string, who: string, body?: unknown) => Promise<Answer>

const connections = new Agent({ keepAlive: true, maxSockets: 256 })

export const askAt =
  (address: string): Ask =>
  (method, path, who, body) => {
    const started = performance.now()
    return new Promise((resolve, reject) => {
      const text = body === undefined ? undefined : JSON.stringify(body)
      const sent = request(`${address}${path}`, {
        method,
        agent: connections,
        headers: {
          ...(who.startsWith('Bearer') ? { authorization: who } : { cookie: who }),
          'x-huiyin': '1',
          ...(text ? { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) } : {}),
        },
      })
      const fail = (error: Error): void => {
        clearTimeout(limit)
        reject(new Error(`${method} ${path}: ${error.message}`))
      }
      const limit = setTimeout(
        () => sent.destroy(new Error(`no whole answer within ${PATIENCE_MS / 1000} s`)),
        PATIENCE_MS,
      )
      sent.on('error', fail)
      sent.on('response', answer => {
        const parts: Buffer[] = []
        answer.on('data', part => parts.push(part))
        answer.on('error', fail)
        answer.on('end', () => {
          clearTimeout(limit)
          resolve({
            status: answer.statusCode ?? 0,
            headers: answer.headers,
            bytes: Buffer.concat(parts),
            ms: performance.now() - started,
          })
        })
      })
      sent.end(text)
    })
  }

/** What was answered; refuses whatever is not a success, with the answer's own words. */
export function read<T>(answer: Answer, what: string): T {
  const text = answer.bytes.toString()
  if (answer.status !== 200) throw new Error(`${what}: ${answer.status} ${text.slice(0, 300)}`)
  return JSON.parse(text) as T
}
