import { defineErrors } from '../platform/errors.ts'

export const campaignErrors = defineErrors({
  'campaign.settings-unreadable': {
    status: 400,
    en: '{file} cannot be used: {reason}.',
    zh: '无法使用 {file}：{reason}。',
  },
  'campaign.no-definition': {
    status: 409,
    en: 'No campaign is defined yet. Load the sample company (huiyin sample) or define one first.',
    zh: '尚未定义活动。请先载入示例公司（huiyin sample）或自行定义。',
  },
  'campaign.no-such-campaign': {
    status: 404,
    en: 'There is no campaign {campaign}.',
    zh: '没有编号为 {campaign} 的活动。',
  },
  'campaign.no-such-wave': {
    status: 409,
    en: 'Campaign {campaign} has no wave {wave} that is still to be sent: it was sent, or the campaign does not run.',
    zh: '活动 {campaign} 没有待发送的第 {wave} 波：可能已发送，或活动未在执行。',
  },
  'campaign.wrong-state': {
    status: 409,
    en: 'Campaign {campaign} is {state}; it cannot become {wanted}.',
    zh: '活动 {campaign} 当前状态为 {state}，不能变为 {wanted}。',
  },
  'campaign.no-plan': {
    status: 409,
    en: 'The turn as of {asOf} has no plan to carry out.',
    zh: '截至 {asOf} 的本轮没有可执行的方案。',
  },
})
