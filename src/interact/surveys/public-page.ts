/** What a customer sees behind the link of a survey: the questions on one page, no script, no sign-in. */

import type { FastifyReply, FastifyRequest } from 'fastify'
import { companyName } from '../../personalize/index.ts'
import type { App, Http } from '../../platform/app.ts'
import { sha256Of } from '../../platform/sha256.ts'
import { type Text, textIn } from '../../platform/text.ts'
import { escaped, langAsked, sendPage } from '../preference-centre/page.ts'
import { typedForm } from '../preference-centre/typed-form.ts'
import { readAnswers } from './survey.ts'
import { surveyForm } from './survey-form.ts'
import { surveyOf } from './survey-store.ts'
import { takeAnswer } from './take-answer.ts'

const WORDS = {
  gone: {
    en: 'This survey is over, or the link is not whole. Thank you all the same.',
    zh: '调查已结束，或链接不完整。感谢您的关注。',
  },
  over: { en: 'This link does not work', zh: '此链接无法使用' },
  thanks: { en: 'Thank you', zh: '谢谢' },
  none: { en: 'Please answer at least one question.', zh: '请至少回答一个问题。' },
} satisfies Record<string, Text>

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
  const page = async (reply: FastifyReply, lang: 'en' | 'zh-CN', title: string, body: string, status = 200) =>
    sendPage(reply, { lang, title, body, sender: textIn(await companyName(app), lang) }, status)

  http.get('/s/:token', hide, async (req, reply) => {
    const found = await invited(req)
    const lang = langAsked(req, found?.row.language ?? req.headers['accept-language'] ?? 'en')
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
    const lang = langAsked(req, found?.row.language ?? 'en')
    if (!found) return page(reply, lang, textIn(WORDS.over, lang), `<p>${escaped(textIn(WORDS.gone, lang))}</p>`, 404)
    const { row, survey } = found
    const given = Object.fromEntries(typedForm(req.body))
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
