import type { Address } from '../people/person.ts'
import type { Random } from '../random.ts'
import { type Characters, capital } from './characters.ts'
import type { District } from './divisions.ts'

const roads =
  '人民路 解放路 中山路 建设路 和平路 新华路 胜利路 文化路 光明路 青年路 朝阳路 长江路 黄河路 南京路 北京路 上海路 花园路 学院路 迎宾大道 滨河路 环城东路 环城西路 体育路 公园路 桃园路 翠竹路 枫林路 梅园路 兴华街 建国街 幸福路 友谊路 东风路 红旗街 文昌路 金水路 银杏路 丹桂路 紫荆路 湖滨路 望江路 凤凰路 民主路 团结街 宏图大道 科技路 工业一路 创业街 香樟路 白云路'.split(
    ' ',
  )
const estateFirst =
  '锦绣 阳光 金色 翠湖 碧水 紫荆 丽景 世纪 东方 天鹅 明珠 春江 香榭 江南 书香 云顶 望湖 龙泉 梧桐 金桂 银河 蓝天 滨江 御景 桃源 盛世 都市 康乐 安居 祥和'.split(
    ' ',
  )
const estateSecond = '花园 家园 新村 小区 名苑 雅居 豪庭 公寓 华庭 佳苑 花城 里 湾 新城 庭院'.split(' ')

/** Streets and estates are composed of words that every Chinese town has; number, building and room are drawn. */
export function chineseAddress(random: Random, characters: Characters, district: District): Address {
  const road = random.pick(roads)
  const number = random.int(1, 688)
  const estate = random.chance(0.7) ? random.pick(estateFirst) + random.pick(estateSecond) : ''
  const building = random.int(1, 38)
  const unit = random.chance(0.75) ? random.int(1, 4) : 0
  const floor = random.int(1, 24)
  const room = floor * 100 + random.int(1, 6)
  const subdistrict = district.streets.length && random.chance(0.25) ? random.pick(district.streets) : ''
  const latinPlace = (name: string) => capital(characters.place(name).join(''))
  const latinRoad = `${latinPlace(road.replace(/(大道|路|街)$/, ''))} ${road.endsWith('大道') ? 'Avenue' : road.endsWith('街') ? 'Street' : 'Road'}`
  return {
    country: 'CN',
    province: district.provinceName,
    city: district.cityName,
    district: district.name,
    postcode: district.postcode,
    dial: district.city.dial,
    lines: [
      `${subdistrict}${road}${number}号${estate}${building}栋${unit ? `${unit}单元` : ''}${room}室`,
      `${road}${number}号${estate}${building}幢${unit ? `${unit}单元` : ''}${room}`,
      `${road}${number}号${estate}${building}-${unit ? `${unit}-` : ''}${room}`,
      `${road} ${number} 号 ${estate}${building} 号楼${unit ? ` ${unit} 单元` : ''} ${room} 室`,
    ],
    latinLines: [
      `Room ${room}, ${unit ? `Unit ${unit}, ` : ''}Bldg ${building}, ${estate ? `${latinPlace(estate)}, ` : ''}${number} ${latinRoad}, ${latinPlace(district.name.replace(/新区$|区$/, ''))} District`,
      `${building}-${unit ? `${unit}-` : ''}${room}, ${number} ${latinRoad}, ${latinPlace(district.name.replace(/新区$|区$/, ''))}`,
    ],
    latinTown: latinPlace(district.cityName.replace(/市$/, '')),
  }
}
