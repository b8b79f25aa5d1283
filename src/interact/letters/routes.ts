import { z } from 'zod'
import { approveLetter, letterDecision, letterDetail, letterView, returnLetter } from '../../personalize/index.ts'
import type { App, Http } from '../../platform/app.ts'
import { sendLettersSoon } from './send-letters.ts'

export function letterDecisionRoutes(http: Http, app: App): void {
  http.post(
    '/letters/:id/decision',
    {
      config: { permission: 'letters.approve' },
      schema: {
        tags: ['letters'],
        summary: 'Approve a letter, which then goes out, or return it with a remark; never one of your own',
        params: z.object({ id: z.coerce.number().int().positive() }),
        body: letterDecision,
        response: { 200: letterDetail },
      },
    },
    async req => {
      const { approve, remark } = req.body
      const decide = approve ? approveLetter : returnLetter
      const letter = await decide(app, req.params.id, req.user.userId, remark)
      if (approve) await sendLettersSoon(app)
      return letterView(app, letter, req.user)
    },
  )
}
