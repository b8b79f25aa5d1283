import type { SmsProvider } from './codes.ts'
import type { SmsPolicy } from './policy.ts'
import { alibaba } from './providers/alibaba.ts'
import { general } from './providers/general.ts'
import { huawei } from './providers/huawei.ts'
import { tencent } from './providers/tencent.ts'
import { volcengine } from './providers/volcengine.ts'

/** A new provider is one file, one line here and its code in `codes.ts`. */
export const smsPolicies: readonly SmsPolicy[] = [general, huawei, tencent, alibaba, volcengine]

export const policyOf = (provider: SmsProvider = 'general'): SmsPolicy =>
  smsPolicies.find(({ code }) => code === provider) ?? general
