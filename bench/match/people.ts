import { soundOf, surnameSound } from '../../src/collect/standardise/pinyin.ts'
import type { Facts } from '../../src/platform/stores/facts/index.ts'

/**
 * People as companies have them, made by the engine from numbers and hashes: half with Chinese names, half with Western ones; common
 * names are common (the popularity of a name falls as a power of its rank), some values are missing. A quarter of the records says again who
 * is known already, from another source and with its faults: slips of the hand, pinyin for characters, initials, swapped halves, new
 * telephones, moves, digits of a birth date. The person is kept in `raw` for the score alone.
 */
const HAN_SURNAMES =
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严'
const HAN_GIVEN =
  '伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红梅建国文斌辉玲鹏飞志波宇浩然欣怡雨泽子轩梓涵思远嘉诚博晓东海燕春生永康庆云峰立新少卿佳琪若曦俊凯晨阳瑞雪莉婷婕倩颖琳瑶璐蕾萍莲菊荣贵福祥德光宏亮清源正义振兴忠良家乐天佑世昌'
const GIVEN =
  'olivia amelia isla ava ivy freya lily florence mia willow rosie sophia isabella grace daisy evie poppy emily ella charlotte alice sarah emma laura claire hannah rachel rebecca susan karen julie helen margaret dorothy joan patricia noah oliver george arthur leo harry oscar henry theo freddie jack charlie thomas james william alexander edward joseph samuel daniel matthew david andrew paul mark stephen peter john michael robert richard christopher anthony kevin brian alan keith graham simon martin philip ian neil gary stuart colin derek'
const SURNAMES =
  'smith jones taylor brown williams wilson johnson davies robinson wright thompson evans walker white roberts green hall wood jackson clarke harris lewis scott turner hill cooper morris moore king watson baker morgan martin anderson clark young patel james allen lee mitchell edwards parker phillips bennett cook shaw griffiths bell richardson cox collins carter hughes murphy kelly ward gray simpson marshall adams'
/** Western surnames beyond the common ones are put together, so that there are tens of thousands. */
const HEADS =
  'ash black brad bur cal car chad clay cor cran dal den dun ed el fair far fen gar glen gold gran hal ham har hart hol hun kel ken kir lang lin lock mal man mar mid nor oak or pem pres rad rams red row rus sal shel stan stock strat sut tal thorn tre wal war wes whit win wood'
const TAILS =
  'bridge brook burn bury by cliff combe cot croft dale den don ell field ford gate ham hill house hurst ing ingham land ley lock man mere more mouth ney port ridge sey shaw son stead stone ter thorpe ton tree vale vin wall ward water way well wick wood worth'
const STREETS =
  'high church station victoria park mill green london kings queens windsor north south west springfield albert chapel grove york manor the crescent school alexandra meadow orchard hawthorn grange stanley'
const KINDS = 'street road avenue lane close drive way court gardens terrace'
const TOWNS =
  'london birmingham leeds glasgow sheffield bradford liverpool edinburgh manchester bristol wakefield cardiff coventry nottingham leicester sunderland belfast newcastle brighton hull plymouth stoke wolverhampton derby swansea southampton aberdeen dundee york exeter'
const AREAS = 'SW B LS G S BD L EH M BS WF CF CV NG LE SR BT NE BN HU PL ST WV DE SA SO AB DD YO EX'
const HAN_STREETS =
  '人民路 解放路 中山路 建设路 和平路 新华街 文化路 长江路 黄河路 胜利街 光明路 青年路 朝阳街 东风路 友谊路 学院路 南京路 北京路 滨江大道 世纪大道 迎宾大道 工业路 公园路 体育路'
const HAN_CITIES = [
  '上海市 上海市 浦东新区 2001',
  '北京市 北京市 海淀区 1000',
  '广东省 广州市 天河区 5106',
  '广东省 深圳市 南山区 5180',
  '浙江省 杭州市 西湖区 3100',
  '江苏省 南京市 鼓楼区 2100',
  '四川省 成都市 武侯区 6100',
  '湖北省 武汉市 洪山区 4300',
  '陕西省 西安市 雁塔区 7100',
  '山东省 青岛市 市南区 2660',
  '辽宁省 大连市 中山区 1160',
  '福建省 厦门市 思明区 3610',
].map(line => line.split(' '))

