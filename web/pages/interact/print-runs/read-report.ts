/** Rows of a report: CSV with a head line, cells in quotes or not (RFC 4180 without line breaks in cells). */
export function readReport(text: string): Record<string, string>[] {
  const [head = '', ...lines] = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .filter(line => line.trim() !== '')
  const names = cells(head).map(name => name.trim().toLowerCase())
  return lines.map(line => {
    const found = cells(line)
    return Object.fromEntries(
      names.flatMap((name, i) => (['piece', 'state', 'note'].includes(name) ? [[name, (found[i] ?? '').trim()]] : [])),
    )
  })
}

function cells(line: string): string[] {
  const separator = line.includes(';') && !line.includes(',') ? ';' : ','
  const found: string[] = []
  let [cell, quoted] = ['', false]
  for (let i = 0; i < line.length; i++) {
    const character = line[i]!
    if (quoted && character === '"' && line[i + 1] === '"') {
      cell += '"'
      i++
    } else if (character === '"') quoted = !quoted
    else if (character === separator && !quoted) {
      found.push(cell)
      cell = ''
    } else cell += character
  }
  return [...found, cell]
}
