import { latestRun, type Mart } from '../platform/marts.ts'

const communications: Mart = {
  name: 'communications',
  title: { en: 'Communications', zh: '通信' },
  row: { en: 'One message to one customer of the newest turn', zh: '最新一轮中发给一位客户的一条通信' },
  key: ['communication_id'],
  columns: {
    communication_id: { text: { en: 'Id of the message', zh: '通信编号' } },
    customer_id: { text: { en: 'Number of the customer', zh: '客户编号' } },
    campaign_id: { text: { en: 'Number of the campaign, 0 for service mail', zh: '活动编号，服务通信为 0' } },
    kind: {
      text: { en: 'bill, letter, email, sms or script', zh: 'bill（账单）、letter、email、sms 或 script（话术）' },
    },
    class: { text: { en: 'legal, service or offer', zh: 'legal（法定）、service（服务）或 offer（营销）' } },
    channel: { text: { en: 'print, email, sms or call', zh: 'print（打印）、email、sms 或 call（电话）' } },
    offer: { text: { en: 'Code of the offer', zh: '优惠代码' } },
    template: { text: { en: 'Template', zh: '模板' } },
    template_version: { text: { en: 'Version of the template', zh: '模板版本' } },
    language: { text: { en: 'Language', zh: '语言' } },
    address: { text: { en: 'Address used', zh: '所用地址' }, personal: 'address' },
    state: { text: { en: 'composed or held', zh: 'composed（已生成）或 held（保留）' } },
    reason: { text: { en: 'Why it is held', zh: '保留原因' } },
    sha256: { text: { en: 'SHA-256 of what was composed', zh: '生成内容的 SHA-256' } },
    pages: { text: { en: 'Pages', zh: '页数' } },
    composed_at: { text: { en: 'When (UTC)', zh: '生成时间（UTC）' } },
  },
  sql: `SELECT toString(communication_id) AS communication_id, customer_id, campaign_id, kind, class, channel, offer, template, template_version,
    language, address, state, reason, sha256, pages, composed_at
  FROM communications WHERE run_id = ${latestRun('compose')}`,
}

export const marts: readonly Mart[] = [communications]
