import type { App, Http } from '../../platform/app.ts'
import { audit } from '../../platform/audit.ts'
import { permits } from '../../platform/auth/permissions.ts'
import { LOCAL_USER_ID } from '../../platform/http/gate.ts'
import { collectErrors } from '../errors.ts'
import { matchBody, matchResult, recordsBody, recordsResult } from './api.ts'
import { followLinks } from './follow-links.ts'
import { lookupOf } from './lookup.ts'
import { standardRecord } from './one-record.ts'
import { upsertRecords } from './upsert.ts'

const tags = ['identity']

export function lookupRoutes(http: Http, app: App): void {
  http.post(
    '/customers/match',
    {
      config: { permission: 'customers.read', machine: 'customers.match' },
      schema: {
        tags,
        summary: 'Who one record is, against everyone, with the weight of each aspect',
        body: matchBody,
        response: { 200: matchResult },
      },
    },
    async req => {
      const given = Object.fromEntries(Object.entries(req.body.fields).map(([field, value]) => [field, value ?? '']))
      const one = standardRecord(given, req.body.country)
      const lookup = await lookupOf(app)
      if (!lookup) throw collectErrors['collect.nothing-yet']()
      followLinks(app, lookup)
      const { candidates } = await lookup.ask({ do: 'match', one })
      const best = candidates[0]
      // What the known record says is the customer's; what was asked the caller knows already.
      const open = req.machine !== undefined || permits(req.user, 'customers.contact')
      return {
        customerId: best && best.probability >= lookup.threshold ? best.customerId : null,
        threshold: lookup.threshold,
        candidates: candidates.map(({ customerId, probability, steps }) => ({
          customerId,
          probability,
          steps: open ? steps : steps.map(step => ({ ...step, right: step.right === '' ? '' : '•••' })),
        })),
      }
    },
  )

  http.post(
    '/records',
    {
      config: { permission: 'collect.import', machine: 'records.write' },
      bodyLimit: 16 * 1024 * 1024,
      schema: {
        tags,
        summary: 'Records of a source, stored and told at once which customers they are',
        body: recordsBody,
        response: { 200: recordsResult },
      },
    },
    async req => {
      const { source, rows } = req.body
      const result = await upsertRecords(app, source, rows)
      await audit(app, {
        userId: req.machine ? LOCAL_USER_ID : req.user.userId,
        action: 'records.upsert',
        object: `source:${source}`,
        detail: {
          ...(req.machine ? { key: req.machine.keyId } : {}),
          importId: result.importId,
          stored: result.stored,
          quarantined: result.quarantined,
        },
      })
      return result
    },
  )
}
