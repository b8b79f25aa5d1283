import { collectErrors } from '../errors.ts'
import { type Mapping, NEEDED } from '../mapping.ts'
import { headerKey } from '../suggest-mapping.ts'

/** A header that comes again is told from the first: tel, tel (2). Columns without one are called by their place: #3. */
export function uniqueHeaders(headers: readonly string[]): string[] {
  const seen = new Set<string>()
  return headers.map((written, c) => {
    const name = written.trim() === '' ? `#${c + 1}` : written.trim()
    let unique = name
    for (let n = 2; seen.has(unique); n++) unique = `${name} (${n})`
    seen.add(unique)
    return unique
  })
}

/**
 * Where each mapped column stands in the file (-1 = not there): under its very name, else under one that differs only in case,
 * spaces, signs and brackets. Needed columns that are missing refuse the file.
 */
export function placesOf(file: string, headers: string[], mapping: Mapping): number[] {
  const keys = headers.map(headerKey)
  const named = new Set(mapping.columns.map(column => column.header.trim()))
  const places = mapping.columns.map(column => {
    const header = column.header.trim()
    const key = headerKey(header)
    const exact = headers.indexOf(header)
    const place = exact >= 0 ? exact : keys.indexOf(key)
    if (place < 0 || column.field === 'ignore') return place
    // Which of two is meant can be told only when each is named for itself.
    const others = headers.filter((_, c) => c !== place && keys[c] === keys[place])
    const twin = exact >= 0 ? others.find(other => other.startsWith(`${header} (`) && !named.has(other)) : others[0]
    if (twin !== undefined) throw collectErrors['collect.headers-twice']({ file, header: column.header })
    return place
  })
  const missing = mapping.columns.filter(
    (column, c) => places[c]! < 0 && (column.required || NEEDED[mapping.kind].includes(column.field)),
  )
  if (missing.length > 0 || places.every(place => place < 0)) {
    const names = (missing.length > 0 ? missing : mapping.columns).map(column => column.header)
    throw collectErrors['collect.headers-missing']({
      file,
      missing: names.join(', '),
      found: headers.slice(0, 60).join(', ').slice(0, 1000),
    })
  }
  return places
}
