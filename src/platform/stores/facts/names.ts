import { factsErrors } from './errors.ts'

/** A table (`t` or `database.t`) or column name, quoted; anything but a plain name is refused. */
export function quoted(name: string): string {
  if (!/^[A-Za-z_]\w*(\.[A-Za-z_]\w*)?$/.test(name)) throw factsErrors['facts.bad-name']({ name })
  return name
    .split('.')
    .map(part => `\`${part}\``)
    .join('.')
}
