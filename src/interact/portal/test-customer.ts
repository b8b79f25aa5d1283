/** For tests: a customer with a browser that keeps cookies and sends the forms it was shown. */
import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { simpleParser } from 'mailparser'
import type { Http } from '../../platform/app.ts'

export interface Shown {
  status: number
  url: string
  body: string
  headers: Record<string, unknown>
  bytes: Buffer
}

export class TestCustomer {
  readonly #http: Http
  readonly #cookies: Map<string, string>
  /** Every address that was asked for. */
  readonly urls: string[] = []
  shown: Shown = { status: 0, url: '', body: '', headers: {}, bytes: Buffer.alloc(0) }

  constructor(http: Http, cookies: Record<string, string> = {}) {
    this.#http = http
    this.#cookies = new Map(Object.entries(cookies))
  }

  /** Follows where it is led. */
  async open(url: string, form?: Record<string, string>): Promise<Shown> {
    this.urls.push(url)
    const answer = await this.#http.inject({
      method: form ? 'POST' : 'GET',
      url,
      headers: {
        cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        'accept-language': 'en',
        ...(form ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
      },
      ...(form ? { payload: new URLSearchParams(form).toString() } : {}),
    })
    for (const { name, value } of answer.cookies as { name: string; value: string }[])
      if (value === '') this.#cookies.delete(name)
      else this.#cookies.set(name, value)
    const to = answer.headers.location
    if (typeof to === 'string') return this.open(to)
    const { statusCode: status, body, headers, rawPayload: bytes } = answer
    this.shown = { status, url, body, headers, bytes }
    return this.shown
  }

  /** The fields of the form on the page that goes there, filled in as given. */
  fields(action: string, given: Record<string, string> = {}): Record<string, string> {
    const form = [...this.shown.body.matchAll(/<form([^>]*)>([\s\S]*?)<\/form>/g)].find(
      ([, to = '']) => (/action="([^"]*)"/.exec(to)?.[1] ?? this.shown.url.split('?')[0]) === action,
    )
    assert.ok(form, `no form to ${action} on ${this.shown.url}: ${this.shown.body.slice(-1500)}`)
    const hidden = [...form[2]!.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)]
    return { ...Object.fromEntries(hidden.map(([, name, value]) => [name, value])), ...given }
  }

  send(action: string, given: Record<string, string> = {}): Promise<Shown> {
    return this.open(action, this.fields(action, given))
  }
}

/** The newest message to an address in the folders of the local transports; waits until it is there. */
export async function newestTo(dataDir: string, address: string, after = 0): Promise<string> {
  const folder = join(dataDir, 'out', address.includes('@') ? 'mail/new' : 'sms')
  for (let tries = 0; tries < 1200; tries++) {
    const found: string[] = []
    for (const name of await readdir(folder).catch(() => [])) {
      const bytes = await readFile(join(folder, name)).catch(() => null)
      if (!bytes?.includes(address)) continue
      const text = address.includes('@') ? ((await simpleParser(bytes)).text ?? '') : bytes.toString()
      if (/\b\d{6}\b/.test(text) && /code|验证码/.test(text)) found.push(text)
    }
    if (found.length > after) return found.at(-1)!
    await pause(25)
  }
  throw new Error(`no message to ${address}`)
}

export const codeIn = (text: string): string => /(?:code is|验证码为) (\d{6})/.exec(text)?.[1] ?? ''
