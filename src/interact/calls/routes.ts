import { randomUUID } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { App, Http } from '../../platform/app.ts'
import { audit } from '../../platform/audit.ts'
import { SESSION_COOKIE } from '../../platform/auth/routes.ts'
import { sessionUser, whenSignedOut } from '../../platform/auth/sessions.ts'
import { LOCAL_USER_ID } from '../../platform/http/gate.ts'
import * as api from './api.ts'
import { type Call, openCalls } from './call-table.ts'
import { callsView, changeView } from './call-view.ts'
import { identifyCaller } from './identify.ts'
import { dismissCall, readCallLimits, saveCallLimits } from './lost-calls.ts'
import { listenToCalls } from './push.ts'
import { reportCall } from './report.ts'
import { takeCall } from './take-call.ts'

const byCall = z.object({ call: z.string().max(60) })
const tags = ['desk']
/** A stream is opened anew now and then, so that a session that ended, ends. */
const STREAM_MS = 10 * 60_000
/** Also how long a desk that signed out at another process, or has other roles, may still hear of calls. */
const HEARTBEAT_MS = 15_000

export function callRoutes(http: Http, app: App): void {
  const work = { config: { permission: 'tasks.work' as const } }

  http.post(
    '/calls',
    {
      config: { permission: 'tasks.manage', machine: 'calls.write' },
      schema: {
        tags,
        summary: 'A telephone system reports a call: it rings, is answered, ends, was recorded',
        body: api.callReport,
        response: { 200: api.callAnswer },
      },
    },
    async req => {
      const { at, ...report } = req.body
      const call = await reportCall(app, { ...report, at: at ? new Date(at) : undefined })
      if (report.recording)
        await audit(app, {
          userId: req.machine ? LOCAL_USER_ID : req.user.userId,
          action: 'call.recording',
          object: `call/${call.call_id}`,
        })
      return { callId: call.call_id, state: call.state, how: call.how, numberState: call.number_state }
    },
  )

  http.get(
    '/desk/calls',
    {
      ...work,
      schema: { tags, summary: 'Calls that ring or are spoken at this desk', response: { 200: api.callList } },
    },
    async req => ({ rows: await callsView(app, await openCalls(app, req.user.userId), req.user) }),
  )

  http.post(
    '/desk/calls/:call/take',
    {
      ...work,
      schema: { tags, summary: 'Answer: the call becomes my task', params: byCall, response: { 200: api.callView } },
    },
    async req => {
      const call = await takeCall(app, req.params.call, req.user.userId, req.user.lang)
      return (await callsView(app, [call], req.user))[0]!
    },
  )

  http.post(
    '/desk/calls/:call/who',
    {
      ...work,
      schema: {
        tags,
        summary: 'What the caller says of themselves',
        params: byCall,
        body: api.whoBody,
        response: { 200: api.callView },
      },
    },
    async req => {
      const { said, customerId } = req.body
      const call = await identifyCaller(app, req.params.call, req.user.userId, said, customerId)
      return (await callsView(app, [call], req.user))[0]!
    },
  )

  http.post(
    '/desk/calls/:call/dismiss',
    {
      ...work,
      schema: {
        tags,
        summary: 'It is over, though the telephone system never said so',
        params: byCall,
        response: { 200: api.callView },
      },
    },
    async req => {
      const call = await dismissCall(app, req.params.call, req.user.userId)
      return (await callsView(app, [call], req.user))[0]!
    },
  )

  http.get(
    '/desk/call-limits',
    {
      config: { permission: 'tasks.lists' },
      schema: { tags, summary: 'How long a call rings and lasts at most', response: { 200: api.callLimits } },
    },
    () => readCallLimits(app),
  )

  http.put(
    '/desk/call-limits',
    {
      config: { permission: 'tasks.manage' },
      schema: {
        tags,
        summary: 'A call longer than this is over, though nobody hung up',
        body: api.callLimits,
        response: { 200: api.callLimits },
      },
    },
    async req => {
      await saveCallLimits(app, req.body)
      await audit(app, { userId: req.user.userId, action: 'desk.call-limits', object: 'desk/calls', detail: req.body })
      return req.body
    },
  )

  http.post(
    '/desk/walk-in',
    { ...work, schema: { tags, summary: 'Somebody stands at the counter', response: { 200: api.callView } } },
    async req => {
      const callId = `counter-${randomUUID().slice(0, 18)}`
      await reportCall(app, { callId, event: 'answer', direction: 'counter' })
      const call = await takeCall(app, callId, req.user.userId, req.user.lang)
      return (await callsView(app, [call], req.user))[0]!
    },
  )

  streamRoute(http, app)
}

async function stillSignedIn(app: App, { user, cookies }: FastifyRequest): Promise<boolean> {
  if (user.userId === LOCAL_USER_ID) return true
  const now = await sessionUser(app, cookies[SESSION_COOKIE] ?? '')
  return now !== null && now.userId === user.userId && now.roles.join() === user.roles.join()
}

/** Ended before the server closes, which waits for open answers. */
function streamRoute(http: Http, app: App): void {
  const streams = new Set<() => void>()
  http.addHook('preClose', done => {
    for (const end of streams) end()
    done()
  })

  http.get(
    '/desk/events',
    {
      config: { permission: 'tasks.work' },
      schema: { tags, summary: 'Calls as they come (text/event-stream); without that accept header, those there are' },
    },
    async (req, reply) => {
      const { user } = req
      const open = async () => callsView(app, await openCalls(app, user.userId), user)
      if (!req.headers.accept?.includes('text/event-stream')) return { rows: await open() }
      // Listened to before the first look: what rings in between would be in neither.
      const before: Call[] = []
      let heard = (call: Call): void => void before.push(call)
      const stop = await listenToCalls(app, call => heard(call))
      const first = await open().catch(error => {
        stop()
        throw error
      })
      reply.hijack()
      const { raw } = reply
      raw.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      })
      // A view may be ready when the stream is over: to write then would be an error nobody catches.
      const write = (text: string): void => void (raw.writableEnded || raw.write(text))
      const send = (view: unknown): void => write(`event: call\ndata: ${JSON.stringify(view)}\n\n`)
      // One after the other: a call that ended must not be followed by its own ringing.
      let told = Promise.resolve()
      heard = call => {
        told = told
          .then(async () => {
            // Somebody else answered what rang for everybody.
            const gone = call.user_id !== null && call.user_id !== user.userId
            send(gone ? { callId: call.call_id, gone } : await changeView(app, call, user))
          })
          .catch(error => app.log.warn({ err: error }, 'a call could not be shown at a desk'))
      }
      for (const view of first) send(view)
      for (const call of before) heard(call)
      write('event: ready\ndata: {}\n\n')
      // Who signed out, was locked out or has other roles by now hears no more names: the browser asks anew.
      const heartbeat = setInterval(() => {
        write(': still here\n\n')
        stillSignedIn(app, req).then(signedIn => signedIn || end(), end)
      }, HEARTBEAT_MS)
      const end = (): void => {
        stop()
        forget()
        clearInterval(heartbeat)
        clearTimeout(lifetime)
        streams.delete(end)
        raw.end()
      }
      const lifetime = setTimeout(end, STREAM_MS).unref()
      const forget = whenSignedOut(req.cookies[SESSION_COOKIE] ?? '', end)
      streams.add(end)
      req.raw.on('close', end)
    },
  )
}
