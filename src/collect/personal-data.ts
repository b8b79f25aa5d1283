/** Where collect keeps personal data. A new table with a personal column is one more entry here; the test names what is missing. */
import { sql } from 'kysely'
import {
  among,
  declarePersonalData,
  type FactKeys,
  type PersonalTable,
  RECORD,
  type WorkflowKeys,
} from '../platform/personal-data.ts'
import { forgetLookup } from './lookup/lookup.ts'
import { givenFiles, importFiles } from './rights/import-files.ts'
import { currentRecords } from './tables.ts'

const ofCustomer = (k: FactKeys): string => `customer_id IN ${k('customer')}`
const ofRecord = (k: FactKeys): string => `${RECORD} IN ${k('record')}`
const asArray = (k: FactKeys, kind: Parameters<FactKeys>[0]): string => `(SELECT groupArray(value) FROM ${k(kind)})`
/** Rows that were never understood: an address or number of the person stands in them, or the key of the person's record. */
const inText = (k: FactKeys): string =>
  `(multiSearchAny(raw, ${asArray(k, 'value')})
    OR hasAny(arrayMap(cell -> concat(source, '\\x1f', cell), JSONExtractKeysAndValues(raw, 'String').2), ${asArray(k, 'record')}))`
const numbers = (k: FactKeys): string => k('customer').replace('toUInt64(value)', 'groupArray(toUInt64(value))')
const recordPairs = (keys: WorkflowKeys): string[] => keys('record')

const blank = (type: string): string =>
  type.startsWith('Nullable') ? 'NULL' : type.includes('String') ? "''" : `toDateTime(0, 'UTC')`
const BLANK_RECORD = Object.fromEntries(
  Object.entries(currentRecords.columns)
    .filter(([column]) => column !== 'run_id' && column !== 'record_no')
    .map(([column, type]) => [column, blank(type)]),
)

