import { z } from 'zod'
import { textSchema } from '../../platform/text.ts'
import { picture } from '../desk/api.ts'
import { partView } from '../take-back/part.ts'
import { REPLY_CLASSES } from './classes.ts'
import { SENDER_PROOFS } from './sender-proof.ts'
import { inboxSettings } from './settings.ts'

/** HTTP shapes of the inbox. */
export const replyClass = z.enum(REPLY_CLASSES)
export const inboxChannel = z.enum(['email', 'sms', 'portal'])
export const threadState = z.enum(['open', 'snoozed', 'closed'])

export const threadRow = z.object({
  threadId: z.number(),
  customerId: z.number(), // 0: nobody we know, or erased
  customerName: z.string(),
  channel: inboxChannel,
  subject: z.string(),
  address: z.string(),
  preview: z.string(),
  class: replyClass,
  sure: z.boolean(),
  state: threadState,
  snoozedUntil: z.string().nullable(),
  owner: z.number().nullable(),
  ownerName: z.string(),
  messages: z.number(),
  lastAt: z.string(),
})
// GET /inbox/threads?state=&owner=me|none&unassigned=&class=&channel=&q=&customer=&offset=&limit=
export const threadQuery = z.object({
  state: z.enum(['open', 'snoozed', 'closed', 'all']).default('open'),
  owner: z.enum(['me', 'none']).optional(),
  unassigned: z.stringbool().optional(),
  doubtful: z.stringbool().optional(),
  class: replyClass.optional(),
  channel: inboxChannel.optional(),
  q: z.string().trim().max(100).optional(),
  customer: z.coerce.number().int().positive().optional(),
  offset: z.coerce.number().int().min(0).max(100_000).default(0),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
export const threadList = z.object({
  total: z.number(),
  rows: z.array(threadRow),
  counts: z.object({
    open: z.number(),
    mine: z.number(),
    nobody: z.number(),
    unassigned: z.number(),
    doubtful: z.number(),
  }),
})

// GET /inbox/threads/:id
export const threadDetail = threadRow.extend({
  language: z.string(),
  about: z
    .object({
      communicationId: z.string(),
      kind: z.string(),
      offer: z.string(),
      offerName: textSchema,
      channel: z.string(),
      sentAt: z.string(),
    })
    .nullable(),
  log: z.array(
    z.object({
      messageId: z.number(),
      direction: z.enum(['in', 'out']),
      at: z.string(),
      address: z.string(),
      foreign: z.boolean(), // a mail from an address that we do not know of this customer
      proof: z.enum(SENDER_PROOFS),
      userName: z.string(),
      text: z.string(),
      quoted: z.string(),
      attachments: z.array(
        z.object({ name: z.string(), type: z.string(), bytes: z.number(), refused: z.string().optional() }),
      ),
      class: replyClass.nullable(),
      probability: z.number().nullable(),
      by: z.string(), // rule | model | person
      guesses: z.array(z.tuple([replyClass, z.number()])),
      label: replyClass.nullable(),
      followed: z.string().nullable(),
    }),
  ),
})

// POST /inbox/threads/:id/{owner,state,customer,answer} → threadDetail
export const ownerBody = z.object({ owner: z.union([z.literal('me'), z.number().int().positive(), z.null()]) })
// GET /inbox/owners
export const threadOwners = z.object({ rows: z.array(z.object({ userId: z.number(), name: z.string() })) })
export const stateBody = z.object({ state: threadState, until: z.iso.datetime().optional() })
export const customerBody = z.object({ customerId: z.number().int().positive() })
/** `id`: 32 hex digits made by the page; sent twice, the answer goes once. */
export const answerBody = z.object({
  id: z.string().regex(/^[0-9a-f]{32}$/),
  text: z.string().trim().min(1).max(20_000),
})
// GET, PUT /inbox/settings
export const settingsView = inboxSettings
// GET /inbox/threads/:id/customer
export const threadCustomer = picture.pick({ complaint: true, matters: true, communications: true }).extend({
  standing: picture.shape.standing, // null: no model has looked at them yet
  mayStanding: z.boolean(), // false: the reader's role does not see value and risk
})
// GET /inbox/messages/:id/correction?class=
export const correctionView = z.object({
  parts: z.array(partView), // of what had followed; `stays`: why it is not taken back
  receipt: z.boolean(), // a case is closed as mistaken whose receipt the customer has
  follows: z.enum(['accepted', 'declined', 'stopped', 'case:complaint', 'case:request', 'noted', 'person']),
  channels: z.array(z.enum(['email', 'sms', 'call', 'letter'])), // of `stopped`; none: the address alone
})
// POST /inbox/messages/:id/class → threadDetail
export const classBody = z.object({ class: replyClass })
// POST /inbox/messages/:id/class; `tell`: a customer who had the receipt of a case that is closed as mistaken
export const labelBody = classBody.extend({ tell: z.boolean().default(true) })

// GET /inbox/threads/:id/fragments
export const answerFragments = z.object({
  rows: z.array(z.object({ id: z.string(), title: textSchema, text: z.string() })),
})

// GET, POST /inbox/models
export const modelList = z.object({
  rows: z.array(
    z.object({
      version: z.number(),
      madeAt: z.string(),
      seed: z.number(),
      labels: z.number(),
      f1: z.number(), // macro, five-fold
      f1By: z.record(replyClass, z.number()),
    }),
  ),
  /** Corrected since the newest. */
  waiting: z.number(),
})
