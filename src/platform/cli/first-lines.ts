import type { Lang } from '../errors.ts'

/** What a person reads when the app is up. */
export function readyText(lang: Lang, address: string, login: { login: string; password: string } | null): string {
  const zh = lang === 'zh-CN'
  const lines = [zh ? `回音已就绪：${address}` : `Huiyin is ready: ${address}`]
  if (login)
    lines.push(
      zh
        ? `首次登录：${login.login}，密码：${login.password}（请妥善保存，只显示一次）`
        : `First login: ${login.login}, password: ${login.password} (keep it: it is shown once)`,
    )
  else
    lines.push(
      zh
        ? '登录名 admin；忘记密码时运行 npx huiyin user password admin'
        : 'Login: admin; a forgotten password is set anew by: npx huiyin user password admin',
    )
  lines.push(zh ? '按 Ctrl+C 停止。' : 'Stop it with Ctrl+C.')
  return lines.join('\n')
}
