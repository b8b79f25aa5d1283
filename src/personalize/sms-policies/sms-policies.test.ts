import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadTemplate } from '../compose/load-template.ts'
import { composeSms } from '../compose/sms.ts'
import type { TemplateVersion } from '../compose/template.ts'
import { sampleTemplates } from '../templates-folder.ts'
import { templateBreaches } from './check-template.ts'
import type { SmsProvider } from './codes.ts'
import { policyOf, smsPolicies } from './index.ts'

const sample = await loadTemplate(sampleTemplates, 'sms')
const data = sample.examples[0]!

const of = (
  smsProvider: SmsProvider,
  body: string,
  kind: TemplateVersion['manifest']['class'] = 'offer',
  optOut = sample.brand.smsOptOut.zh,
): TemplateVersion => ({
  ...sample,
  manifest: { ...sample.manifest, class: kind, languages: ['zh-CN'] },
  brand: { ...sample.brand, smsProvider, smsOptOut: { ...sample.brand.smsOptOut, zh: optOut } },
  files: { 'texts.zh-CN.json': JSON.stringify({ body }) },
})
const rules = (version: TemplateVersion) =>
  templateBreaches(version, policyOf(version.brand.smsProvider)).map(({ rule }) => rule)
const why = (version: TemplateVersion, values: object = {}): string => {
  const outcome = composeSms(version, { ...data, ...values })
  return outcome.state === 'held' ? `${outcome.reason} ${outcome.detail}` : ''
}

test('the sample goes out where no provider has rules, and its offers nowhere that forbids fields in them', () => {
  const refusing = smsPolicies.filter(policy =>
    templateBreaches(sample, policy).some(({ rule }) => rule === 'variables'),
  )
  assert.deepEqual(
    refusing.map(({ code }) => code),
    ['huawei', 'volcengine'],
  )
  assert.equal(why(sample), '')
})

test('a template that is refused is refused for everybody, and says by which rule', () => {
  assert.deepEqual(rules(of('huawei', '全场九折，{{ brand.web }}')), [])
  assert.deepEqual(rules(of('huawei', '{{ to.name }}，全场九折')), ['variables'])
  assert.match(why(of('huawei', '{{ to.name }}，全场九折')), /^refused-by-provider variables: .*to\.name/)
  assert.deepEqual(rules(of('huawei', '{{ to.name }}，快递已到', 'service')), [])
  assert.deepEqual(rules(of('huawei', '全场九折', 'offer', '回T退订')), ['opt-out'])
  assert.deepEqual(rules(of('tencent', '全场九折', 'offer', '回T退订')), [])
  assert.deepEqual(rules(of('tencent', '{{ to.name }}{{ to.salutation }}，快递已到', 'service')), ['adjacent'])
  assert.deepEqual(rules(of('tencent', '见 https://a.example/{{ offer.code }}', 'service')), ['links'])
})

test('a value that is refused holds its own message back and no other', () => {
  const notice = of('volcengine', '{{ to.name }}，您的订单{{ offer.code }}已到', 'service')
  assert.equal(why(notice), '')
  const named = (name: string) => ({ to: { name, salutation: '', mobile: '+8613800001234' } })
  assert.match(why(notice, named('点 www.a.example')), /to\.name: 链接/)
  assert.match(why(notice, named('加 138 0000 1234')), /to\.name: 电话号码/)
  assert.match(why(notice, named('省¥100')), /to\.name: 货币符号/)
  assert.match(why(notice, named('长'.repeat(36))), /to\.name: 36 > 35/)
  assert.equal(why(notice, named('长'.repeat(35))), '')
})
