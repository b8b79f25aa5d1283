/** What an operator must know. The same trouble is told once, however often it happens, and told to be over when it is. */
import { sql } from 'kysely'
import type { App } from '../../platform/app.ts'
import { asJson } from '../../platform/stores/workflow/index.ts'
import type { Text } from '../../platform/text.ts'
import type { DownReason } from '../channels/channel.ts'

export async function tell(
  app: Pick<App, 'workflow' | 'log'>,
  notice: { key: string; channelId: number | null; text: Text },
): Promise<void> {
  const now = new Date()
  const { rows } = await sql<{ times: number }>`
    INSERT INTO delivery_notices (key, channel_id, text, times, first_at, last_at)
    VALUES (${notice.key}, ${notice.channelId}, ${asJson(notice.text)}, 1, ${now}, ${now})
    ON CONFLICT (key) WHERE over_at IS NULL
    DO UPDATE SET times = delivery_notices.times + 1, last_at = excluded.last_at, text = excluded.text
    RETURNING times`.execute(app.workflow.db)
  if (rows[0]?.times === 1) app.log.error({ notice: notice.key }, notice.text.en)
}

/** True when there was something to end. */
export async function over(app: Pick<App, 'workflow' | 'log'>, key: string): Promise<boolean> {
  const ended = await app.workflow.db
    .updateTable('delivery_notices')
    .set({ over_at: new Date() })
    .where('key', '=', key)
    .where('over_at', 'is', null)
    .returning('notice_id')
    .execute()
  if (ended.length > 0) app.log.info({ notice: key }, 'over')
  return ended.length > 0
}

export const downKey = (channelId: number): string => `channel-${channelId}`

const WHAT: Record<DownReason, Text> = {
  unreachable: { en: 'the server cannot be reached', zh: '无法连接服务器' },
  'timed-out': { en: 'the server does not answer in time', zh: '服务器响应超时' },
  password: { en: 'user or password is refused', zh: '用户名或密码被拒' },
  certificate: { en: 'the certificate is not valid for this server', zh: '服务器证书无效' },
  'certificate-expired': { en: 'the certificate has expired', zh: '服务器证书已过期' },
  'no-tls': { en: 'no encrypted connection can be made', zh: '无法建立加密连接' },
  refuses: { en: 'the server refuses to take messages', zh: '服务器拒绝接收' },
  'disk-full': { en: 'the disk of this machine is full', zh: '本机磁盘已满' },
}

export const downText = (reason: DownReason): Text => WHAT[reason]

export const channelDownNotice = (name: string, reason: DownReason, detail: string): Text => ({
  en: `${name}: ${WHAT[reason].en}${detail ? ` (${detail})` : ''}. Its messages wait and go on by themselves; nothing is lost.`,
  zh: `${name}：${WHAT[reason].zh}${detail ? `（${detail}）` : ''}。消息已保留，恢复后自动继续发送。`,
})
