import { latestRun, type Mart } from '../platform/marts.ts'

const deliveries: Mart = {
  name: 'deliveries',
  title: { en: 'Deliveries', zh: '投递' },
  row: { en: 'What became of one message of the newest turn', zh: '最新一轮中一条通信的投递结果' },
  key: ['communication_id'],
  columns: {
    communication_id: { text: { en: 'Id of the message', zh: '通信编号' } },
    customer_id: { text: { en: 'Number of the customer', zh: '客户编号' } },
    channel: { text: { en: 'Channel', zh: '渠道' } },
    state: {
      text: {
        en: 'claimed, deferred, settled, refused, failed or uncertain',
        zh: 'claimed（已领取）、deferred（待重试）、settled（已投递）、refused（拒绝）、failed（失败）或 uncertain（不确定）',
      },
    },
    reason: { text: { en: 'Why it was refused or failed', zh: '拒绝或失败的原因' } },
    transport: { text: { en: 'What carried it', zh: '投递方式' } },
    receipt: { text: { en: 'Receipt of the transport', zh: '投递回执' } },
    attempt: { text: { en: 'Attempt', zh: '次数' } },
    at: { text: { en: 'When (UTC)', zh: '时间（UTC）' } },
  },
  // Of the last try what comes after its claim holds.
  sql: `SELECT toString(d.communication_id) AS communication_id, any(d.customer_id) AS customer_id, any(d.channel) AS channel,
    argMax(d.state, (d.attempt, d.state != 'claimed', d.at)) AS state, argMax(d.reason, (d.attempt, d.state != 'claimed', d.at)) AS reason,
    argMax(d.transport, (d.attempt, d.state != 'claimed', d.at)) AS transport, argMax(d.receipt, (d.attempt, d.state != 'claimed', d.at)) AS receipt,
    max(d.attempt) AS attempt, max(d.at) AS at
  FROM deliveries AS d WHERE run_id = ${latestRun('deliver')} GROUP BY d.communication_id`,
}

export const marts: readonly Mart[] = [deliveries]
