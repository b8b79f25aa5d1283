import { collectErrors } from '../errors.ts'
import { type Mapping, NEEDED } from '../mapping.ts'
import { headerKey } from '../suggest-mapping.ts'

/** Where each mapped column stands in the file (-1 = not there). Needed columns that are missing refuse the file. */
export function placesOf(file: string, headers: string[], mapping: Mapping): number[] {
  const keys = headers.map(headerKey)
  const places = mapping.columns.map(column => keys.indexOf(headerKey(column.header)))
  mapping.columns.forEach((column, c) => {
    const place = places[c]!
    if (place >= 0 && keys.lastIndexOf(keys[place]!) !== place && column.field !== 'ignore')
      throw collectErrors['collect.headers-twice']({ file, header: column.header })
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
