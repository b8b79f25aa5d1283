/** Of policies, as a company's brand names the one that carries its messages. */
export const smsProviders = ['general', 'huawei', 'tencent', 'alibaba', 'volcengine'] as const
export type SmsProvider = (typeof smsProviders)[number]
