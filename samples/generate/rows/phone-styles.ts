import type { Random } from '../random.ts'

const group = (digits: string, ...sizes: number[]) => {
  const parts: string[] = []
  let at = 0
  for (const size of sizes) {
    parts.push(digits.slice(at, at + size))
    at += size
  }
  if (at < digits.length) parts.push(digits.slice(at))
  return parts.filter(Boolean)
}

const fullWidth = (digits: string) => digits.replace(/\d/g, digit => String.fromCharCode(digit.charCodeAt(0) + 0xfee0))

/** A mobile as people write it: national or international, with or without spaces and dashes. `tidy`: how often it is bare digits. */
export function writeMobile(random: Random, digits: string, tidy: number): string {
  if (random.chance(tidy)) return digits
  if (digits.startsWith('0')) {
    const rest = digits.slice(1)
    return random.pick([
      group(digits, 5, 6).join(' '),
      `+44 ${group(rest, 4, 6).join(' ')}`,
      `+44${rest}`,
      `0044 ${rest}`,
      `+44 (0)${group(rest, 4, 6).join(' ')}`,
      group(digits, 5, 3, 3).join(' '),
    ])
  }
  return random.weighted([
    [`+86${digits}`, 3],
    [`+86 ${group(digits, 3, 4, 4).join(' ')}`, 3],
    [`0086${digits}`, 2],
    [`86-${digits}`, 1],
    [group(digits, 3, 4, 4).join('-'), 4],
    [group(digits, 3, 4, 4).join(' '), 4],
    [`${digits} `, 0.5],
    [fullWidth(digits), 0.4],
  ])
}

/** A landline; `dial` is the area code (all of the drama block in Britain, where only the usual grouping shows). */
export function writeLandline(random: Random, digits: string, dial: string, country: 'CN' | 'GB'): string {
  if (country === 'GB') {
    const area = digits.startsWith('02') ? 3 : 4
    const rest = digits.slice(area)
    return random.pick([
      digits,
      `${digits.slice(0, area)} ${group(rest, rest.length - 4, 4).join(' ')}`,
      `+44 ${digits.slice(1, area)} ${rest}`,
      `(${digits.slice(0, area)}) ${rest}`,
    ])
  }
  const local = digits.slice(dial.length)
  return random.pick([
    `${dial}-${local}`,
    `${dial}-${local}`,
    `(${dial})${local}`,
    digits,
    `+86 ${dial.slice(1)} ${local}`,
    `${dial} ${local}`,
  ])
}