const list = (values: readonly string[]) => `[${values.map(value => `'${value}'`).join(',')}]`
const words = (text: string) => list(text.split(' '))
/** A fixed draw of person `p`, from 0 to `n` - 1. */
const of = (salt: string, n: number | string) => `cityHash64(p, '${salt}') % ${n}`
/** A draw of the record: what happened to this copy alone. */
const copy = (salt: string, n: number) => `cityHash64(r, '${salt}') % ${n}`
/** Rank drawn so that the first names of the list are many times as common as the last. */
const skewed = (salt: string, n: number) => `toUInt32(${n} * pow(${of(salt, 1_000_000)} / 1000000, 2.2)) + 1`
const title = (text: string) => `concat(upper(substring(${text}, 1, 1)), substring(${text}, 2))`
const slip = (text: string, salt: string) => {
  const at = `1 + toInt32(${copy(`${salt} at`, 97)}) % greatest(1, lengthUTF8(${text}) - 1)`
  const rest = (skip: string) => `substringUTF8(${text}, ${at} + ${skip})`
  return `multiIf(lengthUTF8(${text}) < 3, ${text},
    ${copy(salt, 4)} = 0, concat(substringUTF8(${text}, 1, ${at}), ${rest('2')}),
    ${copy(salt, 4)} = 1, concat(substringUTF8(${text}, 1, (${at}) - 1), substringUTF8(${text}, ${at} + 1, 1), substringUTF8(${text}, ${at}, 1), ${rest('2')}),
    ${copy(salt, 4)} = 2, concat(substringUTF8(${text}, 1, ${at}), char(97 + toUInt8(${copy(`${salt} letter`, 26)})), ${rest('2')}),
    concat(substringUTF8(${text}, 1, ${at}), substringUTF8(${text}, ${at}, 1), ${rest('1')}))`
}
const kept = (value: string, percent: number, salt: string) => `if(${of(salt, 100)} < ${percent}, ${value}, '')`

