import type { Speech } from '../../../i18n/use-text.ts'

/** A column of the raw row goes by its header. */
export const fieldName = ({ term }: Pick<Speech, 'term'>, field: string): string =>
  field.startsWith('raw:') ? field.slice(4) : term('field', field)
