import type { Version } from '../../../../api/segments.ts'
import type { Speech } from '../../../../i18n/use-text.ts'
import type { Tone } from '../../../../kit/index.ts'

export const stateTone: Record<Version['state'], Tone> = {
  draft: 'accent',
  asked: 'warn',
  approved: 'good',
  withdrawn: 'plain',
}

export const versionTitle = (t: Speech['t'], { id, name }: Pick<Version, 'id' | 'name'>): string =>
  name ? `${id} · ${name}` : t('seg.version-number', { number: id })
