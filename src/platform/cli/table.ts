/** Width on a terminal: Chinese and other wide characters take two columns. */
const width = (text: string): number => {
  let columns = 0
  for (const char of text)
    columns +=
      /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}|[\u3000-\u303f\uff00-\uff60]/u.test(
        char,
      )
        ? 2
        : 1
  return columns
}

/** Rows as an aligned table; numbers to the right. */
export function textTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, i) => Math.max(width(title), ...rows.map(row => width(row[i] ?? ''))))
  const numeric = head.map(
    (_, i) => rows.length > 0 && rows.every(row => /^[-+£¥$]?[\d.,]+( ?%| s)?$|^$/.test(row[i] ?? '')),
  )
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, i) => {
        const pad = ' '.repeat(Math.max(0, (widths[i] ?? 0) - width(cell)))
        return numeric[i] ? pad + cell : cell + pad
      })
      .join('   ')
      .trimEnd()
  return [line(head), line(widths.map(w => '─'.repeat(w))), ...rows.map(line)].join('\n')
}