function recordsSql(): string {
  const surnames = [...HAN_SURNAMES]
  const given = [...HAN_GIVEN]
  const city = (i: number) => `${list(HAN_CITIES.map(c => c[i] ?? ''))}[1 + ${of('city', HAN_CITIES.length)}]`
  const town = TOWNS.split(' ').length
  return `
INSERT INTO source_records (source, row_key, import_id, row_no, content_hash, kind, full_name, family_name, given_name, gender, birth_date, mobile,
  landline, email, country, province, city, district, street, postcode, account_no, language, name_pinyin, name_initials, updated_at, created_at, raw)
WITH
  numbered AS (
    SELECT number AS r, r >= {people:UInt64} AS again, if(again, cityHash64(r, 'who') % {people:UInt64}, r) AS p,
           ${of('script', 2)} = 0 AS han, again AND ${copy('faults', 10)} < 7 AS faulty, ${copy('fault', 8)} AS fault
    FROM numbers_mt({from:UInt64}, {count:UInt64})
  ),
  people AS (
    SELECT *, ${skewed('hs', surnames.length)} AS hs, ${skewed('hg1', given.length)} AS hg1, if(${of('two', 5)} > 0, ${skewed('hg2', given.length)}, 0) AS hg2,
      ${list(surnames)}[hs] AS han_surname, concat(${list(given)}[hg1], ${list(given)}[hg2]) AS han_given,
      ${list(surnames.map(surnameSound))}[hs] AS sound_surname, concat(${list(given.map(soundOf))}[hg1], ${list(given.map(soundOf))}[hg2]) AS sound_given,
      ${words(GIVEN)}[${skewed('g', GIVEN.split(' ').length)}] AS w_given,
      if(${of('rare', 10)} < 4, ${words(SURNAMES)}[${skewed('s', SURNAMES.split(' ').length)}],
         concat(${words(HEADS)}[1 + ${of('head', HEADS.split(' ').length)}], ${words(TAILS)}[1 + ${of('tail', TAILS.split(' ').length)}])) AS w_surname,
      -- Pinyin for characters, a slip, an initial, swapped halves: each in one faulty copy of eight or so.
      han AND faulty AND fault IN (0, 1) AS romanised,
      if(han, if(romanised, ${title('sound_surname')}, han_surname), ${title(`if(faulty AND fault = 2, ${slip('w_surname', 'ss')}, w_surname)`)}) AS surname_as_written,
      multiIf(romanised, ${title('sound_given')}, han, han_given, faulty AND fault = 3, ${title(slip('w_given', 'sg'))}, faulty AND fault = 4, upper(substring(w_given, 1, 1)), ${title('w_given')}) AS given_as_written,
      faulty AND fault = 5 AND NOT han AS swapped,
      -- One in fourteen of the copies comes from another home, one in eight with another telephone.
      again AND ${copy('moved', 14)} = 0 AS moved, again AND ${copy('phone', 8)} = 0 AS other_phone, ${of('home', 1_000_000)} + if(moved, r, 0) AS home,
      toDate32('1940-01-01') + toInt32(${of('birth', 24_000)}) AS born
    FROM numbered
  )
SELECT multiIf(r < {people:UInt64}, 'crm', ${copy('source', 3)} = 0, 'calls', 'shop') AS source, hex(cityHash64(r, 'key')) AS row_key, 1, r, cityHash64(r), 'person',
  multiIf(han AND NOT romanised, concat(surname_as_written, given_as_written), swapped, concat(surname_as_written, ' ', given_as_written), concat(given_as_written, ' ', surname_as_written)) AS full_name,
  if(swapped, given_as_written, surname_as_written), if(swapped, surname_as_written, given_as_written),
  if(${of('sex known', 10)} < 9, ['F', 'M'][1 + ${of('sex', 2)}], ''),
  if(${of('born', 10)} < 8 AND (NOT again OR ${copy('born', 10)} < 8), if(again AND ${copy('birth', 25)} = 0, born + [1, 10, 30, 365][1 + ${copy('birth by', 4)}], born), NULL),
  ${kept(`concat(if(han, '+861', '+447'), if(han, ['38', '39', '50', '86', '77'][1 + ${of('mp', 5)}], ''), leftPad(toString(if(other_phone, r * 7919, cityHash64(p, 'mobile')) % if(han, 100000000, 1000000000)), if(han, 8, 9), '0'))`, 75, 'mobile known')},
  if(${of('landline', 10)} = 0, concat(if(han, '+8621', '+4420'), leftPad(toString(20000000 + cityHash64(p, 'land') % 60000000), 8, '0')), ''),
  if(again AND ${copy('no mail', 5)} = 0, '', ${kept(`concat(lower(if(han, sound_given, w_given)), if(${of('dot', 2)} = 0, '.', ''), lower(if(han, sound_surname, w_surname)), if(${of('plain', 10)} < 3, '', toString(${of('tag', 1000)})), '@', ['gmail.com', 'qq.com', '163.com', 'hotmail.com', 'yahoo.co.uk', 'outlook.com', 'example.com'][1 + ${of('domain', 7)}])`, 65, 'mail known')}),
  if(han, 'CN', 'GB'), if(han, ${city(0)}, ''), if(han, ${city(1)}, ${title(`${words(TOWNS)}[1 + ${of('town', town)}]`)}), if(han, ${city(2)}, ''),
  if(${of('homeless', 10)} = 0, '', if(han, concat(${words(HAN_STREETS)}[1 + cityHash64(home, 'street') % ${HAN_STREETS.split(' ').length}], toString(1 + cityHash64(home, 'no') % 800), '号', toString(1 + cityHash64(home, 'house') % 30), '栋', toString(101 + cityHash64(home, 'room') % 2400), '室'),
     concat(toString(1 + cityHash64(home, 'no') % 240), ' ', ${title(`${words(STREETS)}[1 + cityHash64(home, 'street') % ${STREETS.split(' ').length}]`)}, ' ', ${title(`${words(KINDS)}[1 + cityHash64(home, 'kind') % ${KINDS.split(' ').length}]`)}))),
  if(han, concat(${city(3)}, leftPad(toString(cityHash64(home, 'pc') % 100), 2, '0')), concat(${words(AREAS)}[1 + ${of('town', town)}], toString(1 + cityHash64(home, 'pc') % 40), ' ', toString(1 + cityHash64(home, 'pd') % 9), char(65 + toUInt8(cityHash64(home, 'pe') % 26)), char(65 + toUInt8(cityHash64(home, 'pf') % 26)))),
  if(r < {people:UInt64} OR ${copy('card', 4)} = 0, toString(10000000 + p), ''), if(han, 'zh-CN', 'en'),
  lower(if(han, concat(sound_surname, ' ', sound_given), full_name)), lower(concat(substring(sound_surname, 1, 1), substring(sound_given, 1, 1))),
  toDateTime('2009-01-01 00:00:00', 'UTC') + toInt32(${copy('updated', 58_000_000)}), toDateTime('2006-01-01 00:00:00', 'UTC') + toInt32(${copy('created', 58_000_000)}),
  concat('{"person":', toString(p), '}')
FROM people`
}

/** Share of the records that are of a person already there. */
export const AGAIN = 0.25

/** Fills `source_records` with `records` rows and makes them visible; `first`: number of the first, `people`: how many there are in all. */
export async function generatePeople(
  facts: Facts,
  records: number,
  first = 0,
  people = Math.round(records * (1 - AGAIN)),
): Promise<void> {
  const sql = recordsSql()
  const step = 250_000
  for (let from = first; from < first + records; from += step) {
    const count = Math.min(step, first + records - from)
    await facts.exec(sql, { people, from, count })
  }
  if (first > 0) return
  await facts.insert('import_commits', [
    {
      import_id: 1,
      source: 'crm',
      file: 'generated',
      file_sha256: '0'.repeat(64),
      rows_in: records,
      stored: records,
      duplicates: 0,
      quarantined: 0,
      committed_at: new Date(),
    },
  ])
}
