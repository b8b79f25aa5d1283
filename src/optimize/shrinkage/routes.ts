import type { App, Http } from '../../platform/app.ts'
import { audit } from '../../platform/audit.ts'
import { calibrationBody, calibrationPage } from './api.ts'
import { setCalibration } from './learn.ts'
import { calibrationOf } from './view.ts'

const tags = ['optimize']

export function calibrationRoutes(http: Http, app: App): void {
  http.get(
    '/plan/calibration',
    {
      config: { permission: 'plan.read' },
      schema: {
        tags,
        summary: 'Promise against outcome of earlier plans: the factors the newest plan used, and those of the next',
        response: { 200: calibrationPage },
      },
    },
    () => calibrationOf(app),
  )
  http.put(
    '/plan/calibration',
    {
      config: { permission: 'plan.write' },
      schema: {
        tags,
        summary: 'Whether plans use what earlier ones learned, from the next on',
        body: calibrationBody,
        response: { 200: calibrationPage },
      },
    },
    async req => {
      await setCalibration(app, req.body.used)
      await audit(app, {
        userId: req.user.userId,
        action: 'plan.calibration',
        object: 'plan/settings',
        detail: { used: req.body.used },
      })
      return calibrationOf(app)
    },
  )
}