const tables: PersonalTable[] = [
  { store: 'facts', table: 'purchases', title: { en: 'Purchases', zh: '购买' }, where: ofCustomer, erase: 'delete' },
  {
    store: 'facts',
    table: 'customer_attributes',
    title: { en: 'Answers and attributes', zh: '调研答案与属性' },
    where: ofCustomer,
    erase: 'delete',
  },
  {
    store: 'facts',
    table: 'customer_consents',
    title: { en: 'Consents that hold', zh: '现行同意' },
    where: ofCustomer,
    erase: 'delete',
  },
  {
    store: 'facts',
    table: 'golden_records',
    title: { en: 'What we believe of you', zh: '客户主记录' },
    where: ofCustomer,
    erase: 'delete',
  },
  {
    store: 'facts',
    table: 'record_links',
    title: { en: 'Which records are yours', zh: '记录归属' },
    where: ofCustomer,
    erase: 'delete',
  },
  {
    store: 'facts',
    table: 'customer_redirects',
    title: { en: 'Former customer numbers', zh: '曾用客户编号' },
    where: k => `customer_id IN ${k('customer')} OR old_id IN ${k('customer')}`,
    erase: 'delete',
    exported: false,
  },
  {
    store: 'facts',
    table: 'current_records',
    title: { en: 'Records as matched', zh: '匹配所用记录' },
    where: ofRecord,
    // The record's number stays: whoever counts records by place goes on counting.
    erase: { set: BLANK_RECORD },
    exported: false,
  },
  {
    store: 'facts',
    table: 'events',
    title: { en: 'What happened', zh: '往来事件' },
    where: ofCustomer,
    erase: 'delete',
  },
  {
    store: 'facts',
    table: 'waiting_events',
    title: { en: 'Events waiting for their customer', zh: '待归属事件' },
    where: k => `(key_kind = 'customer' AND toUInt64OrZero(key) IN ${k('customer')})
      OR (key_kind = 'account' AND key IN ${k('account')}) OR (key_kind = 'email' AND key IN ${k('email')})
      OR (key_kind = 'phone' AND key IN ${k('phone')}) OR (key_kind = 'row' AND concat(key_source, '\\x1f', key) IN ${k('record')})
      OR (key_kind = 'visitor' AND key IN (SELECT visitor FROM visitor_links WHERE customer_id IN ${k('customer')}))`,
    erase: 'delete',
  },
  {
    store: 'facts',
    table: 'visitor_links',
    title: { en: 'Visits to the web site', zh: '网站访问' },
    where: ofCustomer,
    erase: 'delete',
  },
  {
    store: 'facts',
    table: 'consent_statements',
    title: { en: 'Consent statements (copy)', zh: '同意声明（副本）' },
    where: ofCustomer,
    erase: 'delete',
    exported: false,
    keptOnHold: true,
  },
  {
    store: 'facts',
    table: 'consents',
    title: { en: 'Consent statements of files', zh: '文件中的同意声明' },
    where: ofRecord,
    erase: 'delete',
    keptOnHold: true,
  },
  {
    store: 'facts',
    table: 'source_attributes',
    title: { en: 'Answers as they came', zh: '原始调研答案' },
    // A number or address that another customer has too is left: it may be about them.
    where:
      k => `(key_kind = 'account_no' AND key IN ${k('account')}) OR (key_kind IN ('id_number', 'org_code') AND key IN ${k('id')})
      OR (startsWith(key_kind, 'row:') AND concat(substring(key_kind, 5), '\\x1f', key) IN ${k('record')})
      OR (key_kind = 'email' AND key IN ${k('email')} AND key NOT IN (SELECT email FROM golden_records WHERE customer_id NOT IN ${k('customer')}))
      OR (key_kind = 'phone' AND key IN ${k('phone')} AND key NOT IN (SELECT mobile FROM golden_records WHERE customer_id NOT IN ${k('customer')}))`,
    erase: 'delete',
  },
  {
    store: 'facts',
    table: 'sale_lines',
    title: { en: 'Invoice lines', zh: '发票明细' },
    where: k => `account_no IN ${k('account')}`,
    erase: { copy: { account_no: "''" }, same: ['source', 'import_id', 'invoice', 'line', 'content_hash'] },
    keptOnHold: true,
  },
  {
    store: 'facts',
    table: 'quarantine_mends',
    title: { en: 'Refused rows as mended', zh: '已修复的隔离行' },
    where: k => `multiSearchAny(raw, ${asArray(k, 'value')})`,
    erase: { set: { raw: "''" } },
  },
  {
    store: 'facts',
    table: 'quarantine',
    title: { en: 'Refused rows', zh: '隔离行' },
    where: inText,
    erase: { set: { raw: "''", value: "''" } },
  },
  {
    store: 'facts',
    table: 'corrections',
    title: { en: 'Corrections by our people', zh: '人工更正' },
    where: ofRecord,
    erase: 'delete',
  },
  {
    store: 'facts',
    table: 'review_pairs',
    title: { en: 'Comparisons with other records', zh: '记录比对' },
    where: k =>
      `concat(left_source, '\\x1f', left_key) IN ${k('record')} OR concat(right_source, '\\x1f', right_key) IN ${k('record')}`,
    erase: 'delete',
    exported: false,
  },
  {
    store: 'facts',
    table: 'quality_marks',
    title: { en: 'Examples in quality checks', zh: '质量检查示例' },
    where: k => `hasAny(arrayMap(key -> concat(source, '\\x1f', key), examples), ${asArray(k, 'record')})`,
    erase: { set: { examples: '[]' } },
    exported: false,
  },
  {
    store: 'facts',
    table: 'verify_first',
    title: { en: 'Values to be verified', zh: '待核实信息' },
    where: ofCustomer,
    erase: 'delete',
  },
  {
    store: 'facts',
    table: 'household_members',
    title: { en: 'Household', zh: '家庭' },
    where: ofCustomer,
    erase: 'delete',
  },
  {
    store: 'facts',
    table: 'organisation_people',
    title: { en: 'Organisations', zh: '所属组织' },
    where: k => `customer_id IN ${k('customer')} OR organisation_id IN ${k('customer')}`,
    erase: 'delete',
  },
  {
    store: 'facts',
    table: 'identity_events',
    title: { en: 'Merges and splits', zh: '合并与拆分记录' },
    where: k => `hasAny(old_ids, ${numbers(k)}) OR hasAny(new_ids, ${numbers(k)})`,
    erase: { set: { reason: "''" } },
    exported: false,
  },
  {
    store: 'facts',
    table: 'giveback_changes',
    title: { en: 'Given to other systems', zh: '已提供给其他系统' },
    where:
      k => `toUInt64OrZero(JSONExtractRaw(key, 1)) IN ${k('customer')} OR JSONExtractUInt(row, 'customer_id') IN ${k('customer')}
      OR multiSearchAny(row, ${asArray(k, 'value')})`,
    // The key stays, so that the other side is told to take the row out.
    erase: { set: { row: "if(row = '', '', toJSONString(map('customer_id', JSONExtractUInt(row, 'customer_id'))))" } },
  },
  {
    store: 'facts',
    table: 'source_records',
    title: { en: 'Records as the sources gave them', zh: '来源记录' },
    where: ofRecord,
    erase: 'delete',
  },
  {
    store: 'facts',
    table: 'suppression_entries',
    title: { en: 'Suppression lists', zh: '禁发名单' },
    where: () => 'false',
    erase: { none: 'holds hashes alone, so that who asked not to be reached is not reached' },
    exported: false,
  },
  {
    store: 'facts',
    table: 'person_keys',
    title: { en: 'Keys of a request', zh: '请求所用标识' },
    where: () => 'false',
    erase: { none: 'emptied by every request itself' },
    exported: false,
  },
  {
    store: 'facts',
    table: 'erased_keys',
    title: { en: 'Hashes of the erased', zh: '已删除者的哈希' },
    where: () => 'false',
    erase: { none: 'salted hashes that keep the erased from coming back with a file' },
    exported: false,
  },
  {
    store: 'facts',
    table: 'erased_customers',
    title: { en: 'Numbers of the erased', zh: '已删除客户编号' },
    where: () => 'false',
    erase: { none: 'numbers alone, so that none is given twice' },
    exported: false,
  },
  {
    store: 'workflow',
    table: 'consent_ledger',
    title: { en: 'Consent and preferences', zh: '同意与偏好' },
    where: k => among('customer_id', k('customer'), 'int8'),
    erase: 'delete',
    keptOnHold: true,
  },
  {
    store: 'workflow',
    table: 'consent_heads',
    title: { en: 'Ends of the consent ledger', zh: '同意账本链尾' },
    where: k => among('customer_id', k('customer'), 'int8'),
    erase: 'delete',
    exported: false,
    keptOnHold: true,
  },
  {
    store: 'workflow',
    table: 'rights_requests',
    title: { en: 'Your requests', zh: '权利请求' },
    where: k => among('customer_id', k('customer'), 'int8'),
    erase: { none: 'a number and dates; proves that the request was answered' },
  },
  {
    store: 'workflow',
    table: 'rights_erased',
    title: { en: 'Numbers of the erased', zh: '已删除客户编号' },
    where: k => among('customer_id', k('customer'), 'int8'),
    erase: { none: 'numbers alone' },
    exported: false,
  },
  {
    store: 'workflow',
    table: 'legal_holds',
    title: { en: 'Legal holds', zh: '法律保留' },
    where: k => among('customer_id', k('customer'), 'int8'),
    erase: { none: 'a number, a reason and dates' },
    exported: false,
  },
  {
    store: 'workflow',
    table: 'collect_identity_decisions',
    title: { en: 'Decisions on who is who', zh: '身份判定' },
    where: k => sql<boolean>`(left_source || chr(31) || left_key = ANY(${recordPairs(k)}::text[])
      OR right_source || chr(31) || right_key = ANY(${recordPairs(k)}::text[]))`,
    erase: 'delete',
    exported: false,
  },
  {
    store: 'workflow',
    table: 'collect_identity_moves',
    title: { en: 'Records moved between customers', zh: '记录移动' },
    where: k =>
      sql<boolean>`EXISTS (SELECT 1 FROM jsonb_array_elements_text(customers) AS moved (id) WHERE id = ANY(${k('customer')}::text[]))`,
    erase: 'delete',
    exported: false,
  },
  {
    store: 'workflow',
    table: 'collect_verifications',
    title: { en: 'Questions whether a value is right', zh: '信息核实' },
    where: k => among('customer_id', k('customer'), 'int8'),
    erase: 'delete',
  },
  {
    store: 'workflow',
    table: 'collect_repairs',
    title: { en: 'Corrections asked for', zh: '更正申请' },
    where: k =>
      sql<boolean>`fix ->> 'kind' = 'set' AND fix ->> 'value' = ANY(${[...k('value'), ...k('email'), ...k('phone'), ...k('id')]}::text[])`,
    erase: { set: sql`fix = jsonb_set(fix, '{value}', '"***"'), note = ''` },
  },
  {
    store: 'workflow',
    table: 'collect_identity_actions',
    title: { en: 'Merges and splits', zh: '合并与拆分' },
    where: k =>
      sql<boolean>`(${among('customer_id', k('customer'), 'int8')} OR ${among('other_id', k('customer'), 'int8')})`,
    erase: { set: sql`moves = '[]', note = ''` },
    exported: false,
  },
]

declarePersonalData({
  stage: 'collect',
  tables,
  files: [importFiles, givenFiles],
  // The match index holds everyone's values in memory: it is opened anew without them.
  forget: app => forgetLookup(app),
  keys: k => [
    [
      'communication',
      `SELECT communication_id AS value FROM events WHERE customer_id IN ${k('customer')} AND communication_id != ''`,
    ],
  ],
})
