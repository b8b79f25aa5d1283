/** What a customer sees behind the link of a survey: the questions on one page, no script, no sign-in. */

import type { FastifyReply, FastifyRequest } from 'fastify'
import { companyName } from '../../personalize/index.ts'
import type { App, Http } from '../../platform/app.ts'
import { sha256Of } from '../../platform/sha256.ts'
import { type Text, textIn } from '../../platform/text.ts'
import { escaped, pageLang, sendPage } from '../preference-centre/page.ts'
import { type Question, readAnswers, type Survey, stepsOf } from './survey.ts'
import { surveyOf } from './survey-store.ts'
import { takeAnswer } from './take-answer.ts'

const WORDS = {
  send: { en: 'Send', zh: '提交' },
  gone: {
    en: 'This survey is over, or the link is not whole. Thank you all the same.',
    zh: '调查已结束，或链接不完整。感谢您的关注。',
  },
  over: { en: 'This link does not work', zh: '此链接无法使用' },
  thanks: { en: 'Thank you', zh: '谢谢' },
  none: { en: 'Please answer at least one question.', zh: '请至少回答一个问题。' },
  low: { en: 'not at all', zh: '完全不会' },
  high: { en: 'certainly', zh: '一定会' },
  bad: { en: 'very dissatisfied', zh: '非常不满意' },
  good: { en: 'very satisfied', zh: '非常满意' },
} satisfies Record<string, Text>

const STYLE = `
fieldset.q{margin:1.25rem 0}
fieldset.q legend{font-weight:600}
.steps{display:flex;flex-wrap:wrap;gap:.4rem;margin:.5rem 0}
.steps label{min-width:2.75rem;justify-content:center;border:1px solid #b8c2c0;border-radius:6px;padding:0 .5rem}
.steps label:has(:checked){background:#1f5f5b;color:#fff;border-color:#1f5f5b}
.steps input{position:absolute;opacity:0}
.steps label:focus-within{outline:3px solid #c8552d;outline-offset:2px}
.ends{display:flex;justify-content:space-between;color:#5b6470;font-size:.875rem}
textarea{font:inherit;width:100%;min-height:6rem;padding:.5rem;border:1px solid #b8c2c0;border-radius:6px;background:inherit;color:inherit}
`

/** The form of a survey's questions; the kiosk shows it too. */
export function surveyForm(survey: Survey, language: string, before: Readonly<Record<string, string>> = {}): string {
  const lang = pageLang(language) === 'en' ? 'en' : 'zh-CN'
  const say = (text: Text) => escaped(textIn(text, lang))
  return `<style>${STYLE}</style>${survey.questions
    .map(
      question =>
        `<fieldset class="q"><legend>${say(question.ask)}</legend>${inputs(question, say, before[question.attribute] ?? '')}</fieldset>`,
    )
    .join('')}<div class="actions"><button>${say(WORDS.send)}</button></div>`
}

function inputs(question: Question, say: (text: Text) => string, chosen: string): string {
  const { attribute, kind, options } = question
  const radio = (value: string, label: string) =>
    `<label><input type="radio" name="${attribute}" value="${escaped(value)}"${value === chosen ? ' checked' : ''}> ${label}</label>`
  if (kind === 'text') return `<textarea name="${attribute}" maxlength="2000">${escaped(chosen)}</textarea>`
  if (kind === 'choice') return options.map(({ value, label }) => radio(value, say(label))).join('')
  const ends = kind === 'recommendation' ? [WORDS.low, WORDS.high] : [WORDS.bad, WORDS.good]
  const steps = stepsOf(question).map(step => radio(String(step), String(step)))
  return `<div class="steps">${steps.join('')}</div><div class="ends">${ends.map(end => `<span>${say(end)}</span>`).join('')}</div>`
}

const hide = { schema: { hide: true } } as const

export function surveyPages(http: Http, app: App): void {
  const invited = async (req: FastifyRequest) => {
    const { token } = req.params as { token: string }
    const row = await app.workflow.db
      .selectFrom('survey_invitations')
      .selectAll()
      .where('token_hash', '=', sha256Of(token.slice(0, 64)))
      .executeTakeFirst()
    if (!row) return null
    const survey = await surveyOf(app, row.survey_id)
    return survey.state === 'live' ? { row, survey: survey.body } : null
  }
  const langOf = (req: FastifyRequest, language: string) => {
    const asked = (req.query as { lang?: string }).lang ?? language
    return pageLang(asked) === 'en' ? ('en' as const) : ('zh-CN' as const)
  }
  const page = async (reply: FastifyReply, lang: 'en' | 'zh-CN', title: string, body: string, status = 200) =>
    sendPage(reply, { lang, title, body, sender: textIn(await companyName(app), lang) }, status)

  http.get('/s/:token', hide, async (req, reply) => {
    const found = await invited(req)
    const lang = langOf(req, found?.row.language ?? req.headers['accept-language'] ?? 'en')
    if (!found)
      return page(
        reply,
        lang,
        WORDS.over[lang === 'en' ? 'en' : 'zh'],
        `<p>${escaped(textIn(WORDS.gone, lang))}</p>`,
        404,
      )
    return page(
      reply,
      lang,
      textIn(found.survey.name, lang),
      `<form method="post">${surveyForm(found.survey, lang)}</form>`,
    )
  })

  http.post('/s/:token', { ...hide, bodyLimit: 32 * 1024 }, async (req, reply) => {
    const found = await invited(req)
    const lang = langOf(req, found?.row.language ?? 'en')
    if (!found) return page(reply, lang, textIn(WORDS.over, lang), `<p>${escaped(textIn(WORDS.gone, lang))}</p>`, 404)
    const { row, survey } = found
    const given = Object.fromEntries(new URLSearchParams(String(req.body ?? '')))
    const read = readAnswers(survey, given)
    if (!read || Object.keys(read).length === 0) {
      const again = `<p class="done" role="alert">${escaped(textIn(WORDS.none, lang))}</p><form method="post">${surveyForm(survey, lang, given)}</form>`
      return page(reply, lang, textIn(survey.name, lang), again, 400)
    }
    await takeAnswer(app, {
      surveyId: row.survey_id,
      customerId: row.customer_id,
      channel: row.channel,
      answers: given,
    })
    return page(reply, lang, textIn(WORDS.thanks, lang), `<p>${escaped(textIn(survey.thanks, lang))}</p>`)
  })
}
