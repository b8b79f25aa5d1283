/** What the web script sends, into events: checked, dated by our clock, and without what may name a person. */
import { z } from 'zod'
import { stripText, stripUrl } from './strip-personal.ts'

export const MOST_BYTES = 64 * 1024
const text = z.string().max(2000)
const day = 24 * 3600_000

const hit = z.object({
  /** Random id. */
  i: z.string().regex(/^[0-9a-zA-Z-]{16,40}$/),
  t: z.enum(['consent-given', 'page-viewed', 'product-viewed', 'searched', 'basket-changed']),
  /** Milliseconds since 1970 by the visitor's clock. */
  a: z.number(),
  u: text.default(''),
  r: text.default(''),
  n: text.default(''),
  p: z
    .object({
      product: z.string().max(100).optional(),
      query: text.optional(),
      results: z.number().int().min(0).max(1e9).optional(),
      items: z
        .array(z.object({ product: z.string().max(100), quantity: z.number().min(0).max(1e6) }))
        .max(100)
        .optional(),
      wording: z.string().max(60).optional(),
    })
    .default({}),
})

export const hits = z.object({
  k: z.string().max(60),
  v: z.string().regex(/^[0-9a-z]{20,32}$/),
  /** When it was sent, by the visitor's clock: what an hour was then is an hour now. */
  s: z.number(),
  x: z.string().max(100).optional(),
  e: z.array(hit).max(100),
})
export type Hits = z.infer<typeof hits>

/** Events as `readEvent` takes them. A clock that is wrong by years is put right; a queue older than a week counts as a week. */
export function eventsOf(sent: Hits, now: number): object[] {
  return sent.e.map(({ i, t, a, u, r, n, p }) => ({
    eventId: `web:${i}`,
    type: t,
    channel: 'web',
    at: new Date(now - Math.min(Math.max(sent.s - a, 0), 7 * day)).toISOString(),
    payload: {
      url: stripUrl(u),
      ...(r ? { referrer: stripUrl(r) } : {}),
      ...(n ? { title: stripText(n) } : {}),
      ...(p.product === undefined ? {} : { product: stripText(p.product.slice(0, 40)) }),
      ...(p.query === undefined ? {} : { query: stripText(p.query) }),
      ...(p.results === undefined ? {} : { results: p.results }),
      ...(p.items === undefined
        ? {}
        : { items: p.items.map(({ product, quantity }) => ({ product: stripText(product.slice(0, 40)), quantity })) }),
      ...(p.wording === undefined ? {} : { wording: p.wording }),
    },
  }))
}
