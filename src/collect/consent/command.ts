import { basename, resolve } from 'node:path'
import type { Command } from '../../platform/app.ts'
import { audit } from '../../platform/audit.ts'
import { LOCAL_USER_ID } from '../../platform/http/gate.ts'
import { fileHead } from '../import/read-text.ts'
import { changeEntries, linesOf } from './suppression/entries.ts'
import { verifyConsents } from './verify.ts'

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)

/** `huiyin consent verify`: exit code 1 when anything was tampered with. */
const verify: Command = {
  name: 'consent verify',
  summary: { en: 'check that the consent ledger is as it was written', zh: '检查同意账本是否被改动' },
  async run({ app, lang }) {
    const result = await verifyConsents(app!)
    const { statements, customers, imports, root, findings } = result
    const first = findings
      .slice(0, 20)
      .map(({ where, id, seq, what }) => `\n${where} ${id}${seq > 0 ? `/${seq}` : ''}: ${what}`)
    const said =
      lang === 'zh-CN'
        ? `已检查 ${customers} 位客户的 ${statements} 条声明与 ${imports} 次导入，发现 ${findings.length} 处异常。根哈希 ${root}`
        : `${statements} statements of ${customers} customers and ${imports} imports checked, ${findings.length} findings. Root ${root}`
    return {
      json: { ok: findings.length === 0, ...result },
      text: said + first.join(''),
      exit: findings.length === 0 ? 0 : 1,
    }
  },
}

/** `huiyin suppress do-not-call registry.csv --kind phone` */
const suppress: Command = {
  name: 'suppress <list> <file>',
  summary: { en: 'put the values of a file on a suppression list', zh: '将文件中的号码或地址加入禁发名单' },
  options: [
    [
      '--kind <kind>',
      'phone (default), email, id, account, address, customer; phone-digits, phone-national for hashes of such',
    ],
    ['--hashed', 'the lines are SHA-256 in hexadecimal'],
    ['--remove', 'take the values off the list'],
    ['--until <date>', 'last day on which the entries hold'],
    ['--why <text>', 'kept with the upload'],
  ],
  async run({ args, options, cwd, app, lang }) {
    const path = resolve(cwd, args[1] ?? '')
    await fileHead(path)
    const upload = {
      list: args[0] ?? '',
      kind: text(options['kind']) ?? 'phone',
      hashed: options['hashed'] === true,
      removes: options['remove'] === true,
      until: text(options['until']) ?? null,
      why: text(options['why']) ?? '',
      file: basename(path),
      userId: LOCAL_USER_ID,
    }
    const started = performance.now()
    const result = await changeEntries(app!, upload, linesOf(path))
    await audit(app!, {
      userId: LOCAL_USER_ID,
      action: upload.removes ? 'suppression.remove' : 'suppression.add',
      object: `suppression/${upload.list}`,
      detail: { upload: result.uploadId, entries: result.entries, refused: result.refused },
    })
    const seconds = Math.round(performance.now() - started) / 1000
    return {
      json: { ...result, seconds },
      text:
        lang === 'zh-CN'
          ? `${upload.list}：${result.entries} 条，无法识别 ${result.refused} 条，用时 ${seconds} 秒`
          : `${upload.list}: ${result.entries} entries, ${result.refused} not understood, ${seconds} s`,
    }
  },
}

export const consentCommands: Command[] = [verify, suppress]
