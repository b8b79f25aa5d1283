/**
 * Chinese surnames: the two-character ones (复姓), and the spellings by which a romanised surname is known.
 * The common ones, most frequent first, serve only to guess which end
 * of a name is the surname; a name that is not listed still matches, because the comparison also tries both orders.
 */
import { surnameSound } from './pinyin.ts'

export const COMPOUND_SURNAMES: ReadonlySet<string> = new Set(
  (
    '欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 ' +
    '公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 子车 亓官 司寇 巫马 公西 颛孙 壤驷 公良 漆雕 乐正 宰父 谷梁 ' +
    '拓跋 夹谷 轩辕 令狐 段干 百里 呼延 东郭 南门 羊舌 微生 梁丘 左丘 东门 西门 第五'
  ).split(' '),
)

const COMMON =
  '王李张刘陈杨黄吴赵周徐孙马朱胡林郭何高罗郑梁谢宋唐许邓冯韩曹曾彭肖萧蔡潘田董袁于余蒋叶杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严覃武戚莫孔汤向常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝'

const characters = new Set(COMMON)

export const isSurname = (han: string): boolean => characters.has(han) || COMPOUND_SURNAMES.has(han)

let ranks: Map<string, number> | undefined

/** How common a romanised surname is (0 = commonest); one that is not listed comes after all. */
export function surnameRank(pinyin: string): number {
  if (!ranks) {
    ranks = new Map()
    for (const [rank, name] of [...COMMON, ...COMPOUND_SURNAMES].entries()) {
      const sound = surnameSound(name)
      if (!ranks.has(sound)) ranks.set(sound, rank)
    }
  }
  return ranks.get(pinyin) ?? 100_000
}
