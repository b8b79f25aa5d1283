/** Endings of Chinese provinces; maps and people say 广东, not 广东省. */
const ENDING = '(维吾尔自治区|壮族自治区|回族自治区|特别行政区|自治区|省|市)$'

/** Of a golden record `g`: provinces of China without their ending, those of other countries as they are. */
export const PROVINCE = `if(g.country = 'CN', replaceRegexpOne(toString(g.province), '${ENDING}', ''), toString(g.province))`
/** Towns of other countries are too many to keep by. */
export const CITY = "if(g.country = 'CN', toString(g.city), '')"
