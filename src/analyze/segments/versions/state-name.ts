import type { Text } from '../../../platform/text.ts'
import type { VersionState } from '../workflow-tables.ts'

const names: Record<VersionState, Text> = {
  draft: { en: 'draft', zh: '草稿' },
  asked: { en: 'waiting for approval', zh: '待批准' },
  approved: { en: 'approved', zh: '已批准' },
  withdrawn: { en: 'withdrawn', zh: '已撤回' },
}

export const stateName = (state: VersionState): Text => names[state]
