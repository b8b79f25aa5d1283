import type { kiosks as en } from '../en/kiosks.ts'

export const kiosks: Record<keyof typeof en, string> = {
  'nav.kiosks': '自助终端',
  'ki.title': '自助终端',
  'ki.lead': '网点内的自助终端。在设备浏览器中打开 {address} 并输入配对码，15 分钟内有效。',
  'ki.add': '添加终端',
  'ki.name': '名称',
  'ki.name-hint': '摆放位置，例如“南京路店一楼”。',
  'ki.state': '状态',
  'ki.state.waiting': '等待配对',
  'ki.state.paired': '使用中',
  'ki.state.revoked': '已停用',
  'ki.paired': '配对时间',
  'ki.seen': '最近使用',
  'ki.code': '配对码',
  'ki.code-note': '请在 15 分钟内于设备上输入。配对码只显示这一次；生成新码后旧码失效，配对新设备后原设备停止使用。',
  'ki.new-code': '新配对码',
  'ki.revoke': '停用',
  'ki.revoke-ask': '停用“{name}”？正在登录的客户将立即退出，设备需重新配对。',
  'ki.none': '尚无自助终端',
  'ki.none-hint': '添加终端后，在网点设备上完成配对。',
}
