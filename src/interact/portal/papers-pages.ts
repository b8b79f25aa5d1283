import { z } from 'zod'
import { carriedDocumentOf, preview, sendDocument, show as shown } from '../../personalize/index.ts'
import type { App, Http } from '../../platform/app.ts'
import { HuiyinError } from '../../platform/errors.ts'
import { nameOf } from './details.ts'
import { disputeForm, postDispute } from './dispute.ts'
import { doneOf } from './done.ts'
import { portalErrors } from './errors.ts'
import { type Html, html } from './html.ts'
import { inLang } from './language-of.ts'
import { inFrame } from './mail-frame.ts'
import { noteRead } from './note-read.ts'
import { answerForm, postAnswer } from './offer-answer.ts'
import { pager } from './pager.ts'
import { ownPaper, type Paper, papersOf, wayOf } from './papers.ts'
import type { Place } from './place.ts'
import { asked, type Guest, inPath, type Page, problemNote, signedIn } from './visit.ts'

const AT_A_TIME = 20
/** A PDF as wide as the frame, without the viewer's list of pages beside it; a mail pays no heed. */
const VIEWER = '#navpanes=0&pagemode=none&view=FitH'
const hide = { schema: { hide: true } } as const

export function paperRoutes(http: Http, app: App, place: Place): void {
  const { root } = place
  http.get(root, hide, signedIn(app, place, listPage))
  http.get(`${root}/documents/:id`, hide, signedIn(app, place, paperPage))
  http.post(
    `${root}/documents/:id/answer`,
    hide,
    signedIn(app, place, guest => postAnswer(guest, paperPage)),
  )
  if (place.name === 'portal')
    http.post(
      `${root}/documents/:id/dispute`,
      hide,
      signedIn(app, place, guest => postDispute(guest, paperPage)),
    )
  for (const [form, disposition] of [
    ['content', 'inline'],
    ['original', 'attachment'],
    ['pdf', 'inline'],
  ] as const)
    if (place.name === 'portal' || form === 'content')
      http.get(
        `${root}/documents/:id/${form}`,
        hide,
        signedIn(app, place, async guest => {
          const row = await ownPaper(guest, inPath(guest, 'id'))
          if (form === 'pdf') {
            const { bytes } = await carriedDocumentOf(app, row.communication_id)
            const name = `${row.communication_id}.pdf`
            return { sent: sendDocument(guest.reply, { bytes, mediaType: 'application/pdf', name, disposition }) }
          }
          const { bytes, mediaType } = await shown(app, row.communication_id)
          // The exact bytes; a mail in the browser is what a mail program shows of it.
          const read = form === 'content' ? inFrame(await preview(bytes, mediaType)) : { bytes, mediaType }
          const name = `${row.communication_id}.${endings[mediaType.split(';')[0]!] ?? 'bin'}`
          if (form === 'original') guest.reply.header('x-content-sha256', row.sha256)
          return { sent: sendDocument(guest.reply, { ...read, name, disposition, links: place.name === 'portal' }) }
        }),
      )
}

const endings: Record<string, string> = {
  'application/pdf': 'pdf',
  'message/rfc822': 'eml',
  'text/plain': 'txt',
  'text/html': 'html',
}

async function listPage(guest: Guest): Promise<Page> {
  const { app, place, customerId, words } = guest
  const say = words.say
  const page = z.coerce.number().int().min(1).max(10_000).catch(1).parse(asked(guest, 'page'))
  const { total, rows } = await papersOf(app, place, customerId, { offset: (page - 1) * AT_A_TIME, limit: AT_A_TIME })
  const pages = Math.max(1, Math.ceil(total / AT_A_TIME))
  const inKiosk = place.name === 'kiosk'
  const list =
    rows.length === 0
      ? html`<p class="empty">${say(inKiosk ? 'messages.none' : 'papers.none')}</p>`
      : html`<ul class="list" role="list">${rows.map(row => line(guest, row))}</ul>`
  return {
    title: say(inKiosk ? 'messages.title' : 'papers.title'),
    body: html`${await doneOf(guest)}<p class="hello">${say('home.hello', { name: await nameOf(guest) })}</p>
      ${rows.length > 0 && !inKiosk ? html`<p class="faint">${say('papers.lead')}</p>` : null}${list}
      ${pager(guest, place.root, page, pages)}`,
  }
}

function line({ place, words }: Guest, { id, channel, subject, language, at, kind }: Paper): Html {
  const what = subject === '' ? kind : subject
  return html`<li><a class="row" href="${place.root}/documents/${id}"><span class="faint">${words.day(at)}</span><b${inLang(language, words)}>${what}</b><span class="faint">${words.say(wayOf(channel))}</span></a></li>`
}

async function paperPage(guest: Guest): Promise<Page> {
  const { app, place, words } = guest
  const row = await ownPaper(guest, inPath(guest, 'id'))
  const at = `${place.root}/documents/${row.communication_id}`
  const say = words.say
  await noteRead(guest, row)
  const gone = await whyGone(guest, row.communication_id)
  const sms = row.channel === 'sms' && !gone ? (await shown(app, row.communication_id)).bytes : null
  const body = gone
    ? problemNote(words, gone)
    : sms
      ? html`<p class="words"${inLang(row.language, words)}>${Buffer.from(sms).toString()}</p>`
      : html`<iframe src="${at}/content${VIEWER}" title="${say('paper.read')}"></iframe>`
  // At a screen for everybody papers are read, not taken along.
  const links =
    gone || place.name === 'kiosk'
      ? null
      : html`<p class="actions no-print">${sms ? null : html`<a href="${at}/content" target="_blank">${say('paper.open')}</a>`}
      ${row.data.includes('"document":') ? html`<a href="${at}/pdf" target="_blank">${say('paper.pdf')}</a>` : null}
      <a href="${at}/original" download>${say('paper.save')}</a>
      <a href="${place.root}/cases/new?about=${row.communication_id}">${say('paper.ask')}</a></p>`
  return {
    title: row.subject || row.kind,
    titleLang: row.language,
    frames: true,
    body: html`${await doneOf(guest)}<p class="faint">${words.day(row.composed_at)} · ${say(wayOf(row.channel))}</p>${body}${links}
      ${await answerForm(guest, row, at)}${place.name === 'portal' ? disputeForm(guest, row, at) : null}`,
  }
}

/** The paper may have been erased, be older than what is kept, or not be made again as it was: then it is not shown otherwise. */
async function whyGone({ app, req }: Guest, id: string): Promise<HuiyinError | null> {
  try {
    await shown(app, id)
    return null
  } catch (error) {
    if (!(error instanceof HuiyinError)) throw error
    if (error.status < 500) return error
    req.log.error({ err: error }, 'paper cannot be shown')
    return portalErrors['portal.paper-away']()
  }
}
