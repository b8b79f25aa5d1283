import type { z } from 'zod'
import type { Text } from '../../platform/text.ts'
import type { communicationRow } from '../api.ts'
import { holdReasons } from '../compose/outcome.ts'
import type { LedgerRow } from '../ledger.ts'

const gone: Record<string, Text> = {
  erased: { en: 'Erased on request of the customer', zh: '已按客户请求删除' },
  expired: { en: 'Past its retention: what it said is deleted', zh: '已过保存期限，内容已删除' },
}

export function view(row: LedgerRow): z.infer<typeof communicationRow> {
  const held = holdReasons[row.reason as keyof typeof holdReasons]
  const detail = row.reason_detail === '' ? '' : ` (${row.reason_detail})`
  return {
    communicationId: row.communication_id,
    customerId: row.customer_id,
    kind: row.kind,
    class: row.class,
    channel: row.channel,
    offer: row.offer,
    subject: row.subject,
    language: row.language,
    state: row.state,
    gone: row.reason === 'erased' || row.reason === 'expired' ? row.reason : null,
    reason: held ? { en: held.en + detail, zh: held.zh + detail } : (gone[row.reason] ?? null),
    composedAt: row.composed_at,
    sha256: row.sha256,
    size: row.size,
    pages: row.pages,
    segments: row.segments,
    template: row.template,
    templateVersion: row.template_version,
  }
}
