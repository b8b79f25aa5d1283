/** Values in a change of details that can be read for certain, shown beside the words; a person takes them over, never the machine. */
import { readEmail, readPhoneAnywhere } from '../../collect/index.ts'

export interface ChangedField {
  field: 'email' | 'phone' | 'postcode' | 'address'
  value: string
}

/** Whoever wants something changed says so at the beginning. Bounds on every repetition keep a hostile text from costing minutes. */
const MOST_READ = 4000
const ADDRESS_ZH =
  /[\p{Script=Han}\d]{2,40}(?:省|市|区|县|路|街|巷|村|镇)[\p{Script=Han}\d]{0,40}\d{1,6}[\p{Script=Han}\d-]{0,40}/u
const ADDRESS_EN =
  /\b\d{1,4}[a-z]? (?:[A-Z][\w'’]+ ){1,3}(?:Street|St|Road|Rd|Lane|Avenue|Ave|Court|Way|Drive|Close|Square|Park|View|Place)\b[^\n.;]{0,60}/

export function changedFields(whole: string): ChangedField[] {
  const text = whole.slice(0, MOST_READ)
  const found: ChangedField[] = []
  for (const [word] of text.matchAll(/[^\s<>,;:，；：（）()@]{1,64}@[^\s<>,;，；（）()]{1,190}/g)) {
    const email = readEmail(word.replace(/[.。!！?？]+$/, ''))
    if (email.valid) found.push({ field: 'email', value: email.address })
  }
  for (const [word] of text.matchAll(/\+?\d[\d\s-]{8,16}\d/g)) {
    const phone = readPhoneAnywhere(word, /\p{Script=Han}/u.test(text) ? 'CN' : 'GB')
    if (phone.valid) found.push({ field: 'phone', value: phone.e164 })
  }
  const postcode = /\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b/.exec(text) ?? /邮编\D{0,8}(\d{6})/.exec(text)
  if (postcode) found.push({ field: 'postcode', value: postcode[1] ?? postcode[0] })
  const address = ADDRESS_ZH.exec(text) ?? ADDRESS_EN.exec(text)
  if (address)
    found.push({
      field: 'address',
      value: address[0].replace(/^.*(?:地址|住址|住在|改为|改成|现在|搬到)(?:是|为|在|改为|改成)?/u, '').trim(),
    })
  return found
}
