/** The customer's own cases: what they asked, how far it is, what came out, and that it is not solved after all. */
import type { App, Http } from '../../platform/app.ts'
import { cutText } from '../../platform/cut-text.ts'
import { openCase } from '../cases/open-case.ts'
import { caseSettings } from '../cases/settings.ts'
import { receiveReply } from '../inbox/receive-reply.ts'
import { caseSteps, postWord, wordForm } from './case-parts.ts'
import { doneOf } from './done.ts'
import { portalErrors } from './errors.ts'
import { formOf, taken, wordsField, wordsIn } from './forms.ts'
import { type Html, html } from './html.ts'
import { numbersOf } from './known-by.ts'
import { foreign, langOf } from './language-of.ts'
import { ownPaper, wayOf } from './papers.ts'
import type { Place } from './place.ts'
import { asked, type Guest, inPath, notYours, type Page, signedIn } from './visit.ts'

const hide = { schema: { hide: true } } as const
const MOST = 100
const KINDS = ['request', 'complaint'] as const

export function caseRoutes(http: Http, app: App, place: Place): void {
  const { root } = place
  http.get(`${root}/cases`, hide, signedIn(app, place, listPage))
  http.get(`${root}/cases/new`, hide, signedIn(app, place, newPage))
  http.post(
    `${root}/cases/new`,
    hide,
    signedIn(app, place, async guest => {
      const { form, customerId, words } = guest
      const about = form.get('about') ?? ''
      if (about !== '') await ownPaper(guest, about)
      return taken(
        guest,
        'case',
        async key => {
          const kind = KINDS.find(one => one === form.get('kind'))
          if (!kind) throw portalErrors['portal.choose']()
          if (kind === 'request') return `${root}/messages/${await askQuestion(guest, key, about)}?done=message`
          const { caseId } = await openCase(app, {
            customerId,
            kind,
            words: wordsIn(form),
            language: words.lang,
            source: place.name,
            sourceKey: `${place.name}:${key}`,
            ...(about === '' ? {} : { communicationId: about }),
          })
          return `${root}/cases/${caseId}?done=case-${caseId}`
        },
        newPage,
      )
    }),
  )
  http.get(`${root}/cases/:id`, hide, signedIn(app, place, casePage))
  http.post(
    `${root}/cases/:id/words`,
    hide,
    signedIn(app, place, async guest => postWord(app, guest, await ownCase(guest), casePage)),
  )
}

/** A question is a talk: it goes to the inbox, and its answer stands in the thread. */
async function askQuestion(
  { app, place, customerId, words, form }: Guest,
  key: string,
  about: string,
): Promise<number> {
  const text = wordsIn(form)
  const { threadId } = await receiveReply(app, {
    channel: 'portal',
    customerId,
    text,
    about,
    language: words.lang,
    key: `${place.name} ${key}`,
    thread: 'new',
  })
  return threadId
}

async function listPage(guest: Guest): Promise<Page> {
  const { app, place, customerId, words } = guest
  const say = words.say
  const rows = await app.workflow.db
    .selectFrom('cases')
    .select(['case_id', 'kind', 'title', 'state', 'opened_at', 'due_at', 'resolved_at', 'resolution'])
    .where('customer_id', 'in', await numbersOf(app, customerId))
    .orderBy('opened_at', 'desc')
    .limit(MOST)
    .execute()
  const when = (row: (typeof rows)[number]): string =>
    row.state === 'resolved'
      ? words.day(row.resolved_at ?? row.opened_at)
      : row.state === 'open'
        ? say('cases.until', { day: words.day(row.due_at) })
        : ''
  const list = rows.map(
    row =>
      html`<li><a class="row" href="${place.root}/cases/${row.case_id}"><span class="faint">${words.day(row.opened_at)}</span><span><b>${say('cases.named', { kind: say(`kind.${row.kind}`), number: row.case_id, words: '' })}${foreign(row.title, words)}</b>${row.state === 'resolved' && row.resolution !== '' ? html`<span class="below"${langOf(row.resolution, words)}>${cutText(row.resolution, 200)}</span>` : null}</span><span class="faint">${say(`state.${row.state}`)}${when(row) === '' ? null : html`<span class="below">${when(row)}</span>`}</span></a></li>`,
  )
  return {
    title: say('cases.title'),
    body: html`${await doneOf(guest)}<p><a class="button" href="${place.root}/cases/new">${say('cases.new')}</a></p>
      ${rows.length === 0 ? html`<p class="empty">${say('cases.none')}</p>` : html`<ul class="list" role="list">${list}</ul>`}`,
  }
}

