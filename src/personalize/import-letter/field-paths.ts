import { pinyin } from 'pinyin-pro'

/** Names under which letters and databases know what the data call otherwise; lower-case, without spaces and signs. */
const USUAL: Record<string, string> = {
  name: 'to.name',
  fullname: 'to.name',
  customername: 'to.name',
  addressee: 'to.name',
  姓名: 'to.name',
  客户姓名: 'to.name',
  客户名称: 'to.name',
  收件人: 'to.name',
  salutation: 'to.salutation',
  title: 'to.salutation',
  courtesytitle: 'to.salutation',
  称谓: 'to.salutation',
  称呼: 'to.salutation',
  尊称: 'to.salutation',
  address: 'to.address',
  addressblock: 'to.address',
  地址: 'to.address',
  通讯地址: 'to.address',
  postcode: 'to.postcode',
  postalcode: 'to.postcode',
  zip: 'to.postcode',
  zipcode: 'to.postcode',
  邮编: 'to.postcode',
  邮政编码: 'to.postcode',
  email: 'to.email',
  emailaddress: 'to.email',
  邮箱: 'to.email',
  电子邮箱: 'to.email',
  mobile: 'to.mobile',
  phone: 'to.phone',
  手机: 'to.mobile',
  手机号: 'to.mobile',
  电话: 'to.phone',
  account: 'account',
  accountnumber: 'account',
  customernumber: 'account',
  customerid: 'account',
  客户编号: 'account',
  客户号: 'account',
  账号: 'account',
  date: 'issued',
  letterdate: 'issued',
  日期: 'issued',
  offer: 'offer.name',
  offername: 'offer.name',
  优惠: 'offer.name',
  优惠名称: 'offer.name',
  offercode: 'offer.code',
  优惠代码: 'offer.code',
  product: 'product.name',
  productname: 'product.name',
  产品: 'product.name',
  产品名称: 'product.name',
  total: 'total',
  amount: 'total',
  合计: 'total',
  金额: 'total',
  duedate: 'due',
  到期日: 'due',
  到期日期: 'due',
}

/** Fields that read as something only with a format. */
const FORMATS: Record<string, string> = { issued: 'day', due: 'day', total: 'money', 'offer.until': 'day' }

export interface FoundField {
  path: string
  format?: string
  /** False: a name the data do not know; the path is made of it, and somebody has to say what it is. */
  known: boolean
}

const PATH = /^[A-Za-z][A-Za-z0-9_]*(\.[A-Za-z0-9_]+)*$/

/** The path of a field by its name in the letter: a path as it is, a usual name, else a path made of the name. */
export function fieldOf(name: string, paths: ReadonlySet<string>): FoundField {
  const with_ = (path: string): FoundField => {
    const format = FORMATS[path]
    return { path, known: paths.has(path), ...(format ? { format } : {}) }
  }
  const trimmed = name.trim()
  if (PATH.test(trimmed) && paths.has(trimmed)) return with_(trimmed)
  const usual = USUAL[trimmed.toLowerCase().replace(/[\s_.:：-]+/g, '')]
  if (usual) return with_(usual)
  return { path: PATH.test(trimmed) ? trimmed : pathOf(trimmed), known: false }
}

function pathOf(name: string): string {
  const latin = pinyin(name, { toneType: 'none', nonZh: 'consecutive', type: 'array' })
    .join('')
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/^[^A-Za-z]+|_+$/g, '')
    .slice(0, 40)
  return latin === '' ? 'field' : latin
}
