/** Questions and answers: every thread with the company, by mail, SMS or written here, and room to write again. */
import { z } from 'zod'
import type { App, Http } from '../../platform/app.ts'
import { receiveReply } from '../inbox/receive-reply.ts'
import { doneOf } from './done.ts'
import { formOf, taken, wordsField, wordsIn } from './forms.ts'
import { type Html, html } from './html.ts'
import { langOf, languageOf } from './language-of.ts'
import { pager } from './pager.ts'
import { wayOf } from './papers.ts'
import type { Place } from './place.ts'
import { messagesIn, noteThreadRead, ownThread, type ThreadLine, threadsOf } from './threads.ts'
import { asked, type Guest, inPath, type Page, signedIn } from './visit.ts'

const hide = { schema: { hide: true } } as const
const AT_A_TIME = 20

export function messageRoutes(http: Http, app: App, place: Place): void {
  const path = `${place.root}/messages`
  http.get(path, hide, signedIn(app, place, listPage))
  http.get(`${path}/:id`, hide, signedIn(app, place, threadPage))
  http.post(
    `${path}/:id`,
    hide,
    signedIn(app, place, async guest => {
      const { thread_id, language } = await ownThread(guest, inPath(guest, 'id'))
      const { customerId, form } = guest
      return taken(
        guest,
        `message-${thread_id}`,
        async key => {
          const text = wordsIn(form)
          await receiveReply(app, {
            channel: 'portal',
            customerId,
            text,
            language,
            key: `${place.name} ${key}`,
            thread: thread_id,
          })
          return `${path}/${thread_id}?done=message`
        },
        threadPage,
      )
    }),
  )
}

async function listPage(guest: Guest): Promise<Page> {
  const { app, place, customerId, words } = guest
  const say = words.say
  const page = z.coerce.number().int().min(1).max(10_000).catch(1).parse(asked(guest, 'page'))
  const rows = await threadsOf(app, customerId, { offset: (page - 1) * AT_A_TIME, limit: AT_A_TIME })
  const list = rows.map(row => line(guest, row))
  return {
    title: say('threads.title'),
    body: html`${await doneOf(guest)}<p><a class="button" href="${place.root}/cases/new?kind=request">${say('threads.new')}</a></p>
      ${rows.length === 0 ? html`<p class="empty">${say('threads.none')}</p>` : html`<ul class="list" role="list">${list}</ul>`}
      ${pager(guest, `${place.root}/messages`, page, Math.ceil((rows[0]?.total ?? 0) / AT_A_TIME))}`,
  }
}

function line({ place, words }: Guest, { thread_id, title, last_at, channel, unread, answered }: ThreadLine): Html {
  const say = words.say
  const state =
    unread > 0
      ? html`<span class="mark">${say('threads.unread')}</span>`
      : answered
        ? say('threads.answered')
        : say('threads.asked')
  return html`<li><a class="row" href="${place.root}/messages/${thread_id}"><span class="faint">${words.day(last_at)}</span><b${langOf(title, words)}>${title || say('threads.no-words')}</b><span class="faint">${say(wayOf(channel))} · ${state}</span></a></li>`
}

async function threadPage(guest: Guest): Promise<Page> {
  const { app, place, words } = guest
  const say = words.say
  const thread = await ownThread(guest, inPath(guest, 'id'))
  const messages = await messagesIn(app, thread.thread_id)
  const newest = messages.at(-1)?.message_id
  if (newest !== undefined) await noteThreadRead(app, thread.thread_id, newest)
  const log = messages.map(({ direction, text, attachments, at, followed }) => {
    const caseId = /^case:(\d+)$/.exec(followed ?? '')?.[1]
    return html`<li class="${direction}"><p class="faint"><b>${say(direction === 'in' ? 'threads.you' : 'threads.we')}</b> · ${words.moment(at)}</p>
      <p class="words"${langOf(text, words)}>${text || say('threads.no-words')}</p>${attachments.length === 0 ? null : filesOf(guest, attachments)}
      ${caseId ? html`<p><a href="${place.root}/cases/${caseId}">${say('threads.case', { number: caseId })}</a></p>` : null}</li>`
  })
  const about = thread.communication_id
  return {
    title: thread.subject || say('threads.one'),
    titleLang: languageOf(thread.subject, words),
    body: html`${await doneOf(guest)}<p class="faint">${say(wayOf(thread.channel))}${about === '' ? null : html` · <a href="${place.root}/documents/${about}">${say('cases.paper')}</a>`}</p>
      <ol class="log" role="list">${log}</ol>
      <section class="no-print">${formOf(guest, `${place.root}/messages/${thread.thread_id}`, html`${wordsField(guest, say('threads.again'))}<div class="actions"><button>${say('cases.send')}</button><a href="${place.root}/messages">${say('nav.back')}</a></div>`)}</section>`,
  }
}

/** Named, and not opened here: who sent them has them. */
function filesOf({ words }: Guest, files: readonly { name: string; bytes: number; refused?: string }[]): Html {
  const size = (bytes: number) =>
    bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1e6).toFixed(1)} MB`
  return html`<ul class="files">${files.map(({ name, bytes, refused }) => html`<li>${name} <span class="faint">${size(bytes)}${refused ? html` · ${words.say('threads.not-kept')}` : null}</span></li>`)}</ul>`
}
