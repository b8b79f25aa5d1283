import { useText } from '../../../i18n/use-text.ts'

/** A field of a mapping as people call it. */
export function useFieldName(): (field: string) => string {
  const { t, term } = useText()
  return field => {
    if (field === 'ignore') return t('map.kept')
    if (field.startsWith('number:')) return t('map.number')
    const [, attribute] = /^attribute:(.*)$/.exec(field) ?? []
    if (attribute !== undefined) {
      const name = term('attribute', attribute)
      return t('map.attribute', { name: name === `attribute.${attribute}` ? attribute : name })
    }
    return term('field', field.replace(/^key:/, ''))
  }
}
