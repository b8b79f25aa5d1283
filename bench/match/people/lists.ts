/**
 * What Chinese people are made of. Surnames with their frequencies and districts with their codes are read from public lists where
 * they lie beside the project; short ones are here, so that people can always be made.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const DATA = join(import.meta.dirname, '../../../../shared/data/chinese')

const rows = (path: string): string[][] =>
  readFileSync(path, 'utf8')
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map(line => line.split(',').map(cell => cell.replaceAll('"', '')))

const SHORT_SURNAMES =
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严'

export function surnames(): [string, number][] {
  const path = join(DATA, 'names/family_names.csv')
  if (existsSync(path)) return rows(path).map(([name, count]) => [name!, Number(count)])
  return [...SHORT_SURNAMES].map((name, rank) => [name, 10_000 / (rank + 4)])
}

/** Characters of given names, as common as they stand early. */
export const GIVEN =
  '伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红梅建国文斌辉玲鹏飞志波宇浩然欣怡雨泽子轩梓涵思远嘉诚博晓东海燕春生永康庆云峰立新少卿佳琪若曦俊凯晨阳瑞雪莉婷婕倩颖琳瑶璐蕾萍莲菊荣贵福祥德光宏亮清源正义振兴忠良家乐天佑世昌凤珍珠琴慧巧美彩丹露诗梦语彤锦程奕辰昊天煜祺睿哲懿轩宸逸铭钧鸿达广才全有根水金土木林森'

export interface District {
  code: string
  province: string
  city: string
  name: string
}

const SHORT_DISTRICTS =
  '110108 北京市 北京市 海淀区,310115 上海市 上海市 浦东新区,440106 广东省 广州市 天河区,440305 广东省 深圳市 南山区,330106 浙江省 杭州市 西湖区,320106 江苏省 南京市 鼓楼区,510107 四川省 成都市 武侯区,420111 湖北省 武汉市 洪山区,610113 陕西省 西安市 雁塔区,370202 山东省 青岛市 市南区,210202 辽宁省 大连市 中山区,350203 福建省 厦门市 思明区,430104 湖南省 长沙市 岳麓区,500103 重庆市 重庆市 渝中区'

export function districts(): District[] {
  const path = (name: string) => join(DATA, 'divisions', `${name}.csv`)
  if (!existsSync(path('areas'))) {
    return SHORT_DISTRICTS.split(',').map(line => {
      const [code, province, city, name] = line.split(' ')
      return { code: code!, province: province!, city: city!, name: name! }
    })
  }
  const names = (file: string) => new Map(rows(path(file)).map(([code, name]) => [code!, name!]))
  const provinces = names('provinces')
  const cities = names('cities')
  return rows(path('areas')).map(([code, name, city, province]) => {
    const inProvince = provinces.get(province!) ?? ''
    const inCity = cities.get(city!) ?? ''
    return { code: code!, province: inProvince, city: /辖区$|县$/.test(inCity) ? inProvince : inCity, name: name! }
  })
}

export const STREETS =
  '人民 解放 中山 建设 和平 新华 文化 长江 黄河 胜利 光明 青年 朝阳 东风 友谊 学院 南京 北京 滨江 世纪 迎宾 工业 公园 体育 翠竹 梧桐 桂花 玉兰 银杏 天府 锦绣 春风 红旗 劳动 延安 复兴 长安 科技 创新 金融'.split(
    ' ',
  )
