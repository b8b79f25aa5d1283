/**
 * Word's fields: `<w:fldSimple w:instr="MERGEFIELD Name">` or runs between fldChar begin, instrText, separate, result, end
 * (ECMA-376, 17.16). What a field was about stands in its instruction; what is shown may be somebody's name from a preview. Shown
 * instead is «Name».
 */
const NAME = /^\s*MERGEFIELD\s+(?:"([^"]+)"|(\S+))/i

export const mergeFieldName = (instruction: string): string | undefined => {
  const found = NAME.exec(instruction)
  return found?.[1] ?? found?.[2]
}

export const fieldKind = (instruction: string): string =>
  /^\s*([A-Za-z]+|=)/.exec(instruction)?.[1]?.toUpperCase() ?? ''

const RUN = /<w:r[ >](?:(?!<w:r[ >])[\s\S])*?<\/w:r>/g

export function namedFields(xml: string): string {
  const simple = xml.replace(
    /<w:fldSimple\b[^>]*?w:instr="([^"]*)"[^>]*>([\s\S]*?)<\/w:fldSimple>/g,
    (whole, instruction: string) => {
      const name = mergeFieldName(unescaped(instruction))
      return name === undefined ? whole : shown('', name)
    },
  )
  let depth = 0
  let instruction = ''
  let state: 'text' | 'instruction' | 'result' = 'text'
  return simple.replace(RUN, run => {
    const mark = /<w:fldChar\b[^>]*w:fldCharType="(begin|separate|end)"/.exec(run)?.[1]
    if (mark === 'begin') {
      depth++
      if (depth === 1) [instruction, state] = ['', 'instruction']
      return run
    }
    if (depth === 0) return run
    if (mark === 'separate') {
      if (depth === 1) state = 'result'
      return run
    }
    if (mark === 'end') {
      depth--
      if (depth > 0) return run
      state = 'text'
      const name = mergeFieldName(instruction)
      return name === undefined ? run : run + shown(properties(run), name)
    }
    if (state === 'instruction') {
      for (const [, text = ''] of run.matchAll(/<w:instrText\b[^>]*>([^<]*)<\/w:instrText>/g))
        instruction += unescaped(text)
      return run
    }
    // What the field showed goes; its name comes at the end.
    return mergeFieldName(instruction) === undefined ? run : ''
  })
}

const properties = (run: string): string => /<w:rPr>[\s\S]*?<\/w:rPr>/.exec(run)?.[0] ?? ''

const shown = (look: string, name: string): string =>
  `<w:r>${look}<w:t xml:space="preserve">«${name.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}»</w:t></w:r>`

export const unescaped = (text: string): string =>
  text
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