async function newPage(guest: Guest): Promise<Page> {
  const { place, words, form } = guest
  const say = words.say
  const about = asked(guest, 'about') || (form.get('about') ?? '')
  const paper = about === '' ? null : await ownPaper(guest, about)
  const chosen = form.get('kind') ?? asked(guest, 'kind')
  const kinds = KINDS.map(
    kind =>
      html`<label><input type="radio" name="kind" value="${kind}" required${chosen === kind ? html` checked` : ''}> ${say(`ask.${kind}`)}</label>`,
  )
  const note: Html | null = paper
    ? html`<p class="faint">${say('cases.about')}: ${words.day(paper.composed_at)} · ${say(wayOf(paper.channel))} · ${foreign(paper.subject || paper.kind, words)}</p><input type="hidden" name="about" value="${about}">`
    : null
  return {
    title: say('cases.new'),
    body: formOf(
      guest,
      `${place.root}/cases/new`,
      html`${note}<fieldset><legend class="strong">${say('cases.kind')}</legend>${kinds}</fieldset>${wordsField(guest, say('cases.words'))}<div class="actions"><button>${say('cases.send')}</button></div>`,
    ),
  }
}

async function ownCase(guest: Guest) {
  const { app, customerId } = guest
  const id = inPath(guest, 'id')
  const row = /^\d{1,9}$/.test(id)
    ? await app.workflow.db
        .selectFrom('cases')
        .selectAll()
        .where('case_id', '=', Number(id))
        .where('customer_id', 'in', await numbersOf(app, customerId))
        .executeTakeFirst()
    : undefined
  return row ?? notYours(guest, id)
}

async function casePage(guest: Guest): Promise<Page> {
  const { app, place, words } = guest
  const say = words.say
  const row = await ownCase(guest)
  const { categories } = await caseSettings(app)
  const named = categories.find(({ code }) => code === row.category)?.name
  const facts: [string, Html | string][] = [
    [say('cases.what'), named ? words.text(named) : row.category],
    [say('cases.opened'), `${words.moment(row.opened_at)} · ${say(wayOf(row.source))}`],
  ]
  if (row.state === 'open') facts.push([say('cases.due'), words.moment(row.due_at)])
  if (row.state === 'resolved' && row.resolved_at) facts.push([say('cases.resolved'), words.moment(row.resolved_at)])
  if (row.line !== '') facts.push([say('cases.line'), foreign(row.line, words)])
  if (row.communication_id !== '')
    facts.push([
      say('cases.paper'),
      html`<a href="${place.root}/documents/${row.communication_id}">${say('paper.view')}</a>`,
    ])
  return {
    title: say('cases.named', {
      kind: say(`kind.${row.kind}`),
      number: row.case_id,
      words: say(`state.${row.state}`),
    }),
    body: html`${await doneOf(guest)}<dl>${facts.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>
      <p class="words"${langOf(row.words, words)}>${row.words}</p>${row.resolution === '' || row.state !== 'resolved' ? null : html`<section><h2>${say('cases.resolution')}</h2><p class="words"${langOf(row.resolution, words)}>${row.resolution}</p></section>`}
      ${await caseSteps(guest, row.case_id)}${wordForm(guest, row)}
      <p class="no-print"><a href="${place.root}/cases">${say('nav.back')}</a></p>`,
  }
}
