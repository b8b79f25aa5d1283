/**
 * What headers say: Chinese (traditional ones are simplified first), English, and the commonest German, French and Spanish
 * ones. The first pattern that fits decides, so the narrower ones stand first.
 */
import { foldText, simplify } from '../standardise/text.ts'
import type { Role } from './roles.ts'

/** Whole words of a header: `word('state')` fits home_state and state, not status. */
const word = (list: string): string => `(?:^|_)(?:${list})(?:_|\\d|$)`
const rule = (role: Role, ...patterns: string[]): [Role, RegExp] => [role, new RegExp(patterns.join('|'))]

const HEADERS: [Role, RegExp][] = [
  // Labels of who is who, row numbers, where a row came from.
  rule(
    'ignore',
    '^(cluster|entity|label|truth|match|gold|class|group|dup|duplicate|household|person|true|real|real_world)(s|_?(id|no|nr|key|label))?$',
    '^(unique|rec|record|row|uu|gu|source|src|file|batch|line)_?(id|no|nr|num|number|key|dataset|name)?$',
    '^(source_dataset|data_?source|index|idx|来源|数据来源|序号|行号|备注|说明)$',
    word('remarks?|notes?|comments?|consent|opt_?in|created|updated|modified|inserted|registered|timestamp|download'),
    '(first|last)_(contact|seen|visit|order|login|purchase|call)',
    '真值|同意|创建|建档|更新|修改|注册(时间|日期)|登记(时间|日期)|积分|余额|金额|时间$',
    word('points|balance|amount|ip|mac|url|latitude|longitude|lat|lon|lng'),
  ),
  rule(
    'text',
    '(birth|born).*(place|city|town|country|state|parish|county)',
    'place_of_birth|birth_?place|nationality',
  ),
  rule('text', '出生地|籍贯|国籍|民族|职业|职务|学历', word('ethnic(ity)?|race|occupation|profession|job|religion')),
  rule('text', '(单位|公司|企业)(地址|所在地)'),
  rule('email', 'e_?mail|mail_?addr|邮箱|电子邮件|邮件地址|courriel|correo'),
  rule('phone', word('phone|mobile|cell|tel|telephone|telefon|handy|fax|telefono|movil|landline|msisdn')),
  rule('phone', 'phone|手机|电话|联系方式|固话|座机|传真|移动号码'),
  rule('kind', '(客户|账户|用户|会员)(类型|性质|类别)', '(account|customer|client|party|contact|entity)_?(type|kind)'),
  rule(
    'tax-code',
    '信用代码|税号|纳税人|组织机构代码',
    word('vat|tax_?(code|id|no|number)|credit_?code|ein|siret|siren|org_?code'),
  ),
  rule(
    'organisation',
    'compan|organi[sz]ation|employer|workplace|business_?name|单位|公司|企业|机构名',
    word('firm|firma|org'),
  ),
  rule(
    'account',
    'member|customer_?(no|number|nr)|card_?no|loyalty|account_?(no|number|nr)|会员(卡)?号|会员卡|卡号|客户号$',
  ),
  rule('account', word('kundennr|kundennummer|policy_?(no|number)|mrn|nhs_?(no|number)?|medicare')),
  rule(
    'id-number',
    'id_?card|id_?number|national_?id|soc(ial)?_?sec|passport|identity|证件|身份证|护照',
    word('ssn|nino'),
  ),
  rule('birth-year', '(birth|born|dob)_?(yr|year|y)(_|$)|(yr|year)_?(of_?)?birth|出生年$|出生年份|^by$|geburtsjahr'),
  rule('birth-month', '(birth|dob)_?(mon|month|mm|m)(_|$)|month_?(of_?)?birth|出生月$|出生月份|^bm$'),
  rule('birth-day', '(birth|dob)_(day|dd|d)$|day_of_birth|出生日$|^bd$'),
  rule('birth-date', 'birth|出生|生日|geburtsdatum|naissance|nacimiento', word('dob')),
  rule('gender', word('gender|sex|geschlecht|sexe|sexo'), '性别'),
  rule(
    'full-name',
    'first_and_surname|(given|first)_?(and_)?(last|sur)_?name|surname_and_',
    '姓名|^名称$|客户名|^name_?full',
  ),
  rule(
    'middle-name',
    '(middle|mid|midl)_?(name|init(ial)?)|^mname|^mi$|second_?name|(maiden|birth)_?name|name_?su?ffi?x',
    word('suffix|apellido2|fname_c2|lname_c2'),
  ),
  rule(
    'given-name',
    '(given|first|fore|christian)_?names?|^per_?name_?1|^f_?name|^given$|^first$|^fn$|^名$|名字|vorname|prenom|^nombres?$',
  ),
  rule(
    'surname',
    '^per_?name_?2|sur_?name|(last|family)_?name|^l_?name|^last$|^ln$|^sn$|^family$|^姓$|姓氏|nachname|familienname|^nom$|apellido|cognome',
  ),
  rule('full-name', '^(full|display|customer|client|person|patient|contact|voter|member)?_?name$|名称$|联系人'),
  rule('postcode', 'post_?code|^zip|zip_?code|postal|邮编|邮政编码|邮递区号', word('plz|zip5?|cp|cod_?postal')),
  rule('country', 'country|国家|^land$|^pays$|^pais$'),
  rule('street-number', '(street|house|building|home)_?(no|num|nr|number)|门牌|hausnummer|^hno$'),
  rule('locality', 'address_?2|addr_?2|line_?2|locality|neighbou?rhood|小区|社区'),
  rule('street', 'address_?1|addr_?1|line_?1|street|strasse|calle|^rue$|adresse_?1', word('road')),
  rule('district', 'district|borough|区县|县区|^区$|^县$|街道$|乡镇|行政区'),
  rule(
    'city',
    'city|suburb|^市$|城市|市县|wohnort|ville$|ciudad|municipality|stadt',
    word('town|village|ort|commune|place|residence'),
  ),
  rule('province', word('state|province|county|region|bundesland|provincia|territory'), '^省|省份|自治区'),
  rule('address', 'address|^addr|地址|住址|住所|adresse|anschrift|direccion|domicile', word('addr')),
]

/** A header as the patterns see it: small letters, words parted by _. */
export const headerWords = (header: string): string =>
  simplify(foldText(header.replace(/([a-z])([A-Z])/g, '$1_$2')))
    .replaceAll('ß', 'ss')
    .replace(/[\s.\-/:()（）：]+/g, '_')
    .replace(/^_+|_+$/g, '')

export function roleOfHeader(header: string): Role | undefined {
  const words = headerWords(header)
  return HEADERS.find(([, pattern]) => pattern.test(words))?.[0]
}

/** A key of rows or of another table: no evidence of who somebody is. */
export const looksLikeKey = (header: string): boolean =>
  /(^|_)ids?$|^(id|ref|key|row|no|nr|pk)(_|\d|$)|rec_?id|编号|流水/.test(headerWords(header))
