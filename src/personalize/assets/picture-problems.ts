import type { App } from '../../platform/app.ts'
import type { Text } from '../../platform/text.ts'
import type { MessageChannel } from '../compose/template.ts'
import type { Block } from '../design/blocks.ts'
import { allBlocks } from '../design/compile/expand.ts'
import type { Problem } from '../design/problems.ts'
import { isFont } from './kind.ts'

const NOT_THERE: Text = {
  en: 'The picture is not among those uploaded; choose another.',
  zh: '图片不在已上传的文件中，请另选。',
}
const NO_PICTURE: Text = { en: 'This is a font and no picture.', zh: '这是字体，不是图片。' }
const NOT_IN_MAIL: Text = {
  en: 'Mail programs show no SVG drawings (Gmail and Outlook leave them out): use a PNG here.',
  zh: '邮件客户端不显示 SVG（Gmail、Outlook 会略去），请改用 PNG。',
}
const NO_FONT: Text = { en: 'The font of the page is not among those uploaded.', zh: '页面字体不在已上传的字体中。' }

/** What is wrong with the pictures and the font of a design, told at the block. */
export async function pictureProblems(
  app: Pick<App, 'workflow'>,
  blocks: readonly Block[],
  channel: MessageChannel,
  font?: string,
): Promise<Problem[]> {
  const pictures = allBlocks(blocks).filter(block => block.type === 'picture')
  const ids = [...new Set([...pictures.map(({ asset }) => asset), ...(font ? [font] : [])])]
  if (ids.length === 0) return []
  const rows = await app.workflow.db
    .selectFrom('content_assets')
    .select(['id', 'kind'])
    .where('id', 'in', ids)
    .execute()
  const kinds = new Map(rows.map(({ id, kind }) => [id, kind]))
  const found: Problem[] = []
  const say = (block: string, message: Text) => found.push({ block, severity: 'error', message })
  for (const { id, asset, only } of pictures) {
    const kind = kinds.get(asset)
    if (!kind) say(id, NOT_THERE)
    else if (isFont(kind)) say(id, NO_PICTURE)
    else if (kind === 'svg' && channel === 'email' && (!only || only.includes('email'))) say(id, NOT_IN_MAIL)
  }
  const set = font === undefined ? undefined : kinds.get(font)
  if (font !== undefined && !(set && isFont(set))) say('', NO_FONT)
  return found
}
